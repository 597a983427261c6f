//! The path through the course: what is done is kept, questions open at what decides them, an empty lab offers something to
//! start from, and a class finds its answers hidden.

use offset_lab::lessons::{QUESTIONS, TEMPLATES};
use offset_lab_e2e::{Page, Theme};

use crate::lab::Lab;

fn open(fragment: &str) -> anyhow::Result<Lab> {
    let page = Page::open_at(fragment, 1280, 800, Theme::Light)?;
    Ok(Lab { page })
}

/// The row of a lesson in the home view.
fn row(slug: &str) -> String {
    format!(".track-lesson:has(a[href$='/{slug}'])")
}

#[test]
fn progress_is_kept_taken_over_from_a_file_and_forgotten() -> anyhow::Result<()> {
    let lab = open("#lesson/quorum")?;
    lab.settled()?;
    lab.page.go("#home")?;
    lab.page.wait_for(&[&row("quorum"), ".begun"].concat())?;
    lab.page.wait_for_text(&row("quorum"), "you are here")?;
    lab.page.go("#lesson/quorum")?;
    lab.settled()?;
    lab.click("[aria-label='Last']")?;
    lab.page.click(".brand a")?;
    lab.page.wait_for(&[&row("quorum"), ".done"].concat())?;
    assert!(lab.page.text_of(".hero .primary")?.starts_with("Next: "));
    lab.page.go("#home")?;
    lab.page.wait_for(&[&row("quorum"), ".done"].concat())?;
    let load = |text: &str| {
        lab.page.eval(&format!(
            "(() => {{ const data = new DataTransfer(); data.items.add(new File(['{text}'], 'progress.txt'));
               const input = document.querySelector('.kept input'); input.files = data.files;
               input.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
        ))
    };
    load("offset-lab progress 1\\ndone credits\\npart 1 quorum\\n")?;
    lab.page.wait_for(&[&row("credits"), ".done"].concat())?;
    assert_eq!(lab.page.count(&[&row("quorum"), ".done"].concat())?, 1);
    for (bad, words) in [
        ("offset-lab progress 2\\ndone credits\\n", "later version"),
        ("stream s\\n", "no progress"),
        ("", "no progress"),
    ] {
        load(bad)?;
        lab.page.wait_for_text(".notice", words)?;
    }
    lab.page.click_nth(".kept .row > .button", 2, "")?;
    lab.page.wait_for_text(".kept", "Forget all of it")?;
    lab.page.click_nth(".kept .row > .button", 2, "")?;
    lab.page.wait_until(
        "document.querySelectorAll('.track-lesson.done, .track-lesson.begun').length === 0",
    )?;
    lab.page.go("#home")?;
    lab.page.wait_for(".track-lesson.new")?;
    assert_eq!(lab.page.count(".track-lesson.done")?, 0);
    lab.page.expect_clean()
}

#[test]
fn progress_of_another_version_and_a_storage_that_throws_lose_nothing() -> anyhow::Result<()> {
    let lab = open("#home")?;
    lab.page.eval(
        "localStorage.setItem('offset-lab/1/progress', 'offset-lab progress 1\\ndone of-the-future\\nstars 5 quorum\\n')",
    )?;
    lab.page.go("#lesson/credits")?;
    lab.settled()?;
    lab.click("[aria-label='Last']")?;
    let kept = "localStorage.getItem('offset-lab/1/progress')";
    lab.page
        .wait_until(&format!("{kept}.includes('done credits')"))?;
    for line in ["done of-the-future", "stars 5 quorum"] {
        let there = lab.page.eval(&format!("{kept}.includes('{line}')"))?;
        assert_eq!(there, true, "{line}");
    }
    lab.page.eval(
        "localStorage.setItem('offset-lab/1/progress', 'offset-lab progress 7\\nall of it\\n')",
    )?;
    lab.page.go("#home")?;
    lab.page.wait_for_text(".notice", "set aside")?;
    let aside = lab
        .page
        .eval("localStorage.getItem('offset-lab/1/unread-progress')")?;
    assert_eq!(aside, "offset-lab progress 7\nall of it\n");
    lab.page.expect_clean()?;
    let broken = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })";
    let page = Page::open_with(1280, 800, Theme::Light, broken)?;
    let lab = Lab { page };
    lab.settled()?;
    lab.choose_lesson("quorum")?;
    lab.click("[aria-label='Last']")?;
    lab.page.click(".brand a")?;
    lab.page.wait_for(&[&row("quorum"), ".done"].concat())?;
    lab.page.expect_clean()
}

