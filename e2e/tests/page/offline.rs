//! The app as one that is installed and works without network, and what pages that only hold elements have of it:
//! nothing.

use std::fs;
use std::path::Path;

use offset_lab_e2e::lab::CRASH;
use offset_lab_e2e::{Lab, POLICY, Page, Theme, dist};
use tempfile::TempDir;

use crate::somewhere::{FIRST, Somewhere, live};

/// The app keeps its files and answers for this page.
const KEPT: &str = "navigator.serviceWorker.controller !== null";

#[test]
fn what_was_opened_once_works_without_network() -> anyhow::Result<()> {
    let page = Page::open(1280, 800, Theme::Light)?;
    page.wait_until(KEPT)?;
    page.expect_clean()?;
    page.unplug();
    let before = page.requests().len();
    page.reload()?;
    page.wait_for(".stage .actor")?;
    let lab = Lab { page };
    lab.settled()?;
    // Also what was never opened while there was a network.
    lab.choose_lesson("deduplication")?;
    assert!(lab.text()?.contains("deduplicat"), "{}", lab.text()?);
    lab.write(CRASH)?;
    lab.click("[aria-label='Last']")?;
    assert_eq!(lab.problems()?, 0);
    assert_eq!(lab.page.requests().len(), before);
    Ok(())
}

/// The built page in a folder of its own.
fn copied() -> anyhow::Result<TempDir> {
    fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
            if path.is_dir() {
                copy(&path, &to.join(name))?;
            } else {
                fs::copy(&path, to.join(name))?;
            }
        }
        Ok(())
    }
    let folder = tempfile::tempdir()?;
    copy(&dist(), folder.path())?;
    Ok(folder)
}

#[test]
fn a_newer_version_says_so_and_comes_when_it_is_wanted() -> anyhow::Result<()> {
    let folder = copied()?;
    let page = Page::open_from(folder.path(), 1280, 800, Theme::Light)?;
    page.wait_until(KEPT)?;
    assert_eq!(
        page.count(".newer")?,
        0,
        "the first version is not a newer one"
    );
    let change = |name: &str, from: &str, to: &str| -> anyhow::Result<()> {
        let file = folder.path().join(name);
        let text = fs::read_to_string(&file)?;
        assert!(text.contains(from), "{name} has no {from}");
        Ok(fs::write(&file, text.replacen(from, to, 1))?)
    };
    change("index.html", "<body>", "<body class=\"is-newer\">")?;
    change("sw.js", "const VERSION = \"", "const VERSION = \"newer-")?;
    page.reload()?;
    page.wait_for_text(".newer", "A newer version of Offset Lab is here")?;
    let of_new = "document.querySelectorAll('.is-newer').length";
    assert_eq!(page.eval(of_new)?, 0, "until then it is all of the old one");
    page.click(".newer button")?;
    page.wait_until(&format!(
        "{of_new} === 1 && document.querySelector('#offset-lab main')"
    ))?;
    assert_eq!(page.count(".newer")?, 0);
    let caches = "caches.keys().then(names => arguments[0](names.length))";
    assert_eq!(
        page.run_async(caches, Vec::new())?,
        1,
        "the old files are gone"
    );
    page.expect_clean()
}

#[test]
fn it_can_be_installed_where_the_policy_lets_it() -> anyhow::Result<()> {
    let ready = "document.querySelector('#offset-lab main') !== null";
    let policy = format!("{POLICY}; manifest-src 'self'");
    let page = Page::open_under(&policy, ready, &dist(), (1280, 800), Theme::Light)?;
    page.wait_for("link[rel=manifest]")?;
    let (address, faults) = page.manifest()?;
    assert!(
        address.ends_with("/some/folder/manifest.webmanifest"),
        "{address}"
    );
    assert!(faults.is_empty(), "{faults:?}");
    let sizes = "fetch('./manifest.webmanifest').then(answer => answer.json()).then(manifest =>
        Promise.all(manifest.icons.map(icon => new Promise(done => { const image = new Image();
            image.onload = () => done(icon.sizes === 'any' || icon.sizes === `${image.naturalWidth}x${image.naturalHeight}`);
            image.onerror = () => done(false); image.src = icon.src; })))).then(arguments[0])";
    assert_eq!(
        page.run_async(sizes, Vec::new())?,
        serde_json::json!(vec![true; 4])
    );
    page.expect_clean()?;
    // Elsewhere it would only be blocked.
    let page = Page::open(1280, 800, Theme::Light)?;
    page.wait_until(KEPT)?;
    assert_eq!(page.count("link[rel=manifest]")?, 0);
    page.expect_clean()
}

#[test]
fn pages_that_hold_elements_have_nothing_of_it() -> anyhow::Result<()> {
    let body = format!(
        "<offset-lab><pre>{CRASH}</pre></offset-lab>\
         <iframe src=\"./app/embed.html?lesson=crash-and-redelivery\" title=\"A lab\"></iframe>"
    );
    let page = Somewhere::new(&body, "")?
        .policy(&format!("{POLICY}; frame-src 'self'"))
        .open()?;
    live(&page, FIRST)?;
    page.in_frame(|page| live(page, FIRST))?;
    let registered =
        "navigator.serviceWorker.getRegistrations().then(all => arguments[0](all.length))";
    assert_eq!(page.run_async(registered, Vec::new())?, 0);
    let asked = page.requests();
    let of_it = |name: &&String| name.contains("sw.js") || name.contains("offline.js");
    assert_eq!(asked.iter().filter(of_it).count(), 0);
    page.expect_clean()
}
