//! `offset-lab fmt`: what it lays out, and above all what it leaves alone.

use std::fs;
use std::path::Path;

use crate::{ROOT, folder, run, with_input, write};

/// A scenario in another layout than the canonical one, and the same in it.
const LOOSE: &str = "stream   s\r\n\r\n\r\n  run # now\r\n";
const TIDY: &str = "stream s\n\nrun  # now\n";

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file is there")
}

fn name(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

/// The names in a folder: nothing may be left beside what was laid out.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("the folder can be read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn it_rewrites_checks_and_pipes() {
    let folder = folder("fmt");
    let file = folder.join("a.lab");
    write(&file, LOOSE);
    let path = name(&file);
    let (code, out, _) = run(&["fmt", "--check", path]);
    assert_eq!(code, 1);
    assert!(out.contains("not in the canonical layout"), "{out}");
    assert_eq!(read(&file), LOOSE);
    assert_eq!(run(&["fmt", path]), (0, String::new(), String::new()));
    assert_eq!(read(&file), TIDY);
    assert_eq!(names(&folder), ["a.lab"]);
    assert_eq!(run(&["fmt", "--check", path]).0, 0);
    let (code, out, _) = with_input(&["fmt", "-"], b"stream  s");
    assert_eq!((code, out.as_str()), (0, "stream s\n"));
}

#[test]
fn a_readme_keeps_every_byte_outside_its_scenarios() {
    let folder = folder("fmt-readme");
    let file = folder.join("README.md");
    let readme = read(&Path::new(ROOT).join("README.md"));
    assert!(readme.contains("<picture>") && readme.contains("\nstream orders\n"));
    write(&file, &readme);
    assert_eq!(run(&["fmt", name(&file)]).0, 0);
    assert_eq!(read(&file), readme);
    write(
        &file,
        &readme.replace("\nstream orders\n", "\n  stream \t orders\n"),
    );
    let (code, out, _) = run(&["fmt", "--check", name(&file)]);
    assert_eq!(code, 1);
    assert!(out.contains("README.md"), "{out}");
    assert_eq!(run(&["fmt", name(&file)]).0, 0);
    assert_eq!(read(&file), readme);
}

#[test]
fn what_is_no_scenario_is_left_alone_and_named() {
    let folder = folder("fmt-foreign");
    let page = "# A\n\n<picture>\n  <img src=\"a.svg\">\n</picture>\n";
    for (file, text) in [
        ("page.html", page),
        ("page.lab", page),
        ("README", page),
        ("data.json", "{\"a\":   [1,2]}\n"),
        ("main.rs", "fn  main() { }\n"),
        ("broken.lab", "stream   s\nstrem  t\n"),
        ("half.lab", "stream   \"s\n"),
        // Nothing in them is wrong, but nothing in them is a scenario either.
        ("ignored", "#  what is ignored\n\n\n\n>nothing\n"),
    ] {
        let path = folder.join(file);
        write(&path, text);
        for arguments in [&["fmt", name(&path)][..], &["fmt", "--check", name(&path)]] {
            let (code, out, err) = run(arguments);
            assert_eq!((code, out.as_str()), (1, ""), "{file}: {err}");
            assert!(
                err.contains(&format!("{file} is left alone: ")),
                "{file}: {err}"
            );
            assert_eq!(read(&path), text, "{file}");
        }
    }
    let (_, _, err) = run(&["fmt", name(&folder.join("broken.lab"))]);
    assert!(
        err.contains("broken.lab:2:1") && err.contains("it has 1 problem"),
        "{err}"
    );
    let (code, out, err) = with_input(&["fmt", "-"], page.as_bytes());
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("standard input is left alone: "), "{err}");
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_being_laid_out() {
    let folder = folder("fmt-several");
    let paths = ["a.lab", "b.lab", "c.lab"].map(|file| folder.join(file));
    for (path, text) in paths.iter().zip([LOOSE, "strem s", LOOSE]) {
        write(path, text);
    }
    let [a, b, c] = paths.each_ref().map(|path| name(path));
    assert_eq!(run(&["fmt", a, b, c]).0, 1);
    assert_eq!(
        paths.each_ref().map(|path| read(path)),
        [TIDY, "strem s", TIDY]
    );
}

