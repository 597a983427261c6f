//! Filling in the blanks of an act: the line that it writes, or what is wrong with which blank. Knows the parser;
//! never what the line leads to.

use std::rc::Rc;

use offset_lab::language::{self, Diagnostic, show};

use super::{Act, Part};
use crate::state::AppState;

/// Why an act as it was filled in writes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the act.
    pub act: Rc<str>,
    /// The blank, if it is one.
    pub field: Option<usize>,
    /// What is wrong.
    pub words: Rc<str>,
    /// How many times in a row something was wrong.
    pub attempt: u32,
}

impl Act {
    /// The parts of its line, each with the blank that it comes from.
    fn pieces(&self, values: &[String]) -> Vec<(String, Option<usize>)> {
        let raw = |at: &usize| values.get(*at).map_or("", String::as_str);
        let value = |at: &usize| raw(at).trim();
        let unless_empty = |words: &str, at: &usize, write: fn(&str) -> String| match value(at) {
            "" => String::new(),
            filled => [words, " ", &write(filled)].concat(),
        };
        let piece = |part: &Part| match part {
            Part::Words(words) => ((*words).to_owned(), None),
            Part::Name(name) => (name.clone(), None),
            Part::Field(at) => (value(at).to_owned(), Some(*at)),
            Part::NewName(at) => (show::name(value(at)), Some(*at)),
            Part::Text(at) => (show::quoted(raw(at)), Some(*at)),
            Part::Optional(words, at) => (unless_empty(words, at, str::to_owned), Some(*at)),
            Part::OptionalName(words, at) => (unless_empty(words, at, show::name), Some(*at)),
            Part::OptionalText(words, at) => (unless_empty(words, at, show::quoted), Some(*at)),
        };
        let pieces = self.parts.iter().map(piece);
        pieces.filter(|(words, _)| !words.is_empty()).collect()
    }

    /// The line that it writes.
    #[must_use]
    pub fn line(&self, values: &[String]) -> String {
        let pieces = self.pieces(values);
        let words: Vec<&str> = pieces.iter().map(|(words, _)| words.as_str()).collect();
        words.join(" ").replace(['\n', '\r'], " ")
    }

    /// The blank that a byte of its line comes from, or the last one before it.
    fn field_at(&self, values: &[String], byte: usize) -> Option<usize> {
        let mut start = 0;
        let mut found = None;
        for (words, field) in self.pieces(values) {
            if start > byte {
                break;
            }
            found = field.or(found);
            start += words.len() + 1;
        }
        found
    }

    /// The first blank in which something stands that no line can have there.
    fn mistake(&self, values: &[String]) -> Option<(usize, &'static str)> {
        let filled = self.fields.iter().zip(values).enumerate();
        filled
            .filter_map(|(at, (field, value))| Some((at, field.mistake(value)?)))
            .next()
    }
}

impl AppState {
    /// Writes the line of an act as it was filled in; if that is none, says what is wrong and writes nothing.
    pub(in crate::state) fn fill(&mut self, act: &Act, values: &[String]) {
        let line = act.line(values);
        self.look.filled = Some(Rc::clone(&act.name));
        if let Err(why) = act.possible {
            self.mistaken(None, why.into());
        } else if let Some((at, words)) = act.mistake(values) {
            self.mistaken(Some(at), words.into());
        } else if let Some((byte, problem)) = self.problem_of_line(&line) {
            self.mistaken(act.field_at(values, byte), words_of(&problem).into());
        } else {
            self.act(&line);
        }
    }

    /// An action was refused: said at its form, or below the menus when it has none.
    pub(in crate::state) fn refuse(&mut self, words: Rc<str>) {
        match self.look.filled {
            Some(_) => self.mistaken(None, words),
            None => self.look.refused = Some(words),
        }
    }

    fn mistaken(&mut self, field: Option<usize>, words: Rc<str>) {
        let attempt = self.look.mistake.as_ref().map_or(0, |m| m.attempt) + 1;
        self.look.mistake = self.look.filled.take().map(|act| Mistake {
            act,
            field,
            words,
            attempt,
        });
    }

    /// What would be wrong with a further line of the text, and at which byte of it.
    fn problem_of_line(&self, line: &str) -> Option<(usize, Diagnostic)> {
        let text = &self.doc.text;
        let start = text.len() + 1;
        let number = text.matches('\n').count() + 2;
        let parsed = language::parse(&[text, "\n", line].concat());
        let mut problems = parsed.diagnostics.into_iter();
        let problem = problems.find(|p| p.line as usize == number)?;
        let byte = (problem.span.start as usize).saturating_sub(start);
        Some((byte, problem))
    }
}

fn words_of(problem: &Diagnostic) -> String {
    match problem.help.as_str() {
        "" => problem.message.clone(),
        help => [&problem.message, "; ", help].concat(),
    }
}
