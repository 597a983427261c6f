//! The command `offset-lab` from outside. One binary, so that it is linked once.
#![allow(missing_docs)]

mod check;
mod command;
mod controls;
mod fmt;
mod learn;
mod lessons;
mod mdbook;
mod readme;
mod sheet;
mod shell;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn lab(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offset-lab"));
    command.args(arguments).current_dir(ROOT);
    command
}

fn output(command: &mut Command) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the command starts");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    let code = status.code().expect("no signal ended it");
    (code, text(stdout), text(stderr))
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    output(&mut lab(arguments))
}

fn with_input(arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = lab(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("it was piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().expect("the command ends");
    writer.join().expect("the writer does not panic");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    let code = status.code().expect("no signal ended it");
    (code, text(stdout), text(stderr))
}

/// A new folder for the files of one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("a file can be written");
}
