//! `offset-lab lessons`: the built-in lessons, as a list or one as a text to start from.

use std::io;

use offset_lab::lessons::{ALL, Lesson};
use offset_lab::parse;

use crate::escape::Syntax;
use crate::screen::{Mark, Outcome, Screen};

/// Names more alike than this are worth a question.
const ALIKE: f64 = 0.75;

/// Lists all lessons, or prints the one that `name` means.
pub(crate) fn lessons(name: Option<&str>, screen: &mut Screen) -> io::Result<Outcome> {
    let Some(name) = name else {
        return list(screen);
    };
    match find(name) {
        Ok(lesson) => {
            screen.document(lesson.text, Syntax::Text)?;
            Ok(Outcome::Good)
        }
        Err(message) => {
            screen.problem(&message)?;
            Ok(Outcome::Bad)
        }
    }
}

/// The lesson of a name, of a number with or without its zero, or of the beginning of a name if it is the only one.
fn find(given: &str) -> Result<&'static Lesson, String> {
    let name = given.to_lowercase();
    let name = name.trim_end_matches(".lab");
    let number: Option<u32> = name.parse().ok();
    let meant = |lesson: &&Lesson| {
        lesson.slug == name || (number.is_some() && lesson.number().parse().ok() == number)
    };
    if let Some(lesson) = ALL.iter().find(meant) {
        return Ok(lesson);
    }
    // A number is a number, though several names begin with its digits.
    let begins = |lesson: &&Lesson| {
        number.is_none() && (lesson.slug.starts_with(name) || words(lesson).starts_with(name))
    };
    let begun: Vec<&Lesson> = ALL.iter().filter(begins).collect();
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
                (Some(_), _) => format!("they are numbered from 1 to {}; ", ALL.len()),
                (None, Some(lesson)) => format!("did you mean {}? ", names(&[lesson])),
                (None, None) => String::new(),
            };
            Err(format!(
                "there is no lesson `{given}`; {hint}`offset-lab lessons` lists them"
            ))
        }
    }
}

/// A lesson's name without its number.
fn words(lesson: &Lesson) -> &'static str {
    let slug = lesson.slug;
    slug.split_once('-').map_or(slug, |(_, words)| words)
}

/// The lesson whose name is most like `name`, if one is.
fn nearest(name: &str) -> Option<&'static Lesson> {
    let likeness = |lesson: &&'static Lesson| {
        let whole = strsim::jaro_winkler(name, lesson.slug);
        whole.max(strsim::jaro_winkler(name, words(lesson)))
    };
    let best = ALL
        .iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) > ALIKE).then_some(best)
}

fn list(screen: &mut Screen) -> io::Result<Outcome> {
    for lesson in ALL {
        let header = parse(lesson.text).scenario.header;
        let title = header.title.unwrap_or_default();
        screen.marked(Mark::Strong, lesson.slug, format_args!(""))?;
        screen.line(format_args!("    {title}"))?;
        if let Some(summary) = header.summary {
            screen.line(format_args!("    {summary}"))?;
        }
    }
    Ok(Outcome::Good)
}
