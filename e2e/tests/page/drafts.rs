//! What is kept on this machine: never lost to another tab, a later version or a storage that fails.

use crate::lab::{CRASH, Lab};

fn stored(lab: &Lab, key: &str) -> anyhow::Result<serde_json::Value> {
    lab.page
        .eval(&format!("localStorage.getItem('offset-lab/{key}')"))
}

#[test]
fn two_tabs_on_one_scenario_keep_both_texts() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    let name = lab.page.value_of(".picker select")?;
    // What another tab would have written meanwhile.
    lab.page.eval(&format!(
        "localStorage.setItem('offset-lab/1/draft/{name}', 'stream theirs\\n')"
    ))?;
    let mine = [CRASH, "# mine\n"].concat();
    lab.write(&mine)?;
    lab.page.wait_for_text(".notice", "another tab")?;
    assert_eq!(lab.text()?, mine);
    assert_eq!(stored(&lab, &format!("1/draft/{name}"))?, "stream theirs\n");
    assert_eq!(stored(&lab, "1/draft/own")?, mine);
    lab.choose_lesson(&name)?;
    assert_eq!(lab.text()?, "stream theirs\n");
    lab.choose_lesson("own")?;
    assert_eq!(lab.text()?, mine);
    lab.page.expect_clean()
}

#[test]
fn what_a_later_version_or_nobody_can_read_is_left_and_said() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.page
        .eval("localStorage.setItem('offset-lab/2/drafts', '{\"later\":true}')")?;
    lab.page.reload()?;
    lab.page.wait_for_text(".notice", "later version")?;
    lab.write(CRASH)?;
    assert_eq!(stored(&lab, "2/drafts")?, "{\"later\":true}");
    lab.page
        .eval("localStorage.removeItem('offset-lab/2/drafts')")?;
    lab.page
        .eval("localStorage.setItem('offset-lab/1/drafts', '{\"garbage\":[1,')")?;
    lab.page.reload()?;
    lab.page.wait_for_text(".notice", "set aside")?;
    lab.settled()?;
    lab.write(CRASH)?;
    assert_eq!(stored(&lab, "1/unread")?, "{\"garbage\":[1,");
    lab.page.expect_clean()
}

#[test]
fn a_storage_that_fails_is_survived_with_a_word() -> anyhow::Result<()> {
    for broken in [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        "Storage.prototype.getItem = Storage.prototype.setItem = Storage.prototype.removeItem = () => { throw new Error('no'); }",
    ] {
        let lab = Lab::open(1280)?;
        lab.page.eval(&format!("(() => {{ {broken} }})()"))?;
        lab.write(CRASH)?;
        lab.page.wait_for_text(".notice", "keeps nothing")?;
        assert_eq!(lab.text()?, CRASH);
        assert_eq!(lab.problems()?, 0);
        lab.page.expect_clean()?;
    }
    Ok(())
}

#[test]
fn dropped_files_are_opened_beside_what_is_there() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    let drop = |bytes: &str| {
        lab.page.eval(&format!(
            "(() => {{ const data = new DataTransfer(); data.items.add(new File([{bytes}], 'mine.lab'));
               document.querySelector('textarea').dispatchEvent(new DragEvent('drop',
                 {{ dataTransfer: data, bubbles: true, cancelable: true }})); }})()"
        ))
    };
    for text in ["stream one\\r\\nrun\\r\\n", "stream two\\n"] {
        drop(&format!("'{text}'"))?;
        let plain = text.replace("\\r\\n", "\\n");
        lab.page.wait_until(&format!(
            "document.querySelector('textarea').value === '{plain}'"
        ))?;
        lab.settled()?;
    }
    assert_eq!(lab.page.value_of(".picker select")?, "own-2");
    lab.choose_lesson("own")?;
    assert_eq!(lab.text()?, "stream one\nrun\n");
    for (bytes, words) in [
        ("new Uint8Array([0, 1, 2, 255, 254])", "no text in UTF-8"),
        ("new Uint8Array([0x73, 0xe9, 0x74, 10])", "no text in UTF-8"),
        ("'x'.repeat(11 * 1024 * 1024)", "11 MiB"),
    ] {
        drop(bytes)?;
        lab.page.wait_for_text(".notice", words)?;
        assert_eq!(lab.text()?, "stream one\nrun\n");
    }
    lab.page.expect_clean()
}
