//! The whole course from first to last as a newcomer goes through it: with the keyboard alone, and with a thumb on a phone;
//! with right, wrong and strange answers. The focus is never lost, what leads on can be reached, and every answer is
//! explained where it is decided.

use std::sync::Arc;

use anyhow::{Context, ensure};
use offset_lab::engine::{Progress, Run};
use offset_lab::learn::{Prediction, predict};
use offset_lab::lessons::{Lesson, LessonKind, TRACKS};
use offset_lab::{Cursor, parse};
use offset_lab_e2e::{Page, Theme};

use crate::lab::Lab;

/// Pauses and questions of one lesson, at the most.
const PAUSES: usize = 60;

/// The questions of a lesson in their order.
fn questions(lesson: &Lesson) -> Vec<Prediction> {
    let mut run = Run::new(&parse(lesson.text()).scenario);
    while run.advance(u32::MAX) == Progress::More {}
    let run = Arc::new(run);
    let timeline = run.timeline();
    let opens = |at: &u32| {
        let asked = timeline.asked(Cursor::at(*at));
        asked.is_some_and(|asked| asked.opened == *at)
    };
    let all = (0..=timeline.len()).filter(opens);
    all.filter_map(|at| predict(&run, Cursor::at(at))).collect()
}

/// What is answered to the question of that number in the whole course: right, wrong, and what nobody expects.
fn answer(number: usize, question: &Prediction) -> String {
    let wrong = || {
        let mut others = question.choices.iter().map(|choice| &choice.value);
        others.find(|value| **value != question.answer).cloned()
    };
    match number % 4 {
        0 => Some(question.answer.clone()),
        1 => wrong(),
        2 => Some("-99999999999999999999".to_owned()),
        _ => Some("<b>viele".to_owned()),
    }
    .unwrap_or_default()
}

/// Waits until nothing moves, and looks whether the focus is anywhere.
fn rest(lab: &Lab) -> anyhow::Result<()> {
    lab.page.wait_for(".transport [aria-label='Play']")?;
    lab.settled()?;
    let focus = "document.activeElement !== document.body && document.activeElement.getClientRects().length > 0";
    ensure!(
        lab.page.eval(focus)? == true,
        "the focus is lost at {:?}",
        lab.clock()?
    );
    Ok(())
}

/// Plays fast: what is tried here is not patience.
fn hurry(lab: &Lab) -> anyhow::Result<()> {
    lab.page.eval(
        "(speed => { speed.value = '6'; speed.dispatchEvent(new Event('input', { bubbles: true })); })(document.querySelector('.speed input'))",
    )?;
    Ok(())
}

/// What was answered is judged, and where it is decided it says why.
fn expect_explained(lab: &Lab, given: &str, question: &Prediction) -> anyhow::Result<()> {
    let words = lab.page.text_of(".answered [role=status] p")?;
    let right = question.is_right(given);
    ensure!(
        words.starts_with(if right { "Yes: " } else { "Not " }),
        "{given:?} is answered {words:?}"
    );
    ensure!(words.contains(&question.answer), "{words:?}");
    lab.page
        .wait_for(".answered .reasons li")
        .with_context(|| format!("{given:?} is not explained"))?;
    let said = lab.page.texts_of(".answered [role=status] p")?;
    if let Some(known) = question.said_of(given).filter(|_| !right) {
        let known: String = known.replace('`', "");
        ensure!(said.contains(&known), "{said:?}, not {known:?}");
    }
    Ok(())
}

/// A way to go through a lesson.
struct Walker {
    /// From one pause to the next.
    go_on: fn(&Lab) -> anyhow::Result<()>,
    /// Gives an answer.
    answer: fn(&Lab, &str) -> anyhow::Result<()>,
    /// To the next lesson.
    next: fn(&Lab) -> anyhow::Result<()>,
}

