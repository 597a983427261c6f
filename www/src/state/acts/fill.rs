//! Filling in the blanks of an act: writes its line, or says what is wrong with which blank. Knows the parser;
//! never what the line leads to.

use std::rc::Rc;
use std::sync::Arc;

use offset_lab::language::{self, Diagnostic};
use offset_lab::view::acts::Act;

use crate::state::AppState;

/// Why an act as it was filled in writes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the act.
    pub act: Arc<str>,
    /// The blank, if it is one.
    pub field: Option<usize>,
    /// What is wrong.
    pub words: Rc<str>,
    /// How many times in a row something was wrong.
    pub attempt: u32,
}

impl AppState {
    /// Writes the line of an act as it was filled in; if that is none, says what is wrong and writes nothing.
    pub(in crate::state) fn fill(&mut self, act: &Act, values: &[String]) {
        let line = act.line(values);
        self.look.filled = Some(Arc::clone(&act.name));
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
