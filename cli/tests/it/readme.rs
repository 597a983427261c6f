//! The README's scenario and what it says that it prints. It must not know more of either than their fences.

use std::process::Command;

const README: &str = include_str!("../../../README.md");

/// The first block fenced as `language` after the byte `from`, and where it ends.
fn block(language: &str, from: usize) -> (&'static str, usize) {
    let opening = format!("\n```{language}\n");
    let start = README[from..]
        .find(&opening)
        .map(|at| from + at + opening.len());
    let start = start.expect("the README has a block of this language");
    let end = README[start..].find("```").map(|at| start + at);
    let end = end.expect("a block ends");
    (&README[start..end], end)
}

#[test]
fn the_scenario_prints_what_the_readme_says() {
    let (scenario, end) = block("offset-lab", 0);
    let (printed, _) = block("text", end);
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme.lab");
    std::fs::write(&file, scenario).expect("cargo's folder for tests can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_offset-lab"))
        .arg("run")
        .arg(&file)
        .output()
        .expect("the command starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout), printed);
    assert!(output.status.success());
}
