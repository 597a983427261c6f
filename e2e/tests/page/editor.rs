//! The editor: its two layers agree to the row, its list of completions stays inside its card, nothing is cut.

use offset_lab_e2e::{Page, Theme};

use crate::lab::{CRASH, Lab};

/// Lines that wrap in every way that a browser knows.
const LINES: &[&str] = &[
    "title \"A crash replays what was processed after the last store, and then some words\"",
    "stream long-name-with-hyphens/slashes?and-questions-that-goes-on-for-a-while max-length 10MB",
    "\tpublish\tp\t100 \"tabs\there\"\t\t\t\t\t\t\t\t\t\t\t\tand there",
    "> 日本語のとても長い文章がここにありますので、折り返されるはずです。そして続きます。",
    "publish p \"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀👨‍👩‍👧‍👦👨‍👩‍👧‍👦🇩🇪🇩🇪\"",
    "consumer \"a b/ü\" on s filter \"مرحبا بالعالم هذا نص طويل جدا جدا\" match unfiltered",
    "                                                                                     x",
    "# e\u{301}e\u{301} z\u{336}a\u{336} \u{200b}\u{200b} soft\u{ad}hyphen \u{2028} \u{7} \u{feff} and so on and on and on",
    "expect billing.stored == 19 and so on and so on and so on and so on and so on",
    "run   ",
    "",
];

/// Height of the text in the text area, and of the drawn lines.
const HEIGHTS: &str = "(() => { const area = document.querySelector('textarea');
  area.style.height = '0'; const height = area.scrollHeight - 6; area.style.height = '';
  return [height, document.querySelector('.lines').offsetHeight, area.scrollTop]; })()";

fn layers_agree(lab: &Lab, what: &str) -> anyhow::Result<()> {
    lab.page
        .wait_until(&format!("(([a, b, c]) => a === b && c === 0)({HEIGHTS})"))
        .map_err(|error| anyhow::anyhow!("{what}: {:?}: {error}", lab.page.eval(HEIGHTS)))
}

#[test]
fn what_is_drawn_wraps_where_the_text_area_wraps() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    for width in [1280, 768, 360] {
        lab.page.resize(width, 800)?;
        lab.show_text()?;
        for line in LINES {
            lab.write(line)?;
            layers_agree(&lab, &format!("{width}: {line}"))?;
        }
        lab.write(&LINES.join("\n").repeat(40))?;
        layers_agree(&lab, "many lines")?;
        for row in [0, 4_000, 99_999] {
            lab.page.eval(&format!(
                "document.querySelector('.editor-scroll').scrollTop = {row}"
            ))?;
            layers_agree(&lab, "scrolled")?;
        }
    }
    lab.page.expect_clean()
}

#[test]
fn a_text_too_long_to_wrap_is_taken_whole_and_a_short_one_wraps_again() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    let wrap = "document.querySelector('textarea').wrap";
    let long = "# as long as a comment may well be in a text that somebody pastes\n".repeat(1_000);
    for _ in 0..2 {
        lab.write(&[&long, "stream s\n"].concat())?;
        assert_eq!(lab.page.eval(wrap)?, "off");
        assert!(lab.text()?.ends_with("pastes\nstream s\n"));
        layers_agree(&lab, "long")?;
        lab.write(LINES[0])?;
        assert_eq!(lab.page.eval(wrap)?, "soft");
        layers_agree(&lab, "short")?;
    }
    lab.page.expect_clean()
}

#[test]
fn nothing_of_the_card_is_cut_at_any_size() -> anyhow::Result<()> {
    for (width, height) in [(1280, 800), (768, 900), (360, 740), (640, 400)] {
        let page = Page::open(width, height, Theme::Light)?;
        let lab = Lab { page };
        lab.page.wait_for(".stage .actor")?;
        lab.show_text()?;
        lab.write(CRASH)?;
        let inside =
            "(() => { const card = document.querySelector('.editor').getBoundingClientRect();
            const guide = document.querySelector('.guide');
            const box = guide.getBoundingClientRect();
            return box.bottom <= card.bottom + 1 && guide.scrollHeight <= guide.clientHeight + 1
              && document.querySelector('.editor-scroll').clientHeight >= 100; })()";
        lab.page.wait_until(inside)?;
        lab.write("streem s\nconsumr c on s\npublish q 1 \"x\"\n")?;
        lab.page.wait_for(".problems li")?;
        lab.page.wait_until(inside)?;
        assert!(lab.page.overflow()? <= 0, "{width} px");
    }
    Ok(())
}

#[test]
fn the_completion_stays_inside_its_card_and_ends_with_the_caret() -> anyhow::Result<()> {
    let lab = Lab::open(360)?;
    lab.show_text()?;
    lab.write("")?;
    lab.page.focus("textarea")?;
    lab.page
        .type_into("textarea", &format!("> {}\n", "words ".repeat(60)))?;
    lab.page.type_into(
        "textarea",
        "stream a-stream-with-a-rather-long-name\nconsumer c on a-str",
    )?;
    lab.page.wait_for(".completion li")?;
    let inside = "(() => { const card = document.querySelector('.editor').getBoundingClientRect();
        const list = document.querySelector('.completion').getBoundingClientRect();
        return list.left >= card.left && list.right <= card.right && list.top >= card.top
          && list.bottom <= card.bottom + 1; })()";
    lab.page.wait_until(inside)?;
    lab.page.press("ArrowDown")?;
    lab.page.wait_until(
        "document.getElementById(document.querySelector('textarea').getAttribute('aria-activedescendant'))
           ?.getAttribute('aria-selected') === 'true'",
    )?;
    lab.page.press("Tab")?;
    lab.settled()?;
    assert!(lab.text()?.ends_with("on a-stream-with-a-rather-long-name"));
    assert_eq!(lab.page.count(".completion")?, 0);
    lab.page.press("Tab")?;
    assert_eq!(
        lab.page
            .eval("document.activeElement.tagName === 'TEXTAREA'")?,
        false,
        "Tab leaves the text when no list is open"
    );
    lab.page.expect_clean()
}
