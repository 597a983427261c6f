//! The built page from end to end, under the strict policy and in a sub-folder of a server.

mod bad_input;
mod bad_links;
mod bad_sources;
mod course;
mod drafts;
mod early;
mod editor;
mod element;
mod fences;
mod forms;
mod hostile;
mod hosts;
mod keyboard;
mod learn;
mod looks;
mod mouse;
mod moved;
mod offline;
mod parts;
mod phone;
mod places;
mod players;
mod policies;
mod queues;
mod random;
mod share;
mod slides;
mod somewhere;
mod stage;
mod whole_course;
mod why;

use offset_lab_e2e::{Lab, Page, Theme, lab};

#[test]
fn the_page_starts_cleanly_at_every_width() -> anyhow::Result<()> {
    for (width, theme) in [
        (1280, Theme::Light),
        (768, Theme::Dark),
        (360, Theme::Light),
    ] {
        let page = Page::open(width, 800, theme)?;
        assert!(
            page.text_of("h1")?.contains("Offset Lab"),
            "the page does not name itself"
        );
        page.wait_for(".stage .actor")?;
        assert!(page.overflow()? <= 0, "the page is wider than {width} px");
        page.expect_clean()?;
    }
    Ok(())
}

#[test]
fn every_lesson_plays_to_its_end_and_no_check_fails() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    let all = offset_lab::lessons::all();
    for lesson in all.filter(|lesson| lesson.kind == offset_lab::lessons::LessonKind::Lesson) {
        lab.choose_lesson(lesson.slug)?;
        lab.click("[aria-label='Last']")?;
        assert_eq!(lab.page.count(".lines .fails")?, 0, "{}", lesson.slug);
        assert_eq!(lab.problems()?, 0, "{}", lesson.slug);
    }
    lab.page.expect_clean()
}

#[test]
fn a_draft_survives_a_reload_and_the_lesson_can_be_had_back() -> anyhow::Result<()> {
    let lab = Lab::open(1280)?;
    lab.choose_lesson("deduplication")?;
    let written = lab.text()?;
    lab.page.type_into("textarea", "# mine\n")?;
    lab.settled()?;
    let mine = lab.text()?;
    assert!(mine.contains("# mine"));
    lab.page.reload()?;
    lab.settled()?;
    assert_eq!(lab.text()?, mine);
    lab.click(".story .link")?;
    assert_eq!(lab.text()?, written);
    lab.page.expect_clean()
}
