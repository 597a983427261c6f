//! Completions, the manual and `docs/cli.md`: all three know every command and every option that there is.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::{folder, run};

const DOCUMENT: &str = include_str!("../../../docs/cli.md");

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, 0);
    let list = help.split("Commands:\n").nth(1).expect("help lists them");
    let list = list.split("\n\n").next().unwrap_or_default();
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let names: Vec<String> = list.lines().filter_map(first).collect();
    assert!(names.contains(&"check".to_owned()) && names.len() >= 10);
    names
}

/// The long options of a command, and the words that they take.
fn options(command: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (code, help, _) = run(&["help", command]);
    assert_eq!(code, 0);
    let (mut options, mut values) = (BTreeSet::new(), BTreeSet::new());
    for line in help.lines().map(str::trim_start) {
        let long = line.split_whitespace().find(|word| word.starts_with("--"));
        if line.starts_with('-') && !line.starts_with("- ") {
            options.extend(long.map(str::to_owned));
        }
        let value = line
            .strip_prefix("- ")
            .and_then(|line| line.split(':').next());
        values.extend(value.map(str::to_owned));
    }
    assert!(command == "help" || options.remove("--help"), "{help}");
    (options, values)
}

#[test]
fn completions_know_every_command_and_option() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (code, script, err) = run(&["completions", shell]);
        assert_eq!((code, err.as_str()), (0, ""), "{shell}");
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
            for option in options(&command).0 {
                // Fish writes them without hyphens.
                let option = option.trim_start_matches('-');
                assert!(script.contains(option), "{shell}: {command} {option}");
            }
        }
        // Elvish and PowerShell are told no values.
        let values = matches!(shell, "bash" | "fish" | "zsh");
        assert!(!values || script.contains("junit"), "{shell}");
    }
    let (code, out, err) = run(&["completions", "tcsh"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("bash"), "{err}");
}

#[test]
fn a_shell_that_is_there_accepts_its_completions() {
    // Not every machine has every shell; this one runs tests in some.
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        let (_, script, _) = run(&["completions", shell]);
        let file = folder(&format!("completions-{shell}")).join("script");
        crate::write(&file, &script);
        if let Ok(output) = Command::new(shell).arg(check).arg(&file).output() {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{shell}: {said}");
        }
    }
}

#[test]
fn the_manual_knows_every_command_and_option() {
    let (code, page, err) = run(&["man"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(page.contains(".TH offset-lab 1 "), "{page}");
    let folder = folder("man").join("man1");
    let path = folder.to_str().expect("the path is UTF-8");
    assert_eq!(
        run(&["man", "--dir", path]),
        (0, String::new(), String::new())
    );
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("it was written");
    assert_eq!(read("offset-lab.1"), page);
    for command in commands().into_iter().filter(|name| name != "help") {
        assert!(
            page.contains(&format!("offset\\-lab\\-{command}(1)")),
            "{page}"
        );
        let page = read(&format!("offset-lab-{command}.1"));
        assert!(page.contains("Exit status: 0"), "{page}");
        for option in options(&command).0 {
            let option = option.replace('-', "\\-");
            assert!(page.contains(&option), "{command} {option}: {page}");
        }
    }
    let (code, _, err) = run(&["man", "--dir", "Cargo.toml"]);
    assert_eq!(code, 2);
    assert!(err.contains("cannot write Cargo.toml: "), "{err}");
}

#[test]
fn the_document_has_every_command_option_format_and_exit_status() {
    let sections: Vec<&str> = DOCUMENT.split("\n## ").skip(1).collect();
    let headings: BTreeSet<String> = sections
        .iter()
        .filter_map(|section| section.strip_prefix('`')?.split('`').next())
        .map(str::to_owned)
        .collect();
    assert_eq!(headings, commands().into_iter().collect());
    for command in commands() {
        assert!(DOCUMENT.contains(&format!("| [`{command}`](#{command}) |")));
        let heading = format!("`{command}`\n");
        let section = sections
            .iter()
            .find(|section| section.starts_with(&heading));
        let section = section.expect("it has a section");
        assert!(section.contains("\nExit status: 0"), "{command}");
        let usage = format!("`offset-lab {command}");
        assert!(section.contains(&usage), "{command}");
        let (options, values) = options(&command);
        for word in options.iter().chain(&values) {
            assert!(section.contains(word.as_str()), "{command}: {word}");
        }
    }
}

/// Asserts that `shown` has the keys of `real`, and values of the same kinds; of lists, the first elements count.
/// Of an object whose keys are names, one is enough.
fn same_shape(shown: &Value, real: &Value, at: &str) {
    match (shown, real) {
        (Value::Object(shown), Value::Object(real)) => {
            let named = at.ends_with(".facts") || at.contains(".facts.");
            for name in real.keys().filter(|_| !named) {
                assert!(shown.contains_key(name), "{at}.{name} is not shown");
            }
            for (name, value) in shown {
                let real = real.get(name);
                let real = real.unwrap_or_else(|| panic!("there is no {at}.{name}"));
                same_shape(value, real, &format!("{at}.{name}"));
            }
        }
        (Value::Array(shown), Value::Array(real)) => {
            if let (Some(shown), Some(real)) = (shown.first(), real.first()) {
                same_shape(shown, real, &format!("{at}[0]"));
            }
            assert_eq!(shown.is_empty(), real.is_empty(), "{at}");
        }
        _ => assert_eq!(
            std::mem::discriminant(shown),
            std::mem::discriminant(real),
            "{at}"
        ),
    }
}

#[test]
fn the_document_shows_the_shapes_that_programs_get() {
    let readme = fs::read_to_string(format!("{}/README.md", crate::ROOT)).expect("it is there");
    let scenario = readme.split("```offset-lab\n").nth(1).expect("it has one");
    let scenario = scenario.split("```").next().unwrap_or_default();
    let file = folder("shapes").join("readme.lab");
    crate::write(&file, scenario);
    let file = file.to_str().expect("the path is UTF-8");
    for (name, arguments) in [
        ("run", &["run", file, "--explain", "--format", "json"][..]),
        ("check", &["check", "README.md", "--format", "json"]),
    ] {
        let shown = DOCUMENT.split(&format!("```json {name}\n")).nth(1);
        let shown = shown.and_then(|rest| rest.split("```").next());
        let shown: Value =
            serde_json::from_str(shown.expect("it is shown")).expect("what is shown is JSON");
        let (_, out, _) = run(arguments);
        let real: Value = serde_json::from_str(&out).expect("it is JSON");
        same_shape(&shown, &real, name);
    }
}
