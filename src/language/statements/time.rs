//! What lets time pass: `run`, `wait`, `step`, `await`.

use alloc::format;
use alloc::string::ToString;

use super::compare::condition;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::Form;
use crate::language::line::{Line, excerpt};
use crate::language::problems::Read;
use crate::language::values::{self, DURATIONS};
use crate::limits;
use crate::units::SimDuration;

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "run",
            group: Heading::Time,
            shapes: &["run", "run for DUR", "run until COND"],
            options: &[],
            about: meaning!(
                "Until idle: until no message or request is under way and no program has work left. `for`: everything up to and including now + DUR. \
                `until`: to the first moment at which COND holds (what `expect` may compare, joined by `and`); idle reached first is a failed check."
            ),
            example: meaning!("run until c.last == 27"),
        },
        read: run,
    },
    Form {
        doc: FormDoc {
            keyword: "wait",
            group: Heading::Time,
            shapes: &["wait DUR"],
            options: &[],
            about: meaning!("The same as `run for DUR`."),
            example: meaning!("wait 10s"),
        },
        read: |line| pass(line).map(Some),
    },
    Form {
        doc: FormDoc {
            keyword: "step",
            group: Heading::Time,
            shapes: &["step [N]"],
            options: &[],
            about: meaning!("Until N further events have happened; 1 when unset."),
            example: meaning!("step 3"),
        },
        read: step,
    },
    Form {
        doc: FormDoc {
            keyword: "await",
            group: Heading::Time,
            shapes: &["await P confirmed"],
            options: &[],
            about: meaning!(
                "Until producer P has nothing unconfirmed; idle reached first is a failed check."
            ),
            example: meaning!("await p confirmed"),
        },
        read: await_confirmed,
    },
];

fn run(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    Ok(Some(
        if line.word_about("for", "Everything up to and including now + DUR.") {
            pass(line)?
        } else if line.word_about("until", "To the first moment at which a condition holds.") {
            StatementKind::RunUntil(condition(line)?)
        } else {
            no_bare_duration(line)?;
            StatementKind::Run
        },
    ))
}

/// `run 10s` is `run for 10s`.
fn no_bare_duration(line: &mut Line<'_, '_>) -> Read<()> {
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Ok(());
    };
    if !values::starts_number(word) {
        return Ok(());
    }
    let is_duration = values::with_unit(word, DURATIONS, limits::TIME_US).is_ok();
    let fix = is_duration.then(|| format!("for {word}"));
    let help = match &fix {
        Some(fix) => help!("write `run {fix}`"),
        None => help!("a duration is let pass by `run for DUR`, such as `run for 10s`"),
    };
    let message = format!("{} lacks a `for` before it", excerpt(word));
    Err(line.report(token.span, message, help, fix))
}

/// A duration that passes; the sum of all is bounded.
fn pass(line: &mut Line<'_, '_>) -> Read<StatementKind> {
    let duration: SimDuration = line.duration()?;
    let before = line.ctx.tally.time_us;
    let after = before.saturating_add(duration.0);
    line.ctx.tally.time_us = after;
    if before <= limits::TIME_US && after > limits::TIME_US {
        let message = "with this line the script runs for more than 100 simulated years";
        let help = "100 simulated years are the limit of one scenario";
        line.report(line.span(), message.to_string(), help.to_string(), None);
    }
    Ok(StatementKind::RunFor(duration))
}

fn step(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let events = match line.peek() {
        Some(_) => line.number("a number of events", 1, limits::NUMBER)?,
        None => {
            line.expect(crate::language::line::Expected::Value("a number of events"));
            1
        }
    };
    Ok(Some(StatementKind::Step(events)))
}

fn await_confirmed(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let producer = line.producer()?;
    line.require("confirmed")?;
    Ok(Some(StatementKind::Await(producer)))
}