/// From where a lesson begins to its end; how many questions were answered.
fn go_through(lab: &Lab, walker: &Walker, lesson: &Lesson, before: usize) -> anyhow::Result<usize> {
    lab.page
        .wait_for_text(".story h2", &lesson.title().replace('`', ""))?;
    rest(lab)?;
    let questions = questions(lesson);
    let mut answered = 0;
    for _ in 0..PAUSES {
        if lab.page.count(".question")? > 0 {
            let question = questions
                .get(answered)
                .context("one question more than there are")?;
            let given = answer(before + answered, question);
            (walker.answer)(lab, &given)?;
            rest(lab)?;
            expect_explained(lab, &given, question)?;
            answered += 1;
        } else if lab.page.text_of(".go-on .button")? == "The end" {
            ensure!(
                answered == questions.len(),
                "{answered} questions of {}",
                questions.len()
            );
            return Ok(answered);
        } else {
            (walker.go_on)(lab)?;
        }
        rest(lab)?;
    }
    anyhow::bail!("it does not end")
}

/// Both tracks from their first lesson to their last.
fn walk(lab: &Lab, walker: &Walker) -> anyhow::Result<()> {
    let mut answered = 0;
    for track in TRACKS {
        lab.page.go("#home")?;
        lab.page.wait_for(".home .track")?;
        let first = &track.lessons[0];
        lab.page
            .eval(&format!("(location.hash = '#lesson/{}', 0)", first.slug))?;
        lab.page.wait_for(".speed input")?;
        hurry(lab)?;
        for (place, lesson) in track.lessons.iter().enumerate() {
            let at = || lesson.slug.to_owned();
            lab.page
                .wait_until(&format!("location.hash.endsWith('/{}')", lesson.slug))
                .with_context(at)?;
            lab.settled()?;
            if lesson.kind == LessonKind::Lesson {
                answered += go_through(lab, walker, lesson, answered).with_context(at)?;
            }
            if place + 1 < track.lessons.len() {
                (walker.next)(lab).with_context(at)?;
            }
        }
    }
    ensure!(answered > 30, "{answered} questions");
    lab.page.expect_clean()
}

/// Tabs until an element that matches has the focus: no further than a person would look for it.
fn tab_to(lab: &Lab, selector: &str) -> anyhow::Result<()> {
    let found = format!("document.activeElement.matches({selector:?})");
    for _ in 0..30 {
        if lab.page.eval(&found)? == true {
            return Ok(());
        }
        lab.page.press("Tab")?;
    }
    anyhow::bail!("{selector} is more than 30 Tabs away")
}

#[test]
fn with_the_keyboard_alone_every_lesson_is_gone_through() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    let walker = Walker {
        go_on: |lab| lab.page.press("Enter"),
        answer: |lab, given| {
            tab_to(lab, ".question input")?;
            lab.page.type_keys(given)?;
            lab.page.press("Enter")
        },
        next: |lab| {
            tab_to(lab, ".beside button:last-child")?;
            lab.page.press("Enter")
        },
    };
    walk(&lab, &walker)
}

/// Whether the first match is on the screen, whole and under nothing else.
fn in_reach(lab: &Lab, selector: &str) -> anyhow::Result<bool> {
    let script = format!(
        "(found => {{ const box = found.getBoundingClientRect();
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return box.top >= 0 && box.bottom <= innerHeight && box.height >= 44 && found.contains(top); }})(document.querySelector({selector:?}))"
    );
    Ok(lab.page.eval(&script)? == true)
}

#[test]
fn on_a_phone_every_lesson_is_gone_through_with_a_thumb() -> anyhow::Result<()> {
    let lab = Lab {
        page: Page::open(360, 740, Theme::Light)?,
    };
    let walker = Walker {
        go_on: |lab| {
            lab.page.click_nth(".go-on .button", 0, "")?;
            rest(lab)?;
            ensure!(
                in_reach(lab, ".go-on .button")?,
                "Continue is out of reach at {}",
                lab.clock()?
            );
            Ok(())
        },
        answer: |lab, given| {
            let choices = lab.page.texts_of(".question .choices .button")?;
            if let Some(place) = choices.iter().position(|choice| choice == given) {
                lab.page
                    .click_nth(".question .choices .button", place as u64, "")?;
                return Ok(());
            }
            lab.page.click_nth(".question input", 0, "")?;
            lab.page.type_keys(given)?;
            lab.page.click_nth(".question [type=submit]", 0, "")?;
            Ok(())
        },
        next: |lab| {
            lab.page.click_nth(".beside button:last-child", 0, "")?;
            Ok(())
        },
    };
    walk(&lab, &walker)
}