#[test]
fn of_markdown_only_the_fences_change() {
    let folder = folder("fmt-markdown");
    let before = "# A   b\r\n\r\n```offset-lab title\r\nstream   s\r\n\r\n\r\nrun\r\n```\r\n\
        \n    ```offset-lab\n    stream   no\n    ```\n\
        - an  item\n\n  ~~~offset-lab\n    stream   t\n\n\n  run\n  ~~~\n\n\
        > quoted\n>\n> ```offset-lab\n> stream   u\n> ```\n\n\
        ```rust\nfn  main() {}\n```\n\n```offset-lab\nstream   v";
    let after = "# A   b\r\n\r\n```offset-lab title\r\nstream s\r\n\r\nrun\r\n```\r\n\
        \n    ```offset-lab\n    stream   no\n    ```\n\
        - an  item\n\n  ~~~offset-lab\n  stream t\n\n  run\n  ~~~\n\n\
        > quoted\n>\n> ```offset-lab\n> stream u\n> ```\n\n\
        ```rust\nfn  main() {}\n```\n\n```offset-lab\nstream v\n";
    for file in ["page.md", "page.markdown", "PAGE.MD"] {
        let path = folder.join(file);
        write(&path, before);
        assert_eq!(run(&["fmt", "--check", name(&path)]).0, 1);
        assert_eq!(
            run(&["fmt", name(&path)]),
            (0, String::new(), String::new())
        );
        assert_eq!(read(&path), after, "{file}");
        assert_eq!(run(&["fmt", "--check", name(&path)]).0, 0);
    }
}

#[test]
fn a_fence_with_problems_is_left_alone_and_the_others_are_not() {
    let folder = folder("fmt-fences");
    let path = folder.join("page.md");
    let bad = "text\n\n```offset-lab\nstrem   s\n```\n\n";
    write(&path, &format!("{bad}```offset-lab\nstream   t\n```\n"));
    let (code, _, err) = run(&["fmt", name(&path)]);
    assert_eq!(code, 1);
    assert!(
        err.contains("page.md:4:1") && err.contains("page.md:3 is left alone: it has 1 problem"),
        "{err}"
    );
    assert_eq!(read(&path), format!("{bad}```offset-lab\nstream t\n```\n"));
    assert_eq!(run(&["fmt", "--check", name(&path)]).0, 1);
    write(&path, "# No scenario\n");
    let (code, out, err) = run(&["fmt", name(&path)]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("page.md is left alone: "), "{err}");
}

/// What only systems with permission bits and symbolic links can show.
#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn permit(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    }

    #[test]
    fn permissions_stay() {
        let folder = folder("fmt-mode");
        let path = folder.join("a.lab");
        for mode in [0o640, 0o755, 0o600] {
            write(&path, LOOSE);
            permit(&path, mode);
            let before = fs::metadata(&path).expect("it is there");
            assert_eq!(run(&["fmt", name(&path)]).0, 0);
            assert_eq!(read(&path), TIDY);
            let after = fs::metadata(&path).expect("it is there");
            assert_eq!(after.mode() & 0o7777, mode);
            assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
            // A new file took its place: at no moment was there a half-written one.
            assert_ne!(after.ino(), before.ino());
        }
    }

    #[test]
    fn a_file_that_need_not_change_is_not_touched() {
        let folder = folder("fmt-same");
        let path = folder.join("a.lab");
        write(&path, TIDY);
        let before = fs::metadata(&path).expect("it is there");
        assert_eq!(run(&["fmt", name(&path)]).0, 0);
        let after = fs::metadata(&path).expect("it is there");
        assert_eq!(after.ino(), before.ino());
        assert_eq!(after.modified().ok(), before.modified().ok());
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let folder = folder("fmt-read-only");
        let path = folder.join("a.lab");
        write(&path, LOOSE);
        permit(&path, 0o444);
        let (code, out, err) = run(&["fmt", name(&path)]);
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(
            err.contains("a.lab is left alone: it is read-only"),
            "{err}"
        );
        assert_eq!(read(&path), LOOSE);
        assert_eq!(names(&folder), ["a.lab"]);
        // Whether it is laid out can be said all the same.
        let (code, out, _) = run(&["fmt", "--check", name(&path)]);
        assert!(code == 1 && out.contains("not in the canonical layout"));
    }

    #[test]
    fn a_link_stays_and_what_it_names_is_laid_out() {
        let folder = folder("fmt-link");
        fs::create_dir(folder.join("real")).expect("a folder can be made");
        let (file, link) = (folder.join("real/a.lab"), folder.join("link.lab"));
        write(&file, LOOSE);
        symlink("real/a.lab", &link).expect("a link can be made");
        assert_eq!(run(&["fmt", name(&link)]).0, 0);
        assert_eq!(read(&file), TIDY);
        assert!(link.is_symlink() && !file.is_symlink());
        assert_eq!(names(&folder), ["link.lab", "real"]);
        assert_eq!(names(&folder.join("real")), ["a.lab"]);
        let nowhere = folder.join("nowhere.lab");
        symlink("gone.lab", &nowhere).expect("a link can be made");
        assert_eq!(run(&["fmt", name(&nowhere)]).0, 1);
        assert!(nowhere.is_symlink());
    }

    #[test]
    fn what_is_no_file_is_left_alone() {
        let (code, out, err) = run(&["fmt", "/dev/null"]);
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(
            err.contains("/dev/null is left alone: it is not an ordinary file"),
            "{err}"
        );
    }
}
