//! `offset-lab check`: what it takes, what it says in each format, and when it checks again.

use crate::{folder, run, write};

#[test]
fn check_takes_files_folders_and_markdown() {
    let folder = folder("check");
    write(
        &folder.join("good.lab"),
        "stream s\nrun\nexpect s.next == 0\n",
    );
    write(&folder.join("notes.txt"), "no scenario");
    std::fs::create_dir(folder.join("docs")).expect("a folder can be made");
    write(
        &folder.join("docs/page.md"),
        "# A\n\n```offset-lab\nstream s\n```\n\n```rust\nlet x;\n```\n",
    );
    let path = folder.to_str().expect("the path is UTF-8");
    let (code, out, err) = run(&["check", path]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.contains("page.md:3\n") && out.ends_with("2 passed, 0 failed\n"),
        "{out}"
    );

    write(
        &folder.join("docs/page.md"),
        "```offset-lab\nstream s\nexpect s.next == 7\n```\n",
    );
    let (code, out, _) = run(&["check", path]);
    assert_eq!(code, 1);
    assert!(out.contains("line 3: expect s.next == 7 (was 0)"), "{out}");
    assert!(out.ends_with("1 passed, 1 failed\n"), "{out}");

    write(
        &folder.join("docs/page.md"),
        "text\n\n~~~offset-lab\nstrem s\n~~~\n",
    );
    let (code, out, err) = run(&["check", path]);
    assert_eq!(code, 2);
    assert!(err.contains("page.md:4:1"), "{err}");
    assert!(out.ends_with("1 passed, 1 failed\n"), "{out}");
}
