//! `offset-lab lessons`: the built-in tracks with their lessons and exercises, as a list or one as a text to start from.

use std::io;

use offset_lab::lessons::{self, Lesson, LessonKind, TRACKS};

use crate::escape::Syntax;
use crate::screen::{Emphasis, Outcome, Screen};

/// Names more alike than this are worth a question.
const ALIKE: f64 = 0.75;

/// Lists all lessons, or prints the one that `name` means.
pub(crate) fn lessons(name: Option<&str>, screen: &mut Screen) -> io::Result<Outcome> {
    let Some(name) = name else {
        return list(screen);
    };
    match find(name) {
        Ok(lesson) => {
            screen.document(lesson.text(), Syntax::Text)?;
            Ok(Outcome::Good)
        }
        Err(message) => {
            screen.problem(&message)?;
            Ok(Outcome::Bad)
        }
    }
}

/// The lesson of a name, of a number with or without its zero, or of the beginning of a name if it is the only one.
pub(crate) fn find(given: &str) -> Result<&'static Lesson, String> {
    let name = given.to_lowercase();
    let name = name.trim_end_matches(".lab");
    let number: Option<usize> = name.parse().ok();
    let numbered = number.and_then(|number| lessons::all().nth(number.checked_sub(1)?));
    if let Some(lesson) = lessons::find(name).or(numbered) {
        return Ok(lesson);
    }
    // A number is a number, though names may begin with its digits.
    let begins = |lesson: &&Lesson| number.is_none() && lesson.slug.starts_with(name);
    let begun: Vec<&Lesson> = lessons::all().filter(begins).collect();
    let names = |lessons: &[&Lesson]| -> String {
        let slugs: Vec<String> = lessons.iter().map(|l| format!("`{}`", l.slug)).collect();
        slugs.join(", ")
    };
    match begun.as_slice() {
        [lesson] if !name.is_empty() => Ok(lesson),
        [_, _, ..] if !name.is_empty() => Err(format!(
            "several lessons begin with `{given}`: {}",
            names(&begun)
        )),
        _ => {
            let hint = match (number, nearest(name)) {
                (Some(_), _) => {
                    format!("they are numbered from 1 to {}; ", lessons::all().count())
                }
                (None, Some(lesson)) => format!("did you mean {}? ", names(&[lesson])),
                (None, None) => String::new(),
            };
            Err(format!(
                "there is no lesson `{given}`; {hint}`offset-lab lessons` lists them"
            ))
        }
    }
}

/// The lesson whose name is most like `name`, if one is.
fn nearest(name: &str) -> Option<&'static Lesson> {
    let likeness = |lesson: &&'static Lesson| strsim::jaro_winkler(name, lesson.slug);
    let best = lessons::all().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) > ALIKE).then_some(best)
}

fn list(screen: &mut Screen) -> io::Result<Outcome> {
    let mut numbers = 1..;
    for (place, track) in TRACKS.iter().enumerate() {
        if place > 0 {
            screen.line(format_args!(""))?;
        }
        screen.marked(
            Emphasis::Strong,
            track.title,
            format_args!(" ({})", track.slug),
        )?;
        screen.line(format_args!("{}", track.about))?;
        for (lesson, number) in track.lessons.iter().zip(&mut numbers) {
            let kind = match lesson.kind {
                LessonKind::Lesson => "",
                LessonKind::Exercise => " (exercise)",
                LessonKind::Question | LessonKind::Template => "",
            };
            screen.line(format_args!(""))?;
            screen.marked(
                Emphasis::Strong,
                lesson.slug,
                format_args!("  {number}{kind}, {} min", lesson.minutes()),
            )?;
            screen.line(format_args!("    {}", lesson.title()))?;
            screen.line(format_args!("    {}", lesson.summary()))?;
        }
    }
    Ok(Outcome::Good)
}
