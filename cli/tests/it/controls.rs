//! Nothing that a terminal obeys comes out of any command: not from texts, names, files, transcripts or arguments.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{folder, lab, output, run, with_input, write};

/// Clears the screen, sets the title, deletes, clears the screen with one character, and turns the text around in
/// each of the ways that Unicode has.
const EVIL: &str =
    "\u{1b}[2J\u{1b}]0;x\u{7}\u{7f}\u{9b}2J\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}";

fn is_obeyed(c: char) -> bool {
    let turns = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\
        \u{2066}\u{2067}\u{2068}\u{2069}";
    c.is_control() || turns.contains(c)
}

/// `text` without the colours that the command adds itself.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';');
        match end.filter(|end| part[*end..].starts_with('m')) {
            Some(end) => out.push_str(&part[end + 1..]),
            None => out.extend(["\u{1b}[", part]),
        }
    }
    out
}

/// Runs a command as usual and with colours, and looks at all that it prints.
fn shown(arguments: &[&str]) -> String {
    let plain = {
        let (_, out, err) = run(arguments);
        out + &err
    };
    let coloured = {
        let (_, out, err) = output(lab(arguments).env("CLICOLOR_FORCE", "1"));
        without_colours(&(out + &err))
    };
    for text in [&plain, &coloured] {
        let obeyed: Vec<char> = text
            .chars()
            .filter(|c| is_obeyed(*c) && *c != '\n')
            .collect();
        assert!(obeyed.is_empty(), "{arguments:?} prints {obeyed:?}: {text}");
        assert!(text.ends_with('\n') || text.is_empty(), "{arguments:?}");
    }
    plain
}

fn scenario() -> String {
    format!(
        "title \"{EVIL}\"\nsummary \"{EVIL}\"\nstream \"s{EVIL}\"\nproducer \"p{EVIL}\" on \"s{EVIL}\"\n\
         > narration {EVIL}\npublish \"p{EVIL}\" 3 \"{EVIL}\"\nrun\n\
         consumer \"c{EVIL}\" on \"s{EVIL}\" from first\nrun\n\
         crash \"p{EVIL}\"  # {EVIL}\nrestart \"p{EVIL}\"\npublish \"p{EVIL}\" 3 \"{EVIL}\"\nrun\n\
         expect \"c{EVIL}\".console == \"{EVIL}\"\nexpect \"s{EVIL}\".messages == 99\n"
    )
}

struct Files {
    folder: String,
    good: String,
    bad: String,
    transcript: String,
    broken: String,
}

/// A folder of files whose names and texts are evil.
fn files(name: &str) -> Files {
    let folder = folder(name);
    // Not every system lets a file be called so.
    let evil = format!("a{}\n", EVIL.replace(['\u{1b}', '\u{7}'], "\u{1b}"));
    let evil = if cfg!(windows) { "a" } else { &evil };
    let at = |end: &str| {
        let path = folder.join(format!("{evil}{end}"));
        path.to_str().expect("the path is UTF-8").to_owned()
    };
    let (good, bad) = (at("good.lab"), at("bad.lab"));
    let (transcript, broken) = (at("transcript.json"), at("broken.json"));
    write(Path::new(&good), &scenario());
    write(
        Path::new(&bad),
        &format!("stream s\nstream t{EVIL} u \"{EVIL}\n\tbroker {EVIL}\nstart \"{EVIL}\"\n"),
    );
    write(
        Path::new(&at("page.md")),
        &format!("# {EVIL}\n\n```offset-lab\n{}```\n", scenario()),
    );
    let source = fs::read_dir(Path::new(crate::ROOT).join("tests/transcripts"))
        .expect("there are transcripts")
        .map(|entry| entry.expect("it can be read").path())
        .find(|path| path.extension().is_some_and(|end| end == "json"))
        .expect("there are transcripts");
    let text = fs::read_to_string(source).expect("it can be read");
    let mut json: Value = serde_json::from_str(&text).expect("a transcript is JSON");
    replace_strings(&mut json);
    write(Path::new(&transcript), &json.to_string());
    write(Path::new(&broken), &format!("{{\"{EVIL}\": {EVIL}"));
    Files {
        folder: folder.to_str().expect("the path is UTF-8").to_owned(),
        good,
        bad,
        transcript,
        broken,
    }
}

