//! How long the page takes, as a person feels it: from what they do to the next painted frame, and how long the page
//! stands still meanwhile. It prints; it never judges.

use anyhow::Context;
use serde_json::json;

use crate::figures::{FIRST_PICTURE, Figures, Goal, NONE, SEEK, Sheet, TASK};
use crate::{Lab, Page, Theme};

/// Runs before the page: a clock for frames, for inputs and for the first picture, all in milliseconds.
const SCRIPT: &str = "window.stopwatch = (() => {
    const painted = then => requestAnimationFrame(() => {
        const next = new MessageChannel(); next.port1.onmessage = () => then(performance.now());
        next.port2.postMessage(0); });
    const watch = { painted, inputs: [], gaps: [], tasks: [], first: null };
    // Only those that take 50 ms or longer.
    new PerformanceObserver(list => { for (const task of list.getEntries()) watch.tasks.push(task.duration); })
        .observe({ type: 'longtask' });
    let last = null;
    const frame = now => { if (last !== null) { watch.gaps.push(now - last); } last = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
    // A key or a pointer that changes something fires `input`: from the moment the hand moved to the frame after.
    let hand = null;
    for (const kind of ['keydown', 'pointerdown', 'pointermove'])
        addEventListener(kind, event => { hand = event.timeStamp; }, { capture: true });
    addEventListener('input', () => { if (hand !== null) { const from = hand;
        painted(now => watch.inputs.push(now - from)); } }, { capture: true });
    new MutationObserver((_, seen) => { if (document.querySelector('.stage .actor')) {
        seen.disconnect(); painted(now => { watch.first = now; }); } }).observe(document, { childList: true, subtree: true });
    return watch;
})();";

/// Sets the scrubber to random places, one after the other; how long each took to be painted. Each begins at a random part
/// of a frame, as a hand does: right behind a frame, all would wait for the whole of the next one.
const SEEKS: &str = "const done = arguments[arguments.length - 1], count = arguments[0], took = [];
    const field = document.querySelector('.scrubber input'); let seed = 7;
    const next = () => { if (took.length === count) return done(took);
        seed = (seed * 48271) % 2147483647;
        const start = performance.now();
        field.value = String(seed % Number(field.max));
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        stopwatch.painted(now => { took.push(now - start); setTimeout(next, seed % 17); }); };
    next();";

/// About a million events: two streams whose producers await every confirm, and their consumers.
pub const MILLION: &str = "title \"A million events\"\nstream orders\nstream audit\n\
    producer p on orders\nproducer q on audit\npublish p 45_000 \"o{n}\" one by one\npublish q 45_000 \"a{n}\" one by one\n\
    consumer billing on orders from first store every 10 takes 1ms\n\
    consumer checker on audit from first store every 5 takes 2ms\nrun\n";

/// Prints all figures of the page, which is that of `commit`.
///
/// # Errors
///
/// When the page cannot be driven.
pub fn measure(commit: &str) -> anyhow::Result<()> {
    println!("{:<58} from the hand to the painted frame", "the page");
    let mut sheet = Sheet::default();
    opening(&mut sheet)?;
    let page = Page::open_with(1280, 800, Theme::Light, SCRIPT)?;
    let lab = Lab { page };
    lab.settled()?;
    long_run(&lab, &mut sheet)?;
    long_text(&lab, &mut sheet)?;
    lab.page.expect_clean()?;
    sheet.compare(commit)
}

/// From navigation to the first picture, with nothing in any cache.
fn opening(sheet: &mut Sheet) -> anyhow::Result<()> {
    for (rate, name, goal) in [
        (1, "", NONE),
        (4, ", processor 4 times slower", FIRST_PICTURE),
    ] {
        let page = Page::open_with(1280, 800, Theme::Light, SCRIPT)?;
        page.slow_down(rate)?;
        let mut took = Vec::new();
        for _ in 0..7 {
            page.reload()?;
            page.wait_until("stopwatch.first !== null")?;
            took.push(page.eval("stopwatch.first")?);
        }
        let name = format!("navigation to first picture{name}");
        sheet.add(&name, &Figures::read(&json!(took)), goal);
    }
    Ok(())
}

