//! A file's text exchanged for another, wholly or not at all. Knows no scenario.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::source;

/// Puts `new` where `path` holds `old`; else says why the file is left alone.
///
/// The text is written to a new file beside it, which then takes its name with its permissions and its owner: at no
/// moment is there half a text. A link stays a link; the file that it names is exchanged.
pub(crate) fn replace(path: &Path, old: &str, new: &str) -> Result<(), String> {
    let cannot = |error: io::Error| format!("it cannot be written: {}", source::reason(&error));
    let path = path.canonicalize().map_err(cannot)?;
    let before = fs::metadata(&path).map_err(cannot)?;
    if before.permissions().readonly() {
        return Err("it is read-only".to_owned());
    }
    // Those who may not write the file may still be allowed to write its folder.
    drop(OpenOptions::new().write(true).open(&path).map_err(cannot)?);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(".offset-lab-")
        .tempfile_in(folder)
        .map_err(cannot)?;
    file.write_all(new.as_bytes()).map_err(cannot)?;
    keep_owner(file.as_file(), &before)
        .map_err(|error| format!("its owner cannot be kept: {}", source::reason(&error)))?;
    let permissions = before.permissions();
    file.as_file()
        .set_permissions(permissions)
        .and_then(|()| file.as_file().sync_all())
        .map_err(cannot)?;
    if fs::read(&path).map_err(cannot)? != old.as_bytes() {
        return Err("it was changed by somebody else meanwhile".to_owned());
    }
    file.persist(&path).map_err(|error| cannot(error.error))?;
    Ok(())
}

#[cfg(unix)]
fn keep_owner(file: &File, before: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let now = file.metadata()?;
    let changed = |now: u32, before: u32| (now != before).then_some(before);
    let owner = changed(now.uid(), before.uid());
    let group = changed(now.gid(), before.gid());
    if owner.is_none() && group.is_none() {
        return Ok(());
    }
    fchown(file, owner, group)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_changed_meanwhile_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("a.lab");
        fs::write(&path, "newer").expect("a file can be written");
        let result = replace(&path, "older", "laid out");
        assert_eq!(
            result,
            Err("it was changed by somebody else meanwhile".to_owned())
        );
        let text = fs::read_to_string(&path).expect("the file is there");
        assert_eq!(text, "newer");
        let entries = fs::read_dir(folder.path()).expect("the folder is there");
        assert_eq!(entries.count(), 1);
    }
}
