//! The built page as files: what is in it, and whether any folder of any file server can hold it under a
//! strict Content-Security-Policy. It must not know how it was built.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::machine;

/// All files of the page, in order of name.
pub(crate) fn files(dist: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry
                .with_context(|| format!("cannot read {}", folder.display()))?
                .path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The files of a folder in another one.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in files(from)? {
        let name = file.strip_prefix(from).context("it lies in that folder")?;
        copy_file(&file, &to.join(name))?;
    }
    Ok(())
}

/// A file under another name.
pub(crate) fn copy_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    let folder = to.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder)
        .and_then(|()| fs::copy(from, to))
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// What is built to WebAssembly, by the names of its files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    /// All of the app.
    App,
    /// What reads links.
    Links,
    /// What only shows, for scenarios of one family.
    Player,
    /// The same for those of the other.
    RocketMqPlayer,
}

impl Module {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::App, Self::Links, Self::Player, Self::RocketMqPlayer];
    /// Those that only show.
    pub(crate) const PLAYERS: [Self; 2] = [Self::Player, Self::RocketMqPlayer];
    /// What an element can load beside the app.
    pub(crate) const OF_ELEMENT: [Self; 3] = [Self::Links, Self::Player, Self::RocketMqPlayer];

    /// Its name in lists.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Links => "links",
            Self::Player => "player",
            Self::RocketMqPlayer => "player for RocketMQ",
        }
    }

    /// Its package, after which its files are called.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::App => "offset-lab-app",
            Self::Links => "offset-lab-links",
            Self::Player => "offset-lab-player",
            Self::RocketMqPlayer => "offset-lab-player-rocketmq",
        }
    }

    /// Its WebAssembly file.
    pub(crate) fn wasm(self, dist: &Path) -> PathBuf {
        dist.join(format!("{}_bg.wasm", self.package()))
    }

    /// The file with what a page begins without, and the list that says what that is; `None`: it is of one piece.
    pub(crate) fn rest(self, dist: &Path) -> Option<(PathBuf, &'static str)> {
        match self {
            Self::App => Some((
                dist.join(format!("{}_rest.wasm", self.package())),
                "www/app/later.txt",
            )),
            Self::Links | Self::Player | Self::RocketMqPlayer => None,
        }
    }

    /// The script that loads it.
    pub(crate) fn script(self, dist: &Path) -> PathBuf {
        dist.join(format!("{}.js", self.package()))
    }
}

/// Takes out what trunk leaves in the page for itself where it does not inject its own script.
pub(crate) fn finish(dist: &Path) -> anyhow::Result<()> {
    let page = dist.join("index.html");
    let html =
        fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    let kept = html
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.contains("data-trunk"));
    let text = kept.map(|line| format!("{line}\n")).collect::<String>();
    fs::write(&page, text).with_context(|| format!("cannot write {}", page.display()))
}

/// Puts all lessons, exercises and questions into one folder: a page names them alike, whatever they are about. Solutions are not shipped.
pub(crate) fn one_folder_of_lessons(dist: &Path) -> anyhow::Result<()> {
    let to = dist.join("lessons");
    let mut emptied = ["exercises", "questions", "templates"]
        .map(|name| dist.join(name))
        .to_vec();
    let mut all = files(&to)?;
    for folder in &emptied {
        all.extend(files(folder)?);
    }
    for file in all.into_iter().filter(|file| file.parent() != Some(&to)) {
        let name = file.file_name().context("a file has a name")?;
        let is_exercise = file
            .file_stem()
            .is_some_and(|stem| !stem.to_string_lossy().contains('.'));
        if !is_exercise {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            continue;
        }
        let target = to.join(name);
        if target.exists() {
            bail!("{} is the name of two lessons", name.display());
        }
        fs::rename(&file, &target).with_context(|| format!("cannot move {}", file.display()))?;
    }
    let entries = fs::read_dir(&to).with_context(|| format!("cannot read {}", to.display()))?;
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read {}", to.display()))?
            .path();
        emptied.extend(path.is_dir().then_some(path));
    }
    for folder in emptied {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Fails if the page could not run from any folder or under the policy, or tells where it was built.
pub(crate) fn check(dist: &Path) -> anyhow::Result<()> {
    let page = dist.join("index.html");
    let html =
        fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    let faults = faults(&html);
    if !faults.is_empty() {
        bail!(
            "{} cannot be published:\n  {}",
            page.display(),
            faults.join("\n  ")
        );
    }
    for file in files(dist)? {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if let Some(path) = machine::found_in(&bytes, &machine::folders()) {
            bail!(
                "{} names a folder of this machine: {path}; `--remap-path-prefix` in xtask/src/machine.rs is to hide it",
                file.display()
            );
        }
    }
    Ok(())
}

/// What in the page's markup ties it to one address or needs a laxer policy.
fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag
            .split_whitespace()
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        if name == "style" || (name == "script" && !text.trim().is_empty()) {
            faults.push(format!("inline <{name}>"));
        }
        for (attribute, value) in attributes(tag) {
            if attribute == "style" || attribute.starts_with("on") {
                faults.push(format!("inline {attribute}=\"{value}\" of <{name}>"));
            }
            let absolute = value.starts_with('/') || value.contains("://");
            if matches!(attribute, "href" | "src") && absolute {
                faults.push(format!(
                    "absolute address {attribute}=\"{value}\" of <{name}>"
                ));
            }
        }
    }
    faults
}

/// `name="value"` pairs of a tag; enough for markup of our own.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    tag.split("=\"")
        .zip(tag.split("=\"").skip(1))
        .filter_map(|(before, after)| {
            let name = before.rsplit(char::is_whitespace).next()?;
            let value = after.split('"').next()?;
            Some((name, value))
        })
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn a_page_with_files_only_is_fine() {
        let html =
            r#"<link rel="icon" href="./icon.svg"><script type="module" src="./boot.js"></script>"#;
        assert_eq!(faults(html), Vec::<String>::new());
    }

    #[test]
    fn inline_and_absolute_are_faults() {
        let html = r#"<script>start()</script><style>a{}</style><p style="top:0" onclick="x()"></p>
            <link rel="stylesheet" href="/app.css"><script src="https://example.org/x.js"></script>"#;
        assert_eq!(
            faults(html),
            [
                "inline <script>",
                "inline <style>",
                "inline style=\"top:0\" of <p>",
                "inline onclick=\"x()\" of <p>",
                "absolute address href=\"/app.css\" of <link>",
                "absolute address src=\"https://example.org/x.js\" of <script>",
            ]
        );
    }
}