/// Does something and says how long frames were apart meanwhile, and which tasks took 50 ms or longer: none is to.
fn during(
    lab: &Lab,
    sheet: &mut Sheet,
    name: &str,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    during_within(lab, sheet, name, TASK, work)
}

/// The same, with another goal for tasks.
fn during_within(
    lab: &Lab,
    sheet: &mut Sheet,
    name: &str,
    goal: Goal,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    lab.page
        .eval("stopwatch.gaps.length = stopwatch.tasks.length = 0")?;
    let start = lab.page.eval("performance.now()")?;
    work()?;
    let end = lab.page.eval("performance.now()")?;
    let took = end.as_f64().context("no time")? - start.as_f64().context("no time")?;
    println!("{name}: {took:.0} ms");
    let gaps = Figures::read(&lab.page.eval("stopwatch.gaps")?);
    sheet.add(&format!("{name}: frames apart"), &gaps, NONE);
    let tasks = Figures::read(&lab.page.eval("stopwatch.tasks")?);
    sheet.add(&format!("{name}: long tasks"), &tasks, goal);
    Ok(())
}

/// Inputs of a hand while it does something.
fn inputs(
    lab: &Lab,
    sheet: &mut Sheet,
    name: &str,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    lab.page.eval("stopwatch.inputs.length = 0")?;
    work()?;
    lab.page.run_async(
        "const done = arguments[0]; stopwatch.painted(() => done(null));",
        Vec::new(),
    )?;
    let took = Figures::read(&lab.page.eval("stopwatch.inputs")?);
    sheet.add(name, &took, NONE);
    Ok(())
}

/// Seeking, playing, acting and typing in a run of a million events.
fn long_run(lab: &Lab, sheet: &mut Sheet) -> anyhow::Result<()> {
    during(lab, sheet, "run a million events", || {
        lab.page.fill("textarea", MILLION)?;
        // The run takes longer than one wait.
        lab.page
            .wait_until("document.querySelector('.editor-state.busy')")?;
        at_rest(lab)
    })?;
    println!("{:<58} {}", "", lab.page.text_of(".editor-state")?);
    let seeks = lab.page.run_async(SEEKS, vec![json!(200)])?;
    sheet.add("200 random seeks", &Figures::read(&seeks), SEEK);
    inputs(lab, sheet, "drag the scrubber", || drag(lab))?;
    lab.page.click(".tables .tab:nth-of-type(2)")?;
    let seeks = lab.page.run_async(SEEKS, vec![json!(50)])?;
    let seeks = Figures::read(&seeks);
    sheet.add("50 random seeks beside the list of events", &seeks, SEEK);
    lab.page.click(".tables .tab:nth-of-type(1)")?;
    during(lab, sheet, "play at 64x for 5 s", || play(lab))?;
    for (tenth, where_) in [("9", "at nine tenths"), ("1", "at one tenth")] {
        during(lab, sheet, &format!("act in the past, {where_}"), || {
            lab.page.click_nth(".actions .do", 0, "")?;
            lab.page.press(tenth)?;
            lab.page.click(".actions > .row > .act .button")?;
            at_rest(lab)
        })?;
        during(lab, sheet, "undo it", || {
            lab.page.click("[aria-label='Undo']")?;
            at_rest(lab)
        })?;
    }
    typing(lab, sheet, "type at the end of that text", "Control+End")?;
    during(lab, sheet, "and until it has run", || at_rest(lab))
}

