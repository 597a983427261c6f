//! Runs other programs: with an environment that does not depend on what started this one, and
//! with errors that say what ran. It must not know any tool.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// A command of `program` without the variables by which a running cargo and rustup steer their children.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC", "RUSTDOC"] {
        command.env_remove(name);
    }
    command.current_dir(crate::paths::root());
    command
}

/// How the command would be typed.
pub(crate) fn line(command: &Command) -> String {
    let mut line = String::new();
    for word in std::iter::once(command.get_program()).chain(command.get_args()) {
        let word = word.to_string_lossy();
        let space = if line.is_empty() { "" } else { " " };
        if word.contains([' ', '\'', '"', '$', ';']) || word.is_empty() {
            let _ = write!(line, "{space}'{}'", word.replace('\'', r"'\''"));
        } else {
            let _ = write!(line, "{space}{word}");
        }
    }
    line
}

/// Runs it with its output shown.
pub(crate) fn show(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs it unseen and returns what it wrote to standard output; an error holds what it wrote to standard error.
pub(crate) fn read(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({})\n{}",
            line(command),
            output.status,
            said.trim_end()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs it unseen with both of its outputs in the file `log`; whether it succeeded.
/// A file and not a pipe: a grandchild that lives on cannot keep the caller waiting.
pub(crate) fn log(command: &mut Command, log: &Path) -> anyhow::Result<bool> {
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(log)
        .with_context(|| format!("cannot write {}", log.display()))?;
    writeln!(file, "$ {}", line(command)).context("cannot write the log")?;
    let second = file.try_clone().context("cannot write the log")?;
    let status = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(second)
        .status()
        .with_context(|| format!("cannot start `{}`", line(command)))?;
    Ok(status.success())
}

/// The search path with `first` before what it holds.
pub(crate) fn path_with(first: &[&Path]) -> OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = first
        .iter()
        .map(|path| path.to_path_buf())
        .chain(std::env::split_paths(&rest));
    std::env::join_paths(all).unwrap_or(rest)
}

/// Whether `program` is on the search path, and where.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