/// Makes what a scenario is called, and what it saw, evil.
fn replace_strings(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                let Value::String(text) = value else {
                    replace_strings(value);
                    continue;
                };
                match name.as_str() {
                    "id" | "version" => text.push_str(EVIL),
                    "code" => *text = EVIL.to_owned(),
                    _ => {}
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(replace_strings),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn no_command_prints_what_a_terminal_obeys() {
    let Files {
        folder,
        good,
        bad,
        transcript,
        broken,
    } = &files("controls");
    let missing = &format!("{folder}/missing{EVIL}");
    let nowhere = &format!("{missing}/x.svg");
    let (good, bad) = (good.as_str(), bad.as_str());
    let all: &[&[&str]] = &[
        &["run", good],
        &["run", good, "--explain"],
        &["run", good, "--format", "json", "--explain"],
        &["run", bad],
        &["run", bad, "--format", "json"],
        &["run", missing],
        &["run", missing, "--format", "json"],
        &["run", folder],
        &["trace", good],
        &["trace", good, "--format", "jsonl"],
        &["trace", bad],
        &["trace", missing],
        &["check", good, bad, missing],
        &["check", folder],
        &["check", folder, missing, "--format", "json"],
        &["check", folder, missing, "--format", "junit"],
        &["fmt", "--check", good],
        &["fmt", bad],
        &["fmt", bad, missing, transcript],
        &["render", good, "-o", "-"],
        &["render", good, "-o", nowhere],
        &["render", bad, "-o", "-"],
        &["sheet", EVIL],
        &["sheet", "deduplication", "-o", nowhere],
        &["mdbook"],
        &["mdbook", "supports", EVIL],
        &["conform", transcript],
        &["conform", broken],
        &["conform", missing],
        &["lessons"],
        &["lessons", "1"],
        &["lessons", EVIL],
        &["learn", EVIL],
        &["learn", EVIL, "--attempt", bad],
        &["completions", "bash"],
        &["completions", EVIL],
        &["man"],
        &["man", "--dir", good],
        &["help", EVIL],
        &["help", "run"],
        &["--help"],
        &["--version"],
        &[EVIL],
        &["\u{1b}[2J"],
        &["run", "\u{1b}[2J", "\u{1b}[2J"],
        &["run", good, EVIL],
        &["run", good, "--format", EVIL],
    ];
    for arguments in all {
        shown(arguments);
    }
    all_are_tried(all);
}

/// Whether no command that the help lists is left out.
fn all_are_tried(all: &[&[&str]]) {
    let tried: BTreeSet<&str> = all.iter().map(|arguments| arguments[0]).collect();
    let (_, help, _) = run(&["--help"]);
    let commands = help.split("Commands:\n").nth(1).expect("help lists them");
    let commands = commands.split("\n\n").next().unwrap_or_default();
    for line in commands.lines() {
        let name = line.split_whitespace().next().unwrap_or_default();
        assert!(tried.contains(name), "`{name}` is not tried here");
    }
}

#[test]
fn what_is_shown_instead_says_what_it_was() {
    let Files {
        good,
        bad,
        transcript,
        ..
    } = &files("controls-shown");
    let evil = "\\u{1b}[2J\\u{1b}]0;x\\u{7}\\u{7f}\\u{9b}2J\\u{61c}\\u{200e}\\u{200f}\\u{202a}\\u{202e}\\u{2066}\\u{2069}";
    for arguments in [
        &["run", good][..],
        &["trace", good],
        &["run", bad],
        &["check", bad],
        &["fmt", bad],
        &["conform", transcript],
        &["lessons", EVIL],
        &["completions", EVIL],
    ] {
        let text = shown(arguments);
        assert!(text.contains(evil), "{arguments:?}: {text}");
    }
}

#[test]
fn json_stays_json_and_says_the_same() {
    let Files {
        folder, good, bad, ..
    } = &files("controls-json");
    let text = shown(&["run", good, "--format", "json"]);
    let result: Value = serde_json::from_str(&text).expect("it is JSON");
    let name = format!("s{EVIL}");
    assert_eq!(result["facts"][&name]["messages"], 6, "{text}");
    assert_eq!(result["console"][0]["actor"], format!("c{EVIL}"));
    let text = shown(&["trace", good, "--format", "jsonl"]);
    let events: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("it is JSON"))
        .collect();
    assert!(events.iter().any(|event| event["stream"] == name), "{text}");
    let text = shown(&["run", bad, "--format", "json"]);
    let result: Value = serde_json::from_str(&text).expect("it is JSON");
    assert!(result["diagnostics"].to_string().contains("\u{202e}"));
    let (_, text, _) = run(&["check", folder, "--format", "json"]);
    let result: Value = serde_json::from_str(&text).expect("it is JSON");
    let files: Vec<&str> = result["scenarios"]
        .as_array()
        .expect("there are some")
        .iter()
        .filter_map(|scenario| scenario["file"].as_str())
        .collect();
    assert!(files.contains(&good.as_str()) && files.contains(&bad.as_str()));
}

#[test]
fn a_name_cannot_forge_a_line() {
    let text = "stream s\nconsumer \"c\\nok     line 1: all is well\" on s named \"n\\n[ 1 s] d\"\n\
        run\nexpect \"c\\nok     line 1: all is well\".received == 0\n";
    for arguments in [
        &["run", "-"][..],
        &["trace", "-"],
        &["run", "-", "--explain"],
    ] {
        let (code, out, err) = with_input(arguments, text.as_bytes());
        assert_eq!(code, 0, "{err}");
        for line in out.lines() {
            assert!(!line.starts_with("ok     line 1") && !line.starts_with("[ 1 s] d"));
        }
    }
}

#[test]
fn carets_stand_below_what_is_shown_and_columns_are_those_of_the_file() {
    let text = "stream s\nproducer \"\u{1b}\u{202e}\" on nowhere\n";
    let (code, out, err) = with_input(&["run", "-"], text.as_bytes());
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("standard input:2:18\n"), "{err}");
    let line = err.lines().find(|line| line.starts_with("2 |"));
    let line = line.expect("the line is shown");
    assert_eq!(line, "2 | producer \"\\u{1b}\\u{202e}\" on nowhere");
    let carets = err.lines().find(|line| line.contains('^'));
    let carets = carets.expect("carets are shown");
    assert_eq!(carets.find('^'), line.find("nowhere"), "{err}");
}

#[test]
fn a_text_that_goes_through_keeps_every_byte() {
    let text = format!("stream \"{EVIL}\"  # {EVIL}\n> {EVIL}\n");
    let (code, out, err) = with_input(&["fmt", "-"], text.as_bytes());
    assert_eq!((code, out.as_str(), err.as_str()), (0, text.as_str(), ""));
    let path = folder("controls-fmt").join("a.lab");
    write(&path, &text.replace("stream ", "stream   "));
    assert_eq!(run(&["fmt", path.to_str().expect("it is UTF-8")]).0, 0);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
}
