//! `offset-lab lessons`: the built-in lessons, as a list or one as a text to start from.

use std::io::{self, Write};

use offset_lab::{lessons, parse};

use crate::output::{self, Out, Outcome};

/// Lists all lessons, or prints the one called `name` (its name, or the number it starts with).
pub(crate) fn lessons(name: Option<&str>, out: &mut Out) -> io::Result<Outcome> {
    let Some(name) = name else {
        return list(out);
    };
    let named = |lesson: &&lessons::Lesson| lesson.slug == name || lesson.number() == name;
    let Some(lesson) = lessons::ALL.iter().find(named) else {
        output::problem(&format!(
            "there is no lesson `{name}`; `offset-lab lessons` lists them"
        ));
        return Ok(Outcome::Bad);
    };
    write!(out, "{}", lesson.text)?;
    Ok(Outcome::Good)
}

fn list(out: &mut Out) -> io::Result<Outcome> {
    for lesson in lessons::ALL {
        let header = parse(lesson.text).scenario.header;
        let title = header.title.unwrap_or_default();
        writeln!(out, "\u{1b}[1m{}\u{1b}[0m\n    {title}", lesson.slug)?;
        if let Some(summary) = header.summary {
            writeln!(out, "    {summary}")?;
        }
    }
    Ok(Outcome::Good)
}
