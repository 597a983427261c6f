//! `offset-lab check`: what it takes, what it says in each format, and when it checks again.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::{folder, lab, run, with_input, write};

const GOOD: &str = "stream s\nrun\nexpect s.next == 0\n";
const FAILING: &str = "stream s\nexpect s.next == 7\nexpect s.next == 8\nexpect s.next == 0\n";
const BROKEN: &str = "strem s\n";

fn name(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

fn fenced(text: &str) -> String {
    format!("# A\n\n```offset-lab\n{text}```\n\n```rust\nlet x;\n```\n")
}

#[test]
fn it_takes_files_folders_and_markdown() {
    let folder = folder("check");
    write(&folder.join("good.lab"), GOOD);
    write(&folder.join("notes.txt"), "no scenario");
    fs::create_dir(folder.join("docs")).expect("a folder can be made");
    let page = folder.join("docs/page.md");
    write(&page, &fenced("stream s\n"));
    let path = name(&folder);
    let (code, out, err) = run(&["check", path]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.contains("page.md:3\n") && out.ends_with("2 passed, 0 failed\n"),
        "{out}"
    );

    write(&page, "```offset-lab\nstream s\nexpect s.next == 7\n```\n");
    let (code, out, _) = run(&["check", path]);
    assert_eq!(code, 1);
    assert!(out.contains("line 3: expect s.next == 7 (was 0)"), "{out}");
    assert!(out.ends_with("1 passed, 1 failed\n"), "{out}");

    write(&page, "text\n\n~~~offset-lab\nstrem s\n~~~\n");
    let (code, out, err) = run(&["check", path]);
    assert_eq!(code, 2);
    assert!(err.contains("page.md:4:1"), "{err}");
    assert!(out.ends_with("1 passed, 1 failed\n"), "{out}");
}

#[test]
fn every_spelling_of_a_name_is_taken() {
    let folder = folder("check-names");
    for file in ["a.lab", "b.LAB"] {
        write(&folder.join(file), GOOD);
    }
    for file in ["c.md", "d.markdown", "E.MD", "F.Markdown"] {
        write(&folder.join(file), &fenced(GOOD));
    }
    let (code, out, err) = run(&["check", name(&folder)]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.ends_with("6 passed, 0 failed\n"), "{out}");
    for file in ["c.md", "d.markdown", "E.MD", "F.Markdown"] {
        assert!(out.contains(&format!("{file}:3\n")), "{out}");
    }
}

#[test]
fn nothing_to_check_is_an_error() {
    let folder = folder("check-nothing");
    fs::create_dir(folder.join("empty")).expect("a folder can be made");
    fs::create_dir(folder.join("full")).expect("a folder can be made");
    let (empty, full) = (folder.join("empty"), folder.join("full/a.lab"));
    write(&empty.join("notes.txt"), GOOD);
    write(&empty.join("page.md"), "# No scenario\n");
    write(&full, GOOD);
    for paths in [&[name(&empty)][..], &[name(&full), name(&empty)]] {
        let (code, _, err) = run(&[&["check"], paths].concat());
        assert_eq!(code, 2);
        let words = format!("there is no scenario below {}", name(&empty));
        assert!(err.contains(&words), "{err}");
    }
    let page = empty.join("page.md");
    let (code, out, err) = run(&["check", name(&page)]);
    assert_eq!((code, out.as_str()), (2, "0 passed, 1 failed\n"));
    assert!(err.contains("there is no scenario in "), "{err}");
    // Among others it is only worth a word.
    let (code, out, err) = run(&["check", name(&page), name(&full)]);
    assert!(
        code == 0 && out.ends_with("1 passed, 0 failed\n"),
        "{out}{err}"
    );
    assert!(err.contains("page.md shows no scenario"), "{err}");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_checked() {
    let folder = folder("check-unreadable");
    write(&folder.join("a.lab"), GOOD);
    fs::write(folder.join("b.lab"), b"stream \xff\n").expect("a file can be written");
    write(&folder.join("c.lab"), GOOD);
    let missing = folder.join("missing");
    let (code, out, err) = run(&["check", name(&missing), name(&folder)]);
    assert_eq!(code, 2);
    assert!(out.ends_with("2 passed, 2 failed\n"), "{out}");
    assert!(
        err.contains("missing: there is no such file") && err.contains("b.lab: byte 7"),
        "{err}"
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_to_folders_are_said() {
    use std::os::unix::fs::symlink;

    let folder = folder("check-links");
    write(&folder.join("a.lab"), GOOD);
    symlink("gone.lab", folder.join("b.lab")).expect("a link can be made");
    symlink(".", folder.join("c.lab")).expect("a link can be made");
    symlink(".", folder.join("back")).expect("a link can be made");
    symlink("/dev/null", folder.join("d.lab")).expect("a link can be made");
    let (code, out, err) = run(&["check", name(&folder)]);
    assert_eq!(code, 2);
    assert!(out.ends_with("1 passed, 3 failed\n"), "{out}");
    for words in [
        "b.lab: there is no such file",
        "c.lab: it is a link to a folder",
        "d.lab: it is not an ordinary file",
    ] {
        assert!(err.contains(words), "{words}: {err}");
    }
}

#[test]
fn a_file_that_is_named_twice_is_checked_once() {
    let folder = folder("check-twice");
    let file = folder.join("a.lab");
    write(&file, FAILING);
    let roundabout = folder.join("../check-twice/a.lab");
    let paths = [name(&file), name(&folder), name(&roundabout), name(&file)];
    let (code, out, err) = run(&[&["check"], &paths[..]].concat());
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.ends_with("0 passed, 1 failed\n"), "{out}");
    assert_eq!(out.matches("failed ").count(), 1, "{out}");
    assert!(out.contains(&format!("failed {}\n", name(&file))), "{out}");
    let transcript = "tests/transcripts";
    let transcript = fs::read_dir(Path::new(crate::ROOT).join(transcript))
        .expect("there are transcripts")
        .map(|entry| entry.expect("it can be read").path())
        .find(|path| path.extension().is_some_and(|end| end == "json"))
        .expect("there are transcripts");
    let once = run(&["conform", name(&transcript)]);
    assert_eq!(
        run(&["conform", name(&transcript), name(&transcript)]),
        once
    );
}

/// A folder with a scenario of each kind, checked together with a file that is not there.
fn every_kind(name_of_folder: &str, format: &str) -> (String, i32, String) {
    let folder = folder(name_of_folder);
    write(&folder.join("a.lab"), GOOD);
    write(&folder.join("b.md"), &(fenced(FAILING) + &fenced(GOOD)));
    write(&folder.join("c.lab"), BROKEN);
    let missing = folder.join("d.lab");
    let (code, out, _) = run(&["check", name(&folder), name(&missing), "--format", format]);
    (name(&folder).to_owned(), code, out)
}

#[test]
fn programs_get_an_object() {
    let (folder, code, out) = every_kind("check-json", "json");
    assert_eq!(code, 2);
    assert_eq!(out.lines().count(), 1, "{out}");
    let mut result: Value = serde_json::from_str(&out).expect("it is JSON");
    let digest = result["scenarios"][0]["digest"].take();
    assert_eq!(digest.as_str().map(str::len), Some(16));
    let scenarios = result["scenarios"].take();
    assert_eq!(
        result,
        json!({
            "passed": 2,
            "failed": 3,
            "scenarios": null,
            "problems": [{
                "path": format!("{folder}/d.lab"),
                "message": format!("cannot read {folder}/d.lab: there is no such file"),
            }],
        })
    );
    assert_eq!(
        scenarios[0],
        json!({
            "file": format!("{folder}/a.lab"),
            "line": null,
            "result": "passed",
            "digest": null,
            "checks": [{"line": 3, "text": "expect s.next == 0", "passed": true, "actual": "0"}],
            "diagnostics": [],
        })
    );
    let failing = &scenarios[1];
    assert_eq!(
        (&failing["line"], &failing["result"]),
        (&json!(3), &json!("failed"))
    );
    // Lines are those of the file.
    assert_eq!(
        failing["checks"][0],
        json!({"line": 5, "text": "expect s.next == 7", "passed": false, "actual": "0"})
    );
    assert_eq!(scenarios[2]["result"], "passed");
    let broken = &scenarios[3];
    assert_eq!(
        (&broken["result"], &broken["digest"], &broken["checks"]),
        (&json!("invalid"), &Value::Null, &json!([]))
    );
    assert_eq!(broken["diagnostics"][0]["line"], 1);
    let (code, out, err) = with_input(&["check", "-", "--format", "json"], GOOD.as_bytes());
    let result: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((code, err.as_str(), &result["passed"]), (0, "", &json!(1)));
}

#[test]
fn diagnostics_of_a_page_have_the_lines_of_the_page() {
    let folder = folder("check-json-page");
    let page = folder.join("page.md");
    write(&page, &fenced(&"wrong\n".repeat(150)));
    let (code, out, _) = run(&["check", name(&page), "--format", "json"]);
    let result: Value = serde_json::from_str(&out).expect("it is JSON");
    let scenario = &result["scenarios"][0];
    assert_eq!((code, &scenario["result"]), (2, &json!("invalid")));
    assert_eq!(scenario["diagnostics"][0]["line"], 4);
    assert_eq!(scenario["more_diagnostics"], 50);
    let (_, xml, _) = run(&["check", name(&page), "--format", "junit"]);
    assert!(
        xml.contains("line 4, column 1: ") && xml.contains("and 50 more"),
        "{xml}"
    );
}

#[test]
fn build_servers_get_the_xml_of_junit() {
    let (folder, code, out) = every_kind("check-junit", "junit");
    assert_eq!(code, 2);
    let expected = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="offset-lab check" tests="5" failures="1" errors="2">
  <testsuite name="{folder}/a.lab" tests="1" failures="0" errors="0">
    <testcase name="{folder}/a.lab" classname="{folder}/a.lab"/>
  </testsuite>
  <testsuite name="{folder}/b.md" tests="2" failures="1" errors="0">
    <testcase name="{folder}/b.md:3" classname="{folder}/b.md">
      <failure message="line 5: expect s.next == 7 (was 0)">line 5: expect s.next == 7 (was 0)
line 6: expect s.next == 8 (was 0)</failure>
    </testcase>
    <testcase name="{folder}/b.md:15" classname="{folder}/b.md"/>
  </testsuite>
"#
    );
    assert!(out.starts_with(&expected), "{out}");
    for (part, times) in [("<error ", 2), ("<failure ", 1), ("<testcase ", 5)] {
        assert_eq!(out.matches(part).count(), times, "{part}: {out}");
    }
    assert!(out.ends_with("</testsuites>\n"), "{out}");
}

#[test]
fn markup_in_a_scenario_stays_text() {
    let folder = folder("check-markup");
    let file = folder.join("a&b.lab");
    let text = "stream \"<s>&\"\nrun\nexpect \"<s>&\".next == 1\n";
    write(&file, text);
    let (code, out, _) = run(&["check", name(&file), "--format", "junit"]);
    assert_eq!(code, 1);
    assert!(out.contains("a&amp;b.lab\""), "{out}");
    assert!(
        !out.contains("<s>") && out.contains("&lt;s&gt;&amp;"),
        "{out}"
    );
    assert!(out.contains("&quot;"), "{out}");
}

/// A command that watches; it ends with the test, however that ends.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Writes a file as editors do: beside it, under another name, and then in its place.
fn exchange(path: &Path, text: &str) {
    let beside = path.with_extension("new");
    write(&beside, text);
    fs::rename(&beside, path).expect("it can be renamed");
}

#[test]
fn a_watched_file_is_checked_at_every_change() {
    let folder = folder("check-watch");
    let (file, page) = (folder.join("a.lab"), folder.join("b.md"));
    write(&file, GOOD);
    let mut child = lab(&["check", name(&folder), "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Watching)
        .expect("the command starts");
    let mut lines = BufReader::new(child.0.stdout.take().expect("it was piped")).lines();
    let mut summary = || {
        let mut lines = lines.by_ref().map(|line| line.expect("it can be read"));
        lines.find(|line| line.contains(" passed, "))
    };
    assert_eq!(summary().as_deref(), Some("1 passed, 0 failed"));
    exchange(&file, FAILING);
    assert_eq!(summary().as_deref(), Some("0 passed, 1 failed"));
    exchange(&page, &fenced(GOOD));
    assert_eq!(summary().as_deref(), Some("1 passed, 1 failed"));
    fs::remove_file(&file).expect("it is there");
    assert_eq!(summary().as_deref(), Some("1 passed, 0 failed"));
    exchange(&page, "no scenario any more");
    assert_eq!(summary().as_deref(), Some("0 passed, 1 failed"));
}

#[test]
fn a_watch_whose_reader_went_away_ends_at_the_next_change() {
    let folder = folder("check-watch-closed");
    let file = folder.join("a.lab");
    write(&file, GOOD);
    let mut child = lab(&["check", name(&folder), "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map(Watching)
        .expect("the command starts");
    let mut lines = BufReader::new(child.0.stdout.take().expect("it was piped")).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line == "1 passed, 0 failed")));
    drop(lines);
    exchange(&file, FAILING);
    let status = child.0.wait().expect("it ends");
    assert_eq!(status.code(), Some(1));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    for (arguments, words) in [
        (
            &["check", "lessons", "--watch", "--format", "junit"][..],
            "use `--format json`",
        ),
        (
            &["check", "-", "--watch"],
            "standard input cannot be watched",
        ),
    ] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(words), "{err}");
    }
}
