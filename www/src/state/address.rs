//! Places of the app and their addresses: what the fragment of the page's address means. Knows no state and no browser;
//! who reads and writes the page's address is `effects::address`.

use std::rc::Rc;

use offset_lab::language;
use offset_lab::lessons::{self, Lesson, LessonKind};

use crate::link;

/// A place of the app that has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressedView {
    /// Where one was last; for a newcomer the home view.
    Anywhere,
    /// The home view.
    Home,
    /// An empty text of one's own.
    Empty,
    /// A text of one's own, by the name under which it is kept on this machine.
    Own(Rc<str>),
    /// A lesson or an exercise, or a question.
    Lesson(&'static Lesson),
    /// A lesson whose answers are hidden until they are asked for.
    Hidden(&'static Lesson),
    /// What learners ask.
    Questions,
    /// What a share link holds.
    Linked,
    /// There is no such place.
    Nowhere(UnknownAddress),
}

/// An address that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownAddress {
    /// What is said of it.
    pub words: Rc<str>,
    /// What may have been meant.
    pub near: Vec<&'static Lesson>,
}

/// Behind the name of a lesson whose answers are hidden.
const HIDDEN: &str = "/answers-hidden";
/// What is said of an address is no longer than this, in characters.
const SAID: usize = 60;
/// Suggestions at most.
const NEAR: usize = 5;
/// Shorter words say nothing about what was meant.
const TELLING: usize = 4;

/// The place of a fragment, with or without its `#`.
#[must_use]
pub fn read(fragment: &str) -> AddressedView {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let (kind, name) = fragment.split_once('/').unwrap_or((fragment, ""));
    match (kind, name) {
        ("", "") => AddressedView::Anywhere,
        ("home", "") => AddressedView::Home,
        ("questions", "") => AddressedView::Questions,
        ("lab", "") => AddressedView::Empty,
        ("lab", name) => AddressedView::Own(name.into()),
        ("lesson" | "exercise" | "question", name) => {
            let hidden = name.strip_suffix(HIDDEN);
            match (lessons::find(hidden.unwrap_or(name)), hidden) {
                (Some(lesson), Some(_)) if lesson.kind == LessonKind::Lesson => {
                    AddressedView::Hidden(lesson)
                }
                (Some(lesson), _) => AddressedView::Lesson(lesson),
                (None, _) => nowhere(kind, name),
            }
        }
        _ if link::is_link(fragment) => AddressedView::Linked,
        _ => nowhere("place", fragment),
    }
}

impl AddressedView {
    /// Its address, from `#` on; `None` where many addresses lead.
    #[must_use]
    pub fn write(&self) -> Option<String> {
        Some(match self {
            Self::Home => "#home".to_owned(),
            Self::Questions => "#questions".to_owned(),
            Self::Empty => "#lab".to_owned(),
            Self::Own(name) => ["#lab/", name].concat(),
            Self::Hidden(lesson) => ["#lesson/", lesson.slug, HIDDEN].concat(),
            Self::Lesson(lesson) => {
                let kind = match lesson.kind {
                    LessonKind::Lesson | LessonKind::Template => "#lesson/",
                    LessonKind::Exercise => "#exercise/",
                    LessonKind::Question => "#question/",
                };
                [kind, lesson.slug].concat()
            }
            Self::Anywhere | Self::Linked | Self::Nowhere(_) => return None,
        })
    }
}

fn nowhere(kind: &str, name: &str) -> AddressedView {
    let said: String = name.chars().take(SAID).collect();
    let words = match (kind, said.as_str()) {
        ("place", said) => format!("There is no place `{said}` in the lab."),
        (kind, "") => format!("This address names no {kind}."),
        (kind, said) => format!("There is no {kind} `{said}`."),
    };
    AddressedView::Nowhere(UnknownAddress {
        words: words.into(),
        near: near(&said),
    })
}

/// Lessons whose names differ by letters, or have words in common with what was asked for.
fn near(name: &str) -> Vec<&'static Lesson> {
    let last = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let known = || lessons::all().chain(lessons::QUESTIONS);
    let slugs = known().map(|lesson| lesson.slug);
    let mut near: Vec<&Lesson> = language::nearest(&last, slugs)
        .and_then(lessons::find)
        .into_iter()
        .collect();
    let words: Vec<&str> = last
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() >= TELLING)
        .collect();
    let shared = |lesson: &Lesson| {
        let is_in = |word: &&&str| lesson.slug.split('-').any(|part| part.starts_with(**word));
        words.iter().filter(is_in).count()
    };
    let mut alike: Vec<&Lesson> = known().filter(|l| shared(l) > 0).collect();
    // Stable: lessons that are alike stay in the order of learning.
    alike.sort_by_key(|lesson| std::cmp::Reverse(shared(lesson)));
    for lesson in alike {
        if !near.contains(&lesson) {
            near.push(lesson);
        }
    }
    near.truncate(NEAR);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_an_address_that_leads_there() {
        let lessons = lessons::all()
            .chain(lessons::QUESTIONS)
            .map(AddressedView::Lesson);
        let all = || lessons::all().filter(|lesson| lesson.kind == LessonKind::Lesson);
        let hidden = all().map(AddressedView::Hidden);
        let own = AddressedView::Own("own-2".into());
        for place in hidden.chain(lessons).chain([
            AddressedView::Home,
            AddressedView::Questions,
            AddressedView::Empty,
            own,
        ]) {
            let address = place.write().expect("an address");
            assert_eq!(read(&address), place, "{address}");
            assert_eq!(read(&address[1..]), place, "{address}");
        }
        assert_eq!(read(""), AddressedView::Anywhere);
        assert_eq!(read("#"), AddressedView::Anywhere);
        assert_eq!(read("#s1:AAAA"), AddressedView::Linked);
        assert_eq!(read("#s99999999999999999999:"), AddressedView::Linked);
    }
}