/// Pasting long texts, and typing in one of 5,000 lines. The goal is for 1,000, several times the longest lesson: laying
/// out 5,000 takes the browser as long as a page may stand still in any field, so what a bare one takes is measured, too.
fn long_text(lab: &Lab, sheet: &mut Sheet) -> anyhow::Result<()> {
    bare_field(lab, sheet, &long(5_000))?;
    for (lines, name, goal) in [
        (1_000, "paste 1,000 lines and run them", TASK),
        (5_000, "paste 5,000 lines and run them", NONE),
    ] {
        let text = long(lines);
        during_within(lab, sheet, name, goal, || {
            lab.page.fill("textarea", &text)?;
            at_rest(lab)
        })?;
    }
    typing(
        lab,
        sheet,
        "type at the start of 5,000 lines",
        "Control+Home",
    )?;
    typing(lab, sheet, "type at the end of 5,000 lines", "Control+End")?;
    during(lab, sheet, "and until they have run", || at_rest(lab))
}

/// The same paste into a text area of the browser, and no more.
fn bare_field(lab: &Lab, sheet: &mut Sheet, text: &str) -> anyhow::Result<()> {
    lab.page.run(
        "const field = document.createElement('textarea'); field.id = 'bare'; field.wrap = 'off';
         field.style.cssText = 'position: fixed; inset: 0; width: 400px; height: 400px'; document.body.append(field);",
        Vec::new(),
    )?;
    lab.page.eval("stopwatch.tasks.length = 0")?;
    lab.page.fill("#bare", text)?;
    for _ in 0..3 {
        lab.page.run_async(
            "const done = arguments[0]; stopwatch.painted(() => done(null));",
            Vec::new(),
        )?;
    }
    let tasks = Figures::read(&lab.page.eval("stopwatch.tasks")?);
    sheet.add(
        "paste 5,000 lines into a bare text area: long tasks",
        &tasks,
        NONE,
    );
    lab.page.eval("document.getElementById('bare').remove()")?;
    Ok(())
}

/// A text of about so many lines.
fn long(lines: usize) -> String {
    let three = "publish p \"m{n}\"\nexpect s.next >= 0\n# a comment\n";
    ["stream s\nproducer p on s\n", &three.repeat(lines / 3 + 1)].concat()
}

fn typing(lab: &Lab, sheet: &mut Sheet, name: &str, place: &str) -> anyhow::Result<()> {
    lab.page.click("textarea")?;
    lab.page.press(place)?;
    lab.page.eval("stopwatch.gaps.length = 0")?;
    inputs(lab, sheet, name, || {
        // A comment, a broken line, a sound one.
        for key in "# seventy two\nrnu\nrun\nexpect p.sent > 1\n"
            .repeat(2)
            .chars()
        {
            let key = match key {
                '\n' => "Enter".to_owned(),
                ' ' => "Space".to_owned(),
                other => other.to_string(),
            };
            lab.page.press(&key)?;
        }
        Ok(())
    })?;
    let gaps = Figures::read(&lab.page.eval("stopwatch.gaps")?);
    sheet.add(&format!("{name}: frames apart"), &gaps, NONE);
    lab.page.press("Escape")
}

fn drag(lab: &Lab) -> anyhow::Result<()> {
    let spot = |part| lab.page.spot_at(".scrubber input", 0, part);
    let (from, to) = (
        spot(5)?.context("no scrubber")?,
        spot(990)?.context("no scrubber")?,
    );
    lab.page.drag(from, to, 200)
}

fn play(lab: &Lab) -> anyhow::Result<()> {
    lab.page.run(
        "const field = document.querySelector('.speed input'); field.value = 6;
         field.dispatchEvent(new Event('input', { bubbles: true }));",
        Vec::new(),
    )?;
    lab.page.click("[aria-label='First']")?;
    lab.page.click("[aria-label='Play']")?;
    lab.page
        .run_async("setTimeout(arguments[0], 5000)", Vec::new())?;
    // At this speed a run may have come to its end before.
    if lab.page.count("[aria-label='Pause']")? > 0 {
        lab.page.click("[aria-label='Pause']")?;
    }
    println!("{:<58} {}", "", lab.clock()?);
    Ok(())
}

/// Waits as long as it takes.
fn at_rest(lab: &Lab) -> anyhow::Result<()> {
    let mut tries = 0;
    loop {
        match lab.settled() {
            Ok(()) => return Ok(()),
            Err(error) if tries == 10 => return Err(error),
            Err(_) => tries += 1,
        }
    }
}
