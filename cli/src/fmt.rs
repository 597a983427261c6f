//! `offset-lab fmt`: scenarios to their canonical layout. What is no scenario, or has problems, is left alone.

use std::io;
use std::path::{Path, PathBuf};

use offset_lab::language::ast::Scenario;
use offset_lab::language::{Diagnostic, Parsed, format, parse};

use crate::drawing::Named;
use crate::files::is_scenario;
use crate::markdown::{self, Fence, is_markdown};
use crate::replace::replace;
use crate::screen::{Outcome, Screen};
use crate::source::{self, ScenarioSource};

/// Formats all `files`; with `check` only says which are not laid out so.
pub(crate) fn fmt(files: &[PathBuf], check: bool, screen: &mut Screen) -> io::Result<Outcome> {
    let mut outcome = Outcome::Good;
    for file in files {
        outcome = outcome.max(one(file, check, screen)?);
    }
    Ok(outcome)
}

fn one(file: &Path, check: bool, screen: &mut Screen) -> io::Result<Outcome> {
    let standard_input = file.as_os_str() == "-";
    let name = file.display();
    if !standard_input && file.exists() && !file.is_file() && !file.is_dir() {
        // Reading it might wait for ever.
        screen.problem(&format!("{name} is left alone: it is not an ordinary file"))?;
        return Ok(Outcome::Failed);
    }
    let source = match source::read(file) {
        Ok(source) => source,
        Err(message) => {
            screen.problem(&message)?;
            return Ok(Outcome::Failed);
        }
    };
    let (outcome, formatted) = if is_markdown(file) {
        page(&source, screen)?
    } else {
        let whole = Named {
            name: &source.name,
            text: &source.text,
            above: 0,
        };
        let named_so = standard_input || is_scenario(file);
        match laid_out(&source.text, named_so) {
            Ok(formatted) => (Outcome::Good, formatted),
            Err(why) => {
                why.print(whole, &source.name, screen)?;
                return Ok(Outcome::Failed);
            }
        }
    };
    let same = formatted == source.text;
    if check && !same {
        screen.line(format_args!(
            "{} is not in the canonical layout",
            source.name
        ))?;
        return Ok(Outcome::Failed);
    }
    if standard_input && !check {
        screen.through(&formatted)?;
    } else if !same && let Err(why) = replace(file, &source.text, &formatted) {
        screen.problem(&format!("{name} is left alone: {why}"))?;
        return Ok(Outcome::Failed);
    }
    Ok(outcome)
}

/// Why a text is left alone.
enum Reason {
    /// It has problems; the first of them, and how many there are.
    Problems(Diagnostic, usize),
    /// Nothing in it is wrong, and nothing in it is a scenario.
    Nothing,
}

impl Reason {
    fn print(&self, of: Named<'_>, shown: &str, screen: &mut Screen) -> io::Result<()> {
        match self {
            Self::Problems(first, count) => {
                screen.diagnostics(of, std::slice::from_ref(first), count - 1)?;
                let plural = if *count == 1 { "" } else { "s" };
                screen.problem(&format!("{shown} is left alone: it has {count} problem{plural}"))
            }
            Self::Nothing => screen.problem(&format!(
                "{shown} is left alone: it holds no statement of a scenario, and its name does not end in .lab"
            )),
        }
    }
}

/// A text in the canonical layout; `named_so` when it is to be a scenario even if it holds no statement.
fn laid_out(text: &str, named_so: bool) -> Result<String, Reason> {
    let Parsed {
        scenario,
        diagnostics,
        more,
    } = parse(text);
    let count = diagnostics.len() + more;
    if let Some(first) = diagnostics.into_iter().next() {
        return Err(Reason::Problems(first, count));
    }
    if !named_so && is_empty(&scenario) && !text.trim().is_empty() {
        return Err(Reason::Nothing);
    }
    format(text).map_err(|refused| Reason::Problems(refused, 1))
}

/// Whether nothing but comments and narration is in it.
fn is_empty(scenario: &Scenario) -> bool {
    let Scenario {
        header,
        streams,
        sets,
        actors,
        progresses: _,
        statements,
        closing: _,
    } = scenario;
    statements.is_empty()
        && streams.is_empty()
        && sets.is_empty()
        && actors.is_empty()
        && *header == Default::default()
}

/// A Markdown text with those of its scenarios laid out that have no problems.
fn page(source: &ScenarioSource, screen: &mut Screen) -> io::Result<(Outcome, String)> {
    let ScenarioSource { name, text } = source;
    let blocks = markdown::blocks(text);
    if blocks.is_empty() {
        screen.note(&format!(
            "{name} is left alone: it holds no code block marked `offset-lab`"
        ))?;
    }
    let mut outcome = Outcome::Good;
    let mut out = text.clone();
    for (index, block) in blocks.iter().enumerate() {
        let Fence { text, above, .. } = block;
        let of = Named {
            name,
            text,
            above: *above,
        };
        let shown = format!("{name}:{above}");
        match laid_out(text, true) {
            Ok(formatted) if formatted == *text => {}
            // Lines above may have gone or come: each block is sought again.
            Ok(formatted) => match markdown::replaced(&out, index, &formatted) {
                Some(changed) => out = changed,
                None => {
                    screen.problem(&format!(
                        "{shown} is left alone: what stands before its lines differs from line to line"
                    ))?;
                    outcome = Outcome::Failed;
                }
            },
            Err(why) => {
                why.print(of, &shown, screen)?;
                outcome = Outcome::Failed;
            }
        }
    }
    Ok((outcome, out))
}
