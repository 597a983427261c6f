//! Nonsense of every kind: a message each, the last good picture still there, nothing lost.

use crate::lab::{CRASH, Lab};

#[test]
fn a_text_of_ten_megabytes_is_refused_and_nothing_changes() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.page.focus("textarea")?;
    lab.page.eval(
        "(() => { const data = new DataTransfer(); data.setData('text/plain', 'x'.repeat(10485760));
           document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste',
             { clipboardData: data, bubbles: true, cancelable: true })); })()",
    )?;
    lab.page.wait_for_text(".notice", "4 MiB")?;
    assert_eq!(lab.text()?, CRASH);
    lab.page.expect_clean()
}

#[test]
fn garbage_is_said_to_be_garbage_and_kept() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    for garbage in [
        "",
        "\u{1}\u{2}\u{7f}\u{fffd}\"\\",
        "publish p 18446744073709551615 \"x\"\n",
    ] {
        lab.write(garbage)?;
        assert_eq!(lab.text()?, garbage);
        assert_eq!(lab.page.count(".stage")?, 1, "the picture is gone");
    }
    assert!(lab.problems()? > 0);
    lab.page.expect_clean()
}

#[test]
fn a_script_that_runs_for_long_leaves_the_page_alive_and_gives_way_to_the_next()
-> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    let endless = "stream s\nproducer p on s\npublish p 900_000 \"x\" one by one\nrun\n";
    lab.page.fill("textarea", endless)?;
    lab.page.wait_for_text(".narration", "events so far")?;
    // The last good picture is still there, and time can still be moved in it.
    lab.page.click("[aria-label='First']")?;
    lab.page.wait_for_text(".clock", "step 0")?;
    lab.write(CRASH)?;
    assert_eq!(lab.problems()?, 0);
    lab.page.expect_clean()
}

#[test]
fn five_thousand_lines_stay_fluent() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    let text = [
        "stream s\nproducer p on s\n".into(),
        "publish p \"m{n}\"\n".repeat(5_000),
    ]
    .concat();
    lab.write(&text)?;
    assert!(
        lab.page.count(".lines .line")? < 200,
        "only lines in view are drawn"
    );
    let spent = lab.page.eval(
        "(() => { const area = document.querySelector('textarea'); const start = performance.now();
           for (let n = 0; n < 10; n++) { area.setRangeText('x', 0, 0, 'end');
             area.dispatchEvent(new InputEvent('input', { bubbles: true })); }
           return performance.now() - start; })()",
    )?;
    assert!(
        spent.as_f64().is_some_and(|ms| ms < 2_000.0),
        "{spent} ms for ten keys"
    );
    lab.settled()?;
    lab.page.expect_clean()
}

#[test]
fn garbage_in_the_storage_is_survived() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.page.eval(
        "['drafts', 'current', 'settings', 'draft/own', 'draft/browse-a-stream'].forEach(key =>
           localStorage.setItem('offset-lab/1/' + key, '{\\u0000]\\n' + key + '\\nspeed=x'))",
    )?;
    lab.page.reload()?;
    lab.page.wait_for_text(".notice", "set aside")?;
    lab.page.wait_for(".home .track")?;
    lab.page.go("#lesson/browse-a-stream")?;
    lab.page.wait_for(".stage .actor")?;
    lab.settled()?;
    lab.page.expect_clean()
}