#[test]
fn every_question_opens_at_the_step_that_decides_it() -> anyhow::Result<()> {
    let lab = open("#questions")?;
    lab.page.wait_for(".asked-list")?;
    assert_eq!(lab.page.count(".asked-list li")?, 20);
    lab.page.click(".asked-list .see")?;
    for (place, question) in QUESTIONS.iter().enumerate() {
        if place > 0 {
            let hash = format!("#question/{}", question.slug);
            lab.page.eval(&format!("(location.hash = '{hash}', 0)"))?;
        }
        lab.page.wait_for_text(".story h2", question.title())?;
        lab.settled()?;
        let told = lab.page.texts_of(".story > p")?;
        assert_eq!(told.len(), 2, "{}: {told:?}", question.slug);
        assert!(told[1].contains(char::is_numeric), "{told:?}");
        assert_eq!(lab.problems()?, 0, "{}", question.slug);
        let clock = lab.clock()?;
        assert!(!clock.starts_with("step 0 "), "{}: {clock}", question.slug);
    }
    lab.page.click(".beside a")?;
    lab.page.wait_for(".asked-list")?;
    lab.page.expect_clean()
}

#[test]
fn a_lesson_leads_to_the_next_and_back_and_an_empty_lab_offers_a_start() -> anyhow::Result<()> {
    let lab = open("#lesson/what-an-offset-is")?;
    lab.settled()?;
    assert_eq!(lab.page.count(".beside button")?, 1);
    lab.page.click(".beside button")?;
    lab.page
        .wait_until("location.hash === '#lesson/browse-a-stream'")?;
    lab.settled()?;
    assert_eq!(lab.page.count(".beside button")?, 2);
    lab.page.click(".beside button")?;
    lab.page
        .wait_until("location.hash === '#lesson/what-an-offset-is'")?;
    for (place, template) in (0..).zip(TEMPLATES) {
        lab.page.go("#lab")?;
        lab.settled()?;
        assert_eq!(lab.page.count(".templates .button")?, 3);
        lab.page.click_nth(".templates .button", place, "")?;
        lab.settled()?;
        assert_eq!(lab.text()?, template.text());
        assert_eq!(lab.problems()?, 0, "{}", template.slug);
        lab.page.press("Control+z")?;
        lab.page.wait_for(".templates")?;
    }
    lab.page.expect_clean()
}

#[test]
fn a_class_finds_the_answers_hidden_until_somebody_asks() -> anyhow::Result<()> {
    let lab = open("#lesson/crash-and-redelivery")?;
    lab.settled()?;
    lab.click(".header [title^='Share']")?;
    lab.page.wait_for(".dialog .copied textarea")?;
    let links = lab.page.eval(
        "[...document.querySelectorAll('.copied textarea')].map(field => field.value.split('#')[1])",
    )?;
    assert_eq!(links[1], "lesson/crash-and-redelivery/answers-hidden");
    lab.page.go("#lesson/crash-and-redelivery/answers-hidden")?;
    lab.page.wait_for(".stage .actor")?;
    assert_eq!(lab.page.count("textarea")?, 0, "the text holds the answers");
    lab.page
        .eval("document.querySelector('.lab main').focus()")?;
    lab.page.press("End")?;
    lab.page.wait_for(".question input")?;
    lab.page.focus(".question input")?;
    lab.page.type_keys("3")?;
    lab.page.press("Enter")?;
    lab.page.wait_for_text(".question .wrong", "Not 3.")?;
    assert_eq!(lab.page.count(".answered")?, 0);
    lab.page.press("End")?;
    assert_eq!(lab.page.count(".question")?, 1);
    lab.page.click_nth(".question .row .button", 1, "")?;
    lab.page.wait_for_text(".answered .shown", "It is 8.")?;
    lab.page.click(".hidden-text .button")?;
    lab.page.wait_for("textarea")?;
    lab.page.expect_clean()
}
