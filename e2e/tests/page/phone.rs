//! A phone: the picture first and whole, what there is to read and Continue below it, the text behind its tab, nothing
//! over anything, and never more than three screens.

use offset_lab_e2e::{Lab, Page, Theme};

const HEIGHT: u32 = 800;

/// Three screens.
const MOST: i64 = 3 * HEIGHT as i64;

fn open(theme: Theme) -> anyhow::Result<Lab> {
    let lab = Lab {
        page: Page::open(360, HEIGHT, theme)?,
    };
    lab.page.wait_for(".stage .actor")?;
    lab.settled()?;
    Ok(lab)
}

/// What is wrong with how the page lies, if anything.
const FAULTS: &str = "(() => {
  const found = [], say = (bad, words) => bad && found.push(words);
  const box = selector => { const e = document.querySelector(selector);
    return e && e.offsetParent !== null ? e.getBoundingClientRect() : null; };
  const order = ['.header', '.stage-place', '.narration', '.side', '.transport', '.actions', '.tables']
    .map(selector => [selector, selector === '.stage-place' ? document.querySelector(selector).getBoundingClientRect() : box(selector)]);
  order.forEach(([name, at]) => say(!at, `${name} is not there`));
  const there = order.filter(([, at]) => at);
  there.slice(1).forEach(([name, at], nth) => {
    const [before, above] = there[nth];
    say(at.top < above.bottom - 1, `${name} begins above the end of ${before}`);
    say(name !== '.tables' && name !== '.transport' && at.top > above.bottom + 24, `a gap of ${at.top - above.bottom} px above ${name}`);
  });
  const picture = document.querySelector('svg.stage'), drawn = picture.getBoundingClientRect();
  say(drawn.left < -1 || drawn.right > innerWidth + 1, 'the picture is wider than the screen');
  const place = document.querySelector('.stage-place');
  say(place.scrollWidth > place.clientWidth + 1 || drawn.height > place.clientHeight + 1, 'the picture is cut');
  // Whatever part of the picture is on the screen, nothing else lies there.
  for (let at = 0; at <= document.documentElement.scrollHeight; at += 200) {
    window.scrollTo(0, at);
    const now = picture.getBoundingClientRect();
    for (let y = Math.max(1, now.top + 4); y < Math.min(innerHeight - 1, now.bottom - 4); y += 24)
      for (const x of [12, 180, 348]) {
        const top = document.elementFromPoint(x, y);
        say(top && !top.closest('.stage-place'), `${top?.className} lies over the picture`);
      }
  }
  window.scrollTo(0, 0);
  const height = document.documentElement.scrollHeight;
  say(height > MOST, `the page is ${height} px high`);
  say(document.documentElement.scrollWidth > innerWidth, 'the page is wider than the screen');
  return [...new Set(found)];
})()";

fn faults(lab: &Lab, what: &str) -> anyhow::Result<()> {
    lab.page.wait_still(".stage")?;
    let script = FAULTS.replace("MOST", &MOST.to_string());
    let found = lab.page.eval(&script)?;
    assert_eq!(found, serde_json::json!([]), "{what}");
    Ok(())
}

#[test]
fn a_lesson_lies_well_at_every_moment_and_under_every_tab() -> anyhow::Result<()> {
    for (lesson, theme) in [
        ("crash-and-redelivery", Theme::Light),
        ("quorum", Theme::Dark),
        ("two-readings-of-lag", Theme::Light),
        ("resume-where-it-stopped", Theme::Dark),
    ] {
        let lab = open(theme)?;
        lab.choose_lesson(lesson)?;
        for key in ["First", "Forward", "Last"] {
            lab.click(&format!("[aria-label='{key}']"))?;
            faults(&lab, &format!("{lesson}, {key}"))?;
        }
        for tab in 1..=7 {
            lab.click(&format!(".tables .tab:nth-of-type({tab})"))?;
            faults(&lab, &format!("{lesson}, table {tab}"))?;
        }
        lab.click(".stage .actor")?;
        faults(&lab, &format!("{lesson}, looked into"))?;
        for side in [2, 3, 1] {
            lab.click(&format!(".side .tab:nth-of-type({side})"))?;
            faults(&lab, &format!("{lesson}, side {side}"))?;
        }
        lab.page.expect_clean()?;
    }
    Ok(())
}

#[test]
fn the_text_waits_behind_its_tab_and_is_the_same_text() -> anyhow::Result<()> {
    let lab = open(Theme::Light)?;
    let hidden = "document.querySelector('.editor').offsetParent === null";
    assert_eq!(lab.page.eval(hidden)?, true);
    lab.click(".side .tab:nth-of-type(4)")?;
    assert_eq!(lab.page.eval(hidden)?, false);
    assert_eq!(lab.page.text_of(".side .tab[aria-selected=true]")?, "Text");
    lab.write("title \"Mine\"\nstream s\nproducer p on s\npublish p 3 \"m\"\nrun\n")?;
    lab.page
        .wait_until("document.querySelectorAll('.lines .line').length === 6")?;
    let whole = "(area => area.scrollHeight <= area.clientHeight && document.querySelector('.lines').offsetHeight <= area.clientHeight)(document.querySelector('.editor-area'))";
    assert_eq!(lab.page.eval(whole)?, true);
    assert!(lab.page.overflow()? <= 0);
    lab.click(".side .tab:nth-of-type(1)")?;
    assert_eq!(lab.page.eval(hidden)?, true);
    assert_eq!(lab.page.text_of(".story h2")?, "Mine");
    // There is room for it beside the rest: no tab, and the text is there.
    lab.page.resize(1280, HEIGHT)?;
    lab.page
        .wait_until("document.querySelector('.editor').offsetParent !== null")?;
    let tab = "document.querySelector('.side .tab:nth-of-type(4)').offsetParent === null";
    assert_eq!(lab.page.eval(tab)?, true);
    lab.page.expect_clean()
}

