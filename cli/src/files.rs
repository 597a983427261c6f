//! Which files some paths stand for, each once. Knows names, reads no text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::markdown::is_markdown;
use crate::source;

/// A path that somebody named, and what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The path as it was named.
    pub(crate) path: PathBuf,
    /// It is a folder.
    pub(crate) folder: bool,
    /// The files at or below it that no earlier path stands for.
    pub(crate) files: Vec<PathBuf>,
    /// It stands for files that an earlier path stands for too.
    pub(crate) again: bool,
    /// What below it cannot be had, with the reason.
    pub(crate) problems: Vec<(PathBuf, String)>,
}

/// The files at or below `paths`, each once, whatever it is called the second time.
pub(crate) fn below(paths: &[PathBuf]) -> Vec<Named> {
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for path in paths {
        let mut named = Named {
            path: path.clone(),
            folder: is_file_name(path) && path.is_dir(),
            files: Vec::new(),
            again: false,
            problems: Vec::new(),
        };
        if named.folder {
            named.walk(path);
        } else {
            named.files.push(path.clone());
        }
        let found = named.files.len();
        named.files.retain(|file| known.insert(identity(file)));
        named.again = named.files.len() < found;
        all.push(named);
    }
    all
}

/// `paths` without those that name the same file again.
pub(crate) fn each_once(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut known = BTreeSet::new();
    let new = |path: &&PathBuf| known.insert(identity(path));
    paths.iter().filter(new).cloned().collect()
}

/// `-` is no name of a file but standard input.
fn is_file_name(path: &Path) -> bool {
    path.as_os_str() != "-"
}

/// The same for every path of a file.
fn identity(path: &Path) -> PathBuf {
    let real = is_file_name(path).then(|| path.canonicalize().ok());
    real.flatten().unwrap_or_else(|| path.to_owned())
}

impl Named {
    /// Takes the scenarios and Markdown files below a folder, sorted; goes on behind what cannot be read.
    fn walk(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.problem(folder, &source::reason(&error)),
        };
        entries.sort_by_key(fs::DirEntry::path);
        for entry in entries {
            let path = entry.path();
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            // Links to folders are not followed: they may lead back.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !hidden {
                self.walk(&path);
            } else if is_folder || !is_wanted(&path) {
                continue;
            } else if path.is_dir() {
                self.problem(&path, "it is a link to a folder");
            } else if path.exists() && !path.is_file() {
                self.problem(&path, "it is not an ordinary file");
            } else {
                self.files.push(path);
            }
        }
    }

    fn problem(&mut self, path: &Path, reason: &str) {
        let message = format!("cannot read {}: {reason}", path.display());
        self.problems.push((path.to_owned(), message));
    }
}

/// Whether a file below a folder may hold scenarios, by its name.
fn is_wanted(path: &Path) -> bool {
    is_scenario(path) || is_markdown(path)
}

/// Whether the file is a scenario, by its name.
pub(crate) fn is_scenario(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("lab"))
}

/// What shows that a file changed; nothing for one that is gone.
type State = Option<(SystemTime, u64)>;

/// The files at or below `paths` as they are now, to be compared with a later moment.
pub(crate) fn state(paths: &[PathBuf]) -> BTreeMap<PathBuf, State> {
    let files = below(paths).into_iter().flat_map(|named| named.files);
    let of = |file: &Path| {
        let data = fs::metadata(file).ok()?;
        Some((data.modified().ok()?, data.len()))
    };
    files
        .map(|file| {
            let state = of(&file);
            (file, state)
        })
        .collect()
}
