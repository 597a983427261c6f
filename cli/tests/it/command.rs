//! The commands as a shell sees them: arguments and files in; text, JSON and exit status out.

use std::process::Stdio;

use serde_json::Value;

use crate::{folder, lab, output, run, with_input};

#[test]
fn run_prints_console_lines_checks_and_a_summary() {
    let (code, out, err) = run(&["run", "tests/scenarios/02-resume-where-you-left-off.lab"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("subscriber-1: "), "{out}");
    assert!(
        out.contains("ok     line 21: expect subscriber-1.last == 199\n"),
        "{out}"
    );
    assert!(out.contains("\n7 checks hold, 0 failed; "), "{out}");
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn run_gives_programs_an_object() {
    let (code, out, _) = run(&[
        "run",
        "tests/scenarios/10-crash-and-redelivery.lab",
        "--format",
        "json",
    ]);
    assert_eq!(code, 0);
    let result: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(result["facts"]["billing"]["redelivered"], 8);
    assert_eq!(result["facts"]["s"]["messages"], 100);
    assert_eq!(result["facts"]["world"]["time"], result["time_us"]);
    assert_eq!(result["checks"][1]["line"], 11);
    assert_eq!(result["checks"][1]["text"], "expect billing.stored == 19");
    assert_eq!(result["checks"][1]["passed"], true);
    assert_eq!(result["checks"][1]["actual"], "19");
    assert_eq!(result["digest"].as_str().map(str::len), Some(16));
    assert_eq!(result["diagnostics"], Value::Array(vec![]));
    assert!(result["events"].as_u64() > Some(0));
    assert_eq!(result["console"][0]["actor"], "billing");
}

#[test]
fn a_statement_without_effect_is_a_note_at_its_line() {
    let text = b"stream s\nproducer p on s\nconsumer c on s named n from first\nrun\n\
        consumer c on s named n from first\nresume c\nstop c\nstore c 1\nstop c\nresend p\nstart broker\nrun\n";
    let notes = [
        (5, "c runs already, so nothing happened"),
        (6, "c was not paused, so nothing happened"),
        (8, "c is not running, so nothing happened"),
        (9, "c is not running, so nothing happened"),
        (10, "p has nothing unconfirmed, so nothing was sent again"),
        (
            11,
            "the node was in that state already, so nothing happened",
        ),
    ];
    let (code, out, _) = with_input(&["run", "-"], text);
    assert_eq!(code, 0);
    let said: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("note"))
        .collect();
    let lines = notes.map(|(line, why)| format!("note   line {line}: {why}"));
    assert_eq!(said, lines);

    let (_, out, _) = with_input(&["run", "-", "--format", "json"], text);
    let result: Value = serde_json::from_str(&out).expect("it is JSON");
    let objects = notes.map(|(line, text)| serde_json::json!({ "line": line, "text": text }));
    assert_eq!(result["notes"], Value::from(objects.to_vec()));
}

#[test]
fn explain_names_what_is_unusual_with_its_causes() {
    let file = "tests/scenarios/10-crash-and-redelivery.lab";
    let (code, out, _) = run(&["run", file, "--explain"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("\nredelivered: billing processed 8 messages again"),
        "{out}"
    );
    assert!(
        out.contains("It began with line 14 of the script."),
        "{out}"
    );
    let (code, out, _) = run(&["run", file, "--explain", "--format", "json"]);
    assert_eq!(code, 0);
    let result: Value = serde_json::from_str(&out).expect("it is JSON");
    let first = &result["anomalies"][0];
    assert!(
        first["kind"] == "redelivered" && first["events"][0].is_u64(),
        "{first}"
    );
    let file = "lessons/lag-is-not-what-is-left.lab";
    let (_, out, _) = run(&["run", file, "--explain"]);
    assert!(
        out.contains("\nlag that lies: The lag of quick is 14, and no message is left for it: "),
        "{out}"
    );
    let (code, out, _) = with_input(&["run", "-", "--explain"], b"stream s\n");
    assert!(
        code == 0 && out.ends_with("nothing unusual happened\n"),
        "{out}"
    );
}

#[test]
fn a_failed_check_is_exit_status_1() {
    let text = b"stream s\nrun\nexpect s.next == 1\n";
    let (code, out, _) = with_input(&["run", "-"], text);
    assert_eq!(code, 1);
    assert!(
        out.contains("failed line 3: expect s.next == 1 (was 0)"),
        "{out}"
    );
    let (code, out, _) = with_input(&["run", "-", "--format=json"], text);
    let result: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(
        (code, &result["checks"][0]["passed"]),
        (1, &Value::Bool(false))
    );
}

#[test]
fn diagnostics_are_drawn_with_their_lines_and_carets() {
    let file = "tests/scenarios/12-broken.lab";
    let (code, out, err) = run(&["run", file]);
    assert_eq!((code, out.as_str()), (2, ""));
    for part in [
        "12-broken.lab:4:1\n",
        "12-broken.lab:5:15\n",
        "12-broken.lab:6:11\n",
        "^^^^^^^",
        "did you mean `consumer`?",
    ] {
        assert!(err.contains(part), "{part}: {err}");
    }
    let (code, out, err) = run(&["run", file, "--format", "json"]);
    assert_eq!((code, err.as_str()), (2, ""));
    let result: Value = serde_json::from_str(&out).expect("it is JSON");
    let lines = result["diagnostics"].as_array().expect("there are some");
    let lines: Vec<_> = lines.iter().map(|d| d["line"].as_u64()).collect();
    assert_eq!(lines, [Some(4), Some(5), Some(6)]);
    assert_eq!(run(&["trace", file]).0, 2);
    assert_eq!(run(&["render", file, "-o", "-"]).0, 2);
    assert_eq!(run(&["check", file]).0, 2);
}

#[test]
fn files_that_cannot_be_read_are_told_apart() {
    for (path, words) in [
        (
            "tests/no-such.lab",
            "cannot read tests/no-such.lab: there is no such file",
        ),
        ("tests", "it is a directory"),
    ] {
        for command in [
            &["run", path][..],
            &["trace", path],
            &["render", path, "-o", "-"],
        ] {
            let (code, out, err) = run(command);
            assert_eq!((code, out.as_str()), (2, ""), "{command:?}");
            assert!(err.contains(words), "{err}");
        }
        assert_eq!(run(&["fmt", path]).0, 1);
    }
    assert_eq!(run(&["check", "tests/no-such.lab"]).0, 2);
    let (code, _, err) = with_input(&["run", "-"], b"stream s\n\xff\xfe");
    assert_eq!(code, 2);
    assert!(
        err.contains("standard input: byte 9 (line 2) is not UTF-8"),
        "{err}"
    );
}

#[test]
fn texts_over_the_limits_are_refused_by_name() {
    let long = "publish p \"x\"\n".repeat(800_000);
    let (code, _, err) = with_input(&["run", "-"], long.as_bytes());
    assert_eq!(code, 2);
    assert!(err.contains("at most 4,194,304 (4 MiB)"), "{err}");
    let lines = "\n".repeat(200_001);
    let (code, _, err) = with_input(&["run", "-"], lines.as_bytes());
    assert_eq!(code, 2);
    assert!(err.contains("at most 200,000"), "{err}");
    let (code, _, err) = with_input(&["fmt", "-"], long.as_bytes());
    assert_eq!(code, 1);
    assert!(err.contains("4 MiB"), "{err}");
    let wrong = "wrong\n".repeat(150);
    let (code, _, err) = with_input(&["run", "-"], wrong.as_bytes());
    assert_eq!(code, 2);
    assert!(err.ends_with("and 50 more\n"), "{err}");
}

#[test]
fn an_empty_text_is_an_empty_scenario() {
    let (code, out, err) = with_input(&["run", "-"], b"");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("0 checks hold, 0 failed; 0 events"),
        "{out}"
    );
}

#[test]
fn trace_prints_one_line_an_event() {
    let file = "tests/scenarios/01-browse-a-stream.lab";
    let (code, text, _) = run(&["trace", file]);
    assert_eq!(code, 0);
    assert!(text.starts_with("#0 0us <- script "), "{text}");
    let (code, jsonl, _) = run(&["trace", file, "--format", "jsonl"]);
    assert_eq!(code, 0);
    assert_eq!(text.lines().count(), jsonl.lines().count());
    for (number, line) in jsonl.lines().enumerate() {
        let event: Value = serde_json::from_str(line).expect("it is JSON");
        assert_eq!(event["event"].as_u64(), Some(number as u64));
        assert!(event["kind"].is_string() && event["time_us"].is_u64());
    }
}

#[test]
fn render_writes_a_self_contained_picture() {
    let folder = folder("render");
    let file = "tests/scenarios/01-browse-a-stream.lab";
    for (name, arguments) in [
        ("step.svg", &["--step", "3"][..]),
        ("line.svg", &["--line", "8", "--theme", "dark"]),
        ("end.svg", &[]),
    ] {
        let path = folder.join(name);
        let mut command = lab(&["render", file, "-o"]);
        let (code, out, err) = output(command.arg(&path).args(arguments));
        assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
        let picture = std::fs::read_to_string(&path).expect("the file is there");
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
    }
    let (code, _, err) = run(&["render", file, "-o", "/no/such/folder/x.svg"]);
    assert_eq!(code, 2);
    assert!(err.contains("cannot write /no/such/folder/x.svg"), "{err}");
    assert_eq!(run(&["render", file]).0, 2);
}

#[test]
fn help_has_examples_and_a_wrong_word_is_no_panic() {
    for arguments in [
        &["--help"][..],
        &["run", "--help"],
        &["check", "--help"],
        &["fmt", "--help"],
    ] {
        let (code, out, _) = run(arguments);
        assert_eq!(code, 0);
        assert!(
            out.contains("Examples:") && !out.contains('\u{1b}'),
            "{out}"
        );
    }
    let (code, _, err) = run(&["rum", "x.lab"]);
    assert_eq!(code, 2);
    assert!(err.contains("run"), "{err}");
}

#[test]
fn a_closed_pipe_ends_quietly_and_keeps_the_exit_status() {
    let mut child = lab(&["trace", "tests/scenarios/02-resume-where-you-left-off.lab"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