#[test]
fn a_thumb_leads_through_a_lesson_and_the_picture_stays_in_view() -> anyhow::Result<()> {
    let lab = open(Theme::Light)?;
    lab.choose_lesson("crash-and-redelivery")?;
    for _ in 0..20 {
        let button = lab.page.text_of(".go-on .button")?;
        if button == "The end" {
            break;
        }
        let big = "document.querySelector('.go-on .button').getBoundingClientRect().height >= 44";
        assert_eq!(lab.page.eval(big)?, true);
        lab.click(".go-on .button")?;
        lab.page.wait_for(".transport [aria-label='Play']")?;
        if lab.page.count(".question")? > 0 {
            lab.click(".question .choices .button:nth-of-type(1)")?;
            lab.page.wait_for(".answered .reasons")?;
        }
    }
    assert_eq!(lab.page.text_of(".go-on .button")?, "The end");
    faults(&lab, "at its end")?;
    lab.page.expect_clean()
}

#[test]
fn long_lists_are_folded_and_one_at_a_time_unfolds() -> anyhow::Result<()> {
    let lab = Lab {
        page: Page::open_at("#home", 360, 740, Theme::Light)?,
    };
    for (fragment, list) in [("#home", ".track"), ("#questions", ".asked-list li")] {
        lab.page.go(fragment)?;
        lab.page.wait_for(list)?;
        let high = "document.documentElement.scrollHeight";
        let is_short = format!("{high} <= 3 * 740");
        lab.page
            .wait_until(&is_short)
            .map_err(|_| anyhow::anyhow!("{fragment}: {:?} px", lab.page.eval(high)))?;
        let open = format!("document.querySelectorAll('{list} details[open]').length");
        assert_eq!(lab.page.eval(&open)?, 0, "{fragment}");
        for heading in [0, 1] {
            lab.page
                .click_nth(&format!("{list} summary"), heading, "")?;
            lab.page.wait_until(&format!("{open} === 1"))?;
            assert_eq!(
                lab.page.eval(&is_short)?,
                true,
                "{fragment} {:?}",
                lab.page.eval(high)?
            );
            assert!(lab.page.overflow()? <= 0);
        }
        // There is room for all of it; what had the focus keeps it, and so back again.
        lab.page.focus(&format!("{list} details[open] a"))?;
        lab.page.resize(1280, 740)?;
        lab.page.wait_until(&format!(
            "document.querySelectorAll('{list} details:not([open])').length === 0"
        ))?;
        lab.page.wait_until("document.activeElement.matches('a')")?;
        lab.page.resize(360, 740)?;
        lab.page.wait_until(&format!("{open} === 0"))?;
        lab.page
            .wait_until("document.activeElement.matches('summary')")?;
    }
    lab.page.expect_clean()
}

#[test]
fn a_phone_that_is_turned_keeps_the_focus_and_the_text() -> anyhow::Result<()> {
    let lab = Lab {
        page: Page::open(740, 360, Theme::Light)?,
    };
    lab.settled()?;
    lab.page.focus("textarea")?;
    lab.page.resize(360, 740)?;
    lab.page
        .wait_until("document.querySelector('.lab-cards').matches('.at-text')")?;
    assert_eq!(
        lab.page
            .eval("document.activeElement.matches('textarea') && document.activeElement.offsetParent !== null")?,
        true
    );
    lab.page.focus(".side .tab:nth-of-type(4)")?;
    lab.page.resize(740, 360)?;
    lab.page
        .wait_until("document.activeElement.matches('textarea')")?;
    assert_eq!(
        lab.page.text_of(".side .tab[aria-selected=true]")?,
        "Story",
        "the tab of the text is gone, so another one is chosen"
    );
    lab.page.expect_clean()
}

#[test]
fn what_is_open_can_be_read_in_the_header() -> anyhow::Result<()> {
    let lab = open(Theme::Light)?;
    let (list, header) = ("'.picker select'", "'.header'");
    let wide = |what: &str| format!("document.querySelector({what}).getBoundingClientRect()");
    let width = lab.page.eval(&format!("{}.width", wide(list)))?;
    assert!(width.as_f64() > Some(220.0), "{width}");
    // In the order of the focus: home, what is open, what there is to do; and all in two lines.
    let height = lab.page.eval(&format!("{}.height", wide(header)))?;
    assert!(height.as_f64() < Some(112.0), "{height}");
    let order = "[...document.querySelectorAll('.header :is(a, select, button)')].filter(e => e.offsetParent !== null)
        .map(e => e.getBoundingClientRect()).every((box, n, all) => n === 0 || box.top > all[n - 1].top + 20 || box.left >= all[n - 1].left)";
    assert_eq!(lab.page.eval(order)?, true);
    assert_eq!(lab.page.overflow()?, 0);
    lab.page.expect_clean()
}

#[test]
fn escape_in_a_form_leads_back_to_its_menu() -> anyhow::Result<()> {
    for width in [360, 1280] {
        let lab = Lab::open(width)?;
        lab.open_menu("New")?;
        lab.page.focus(".menu .act input")?;
        lab.page.press("Escape")?;
        lab.page
            .wait_until("document.querySelector('.menu') === null")?;
        let focus =
            "document.activeElement.closest('.actions')?.querySelector(':focus').textContent";
        assert_eq!(lab.page.eval(focus)?, "New", "at {width} px");
        lab.page.expect_clean()?;
    }
    Ok(())
}
