//! The words of the author at a moment: title, chapter, narration, and the open question with its answer.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::beats;
use super::frame::{Story, StoryQuestion};
use super::moment::Moment;
use crate::explain::english;
use crate::language::Narration;
use crate::language::ast::{FactRef, Measure, StatementKind, Value};
use crate::language::show;
use crate::world::{Cursor, Facts};

/// The story at a moment.
pub(super) fn story(moment: &Moment<'_>) -> Story {
    let scenario = moment.scenario();
    let mut story = Story {
        title: scenario.header.title.clone().unwrap_or_default(),
        summary: scenario.header.summary.clone().unwrap_or_default(),
        chapter: chapter(moment),
        text: text(moment),
        question: question(moment),
    };
    let at_end = moment.cursor.event >= moment.timeline.len();
    if let Some(closing) = scenario.closing.as_ref().filter(|_| at_end) {
        let closing = told(closing, &moment.facts());
        story.text = match story.text.as_str() {
            "" => closing,
            text => format!("{text}\n\n{closing}"),
        };
    }
    story
}

/// What is to be read at the moment, with the facts as they were where it began.
fn text(moment: &Moment<'_>) -> String {
    let Some((pause, words)) = beats::words(moment.timeline, moment.cursor) else {
        return String::new();
    };
    let is_now = moment.cursor == Cursor::at(pause);
    let then = (!is_now && words.iter().any(|words| words.has_facts()))
        .then(|| moment.timeline.world(Cursor::at(pause)));
    let facts = moment
        .timeline
        .facts_of(then.as_ref().unwrap_or(moment.world));
    let words: Vec<String> = words.iter().map(|words| told(words, &facts)).collect();
    words.join("\n\n")
}

fn told(words: &Narration, facts: &Facts<'_>) -> String {
    words.told(|fact| spoken(fact, &facts.value(fact)))
}

/// The value of a fact as a text has it.
fn spoken(fact: FactRef, value: &Value) -> String {
    match (value, fact.fact.measure) {
        (Value::None, _) => "none".into(),
        (Value::Text(text), _) => text.to_string(),
        (Value::Number(_), Measure::Time) => show::value(fact, value),
        (Value::Below(n), _) => format!("−{}", english::number(*n)),
        (
            Value::Number(n),
            Measure::Number { .. }
            | Measure::Difference
            | Measure::Bytes
            | Measure::State(_)
            | Measure::Text,
        ) => english::number(*n),
    }
}

/// The title of the chapter that the moment lies in.
fn chapter(moment: &Moment<'_>) -> Option<String> {
    let reached = &moment.scenario().statements[..reached(moment)];
    reached.iter().rev().find_map(|statement| {
        if let StatementKind::Chapter(title) = &statement.kind {
            return Some(title.clone());
        }
        None
    })
}

/// How many statements the moment has come to: those whose effect ended, and the one in effect.
fn reached(moment: &Moment<'_>) -> usize {
    let statements = moment.scenario().statements.len();
    let at = moment.timeline.statement_at(moment.cursor);
    let ended = beats::ended(moment.timeline, moment.cursor.event);
    // Before anything happened: up to the first statement that does something.
    at.map_or((ended + 1).min(statements), |s| s.index() + 1)
        .max(ended)
        .min(statements)
}

/// The open question.
fn question(moment: &Moment<'_>) -> Option<StoryQuestion> {
    let asked = moment.timeline.asked(moment.cursor)?;
    let statement = &moment.scenario().statements[asked.ask.index()];
    let StatementKind::Ask { question, .. } = &statement.kind else {
        return None;
    };
    Some(StoryQuestion {
        line: statement.line,
        text: question.clone(),
        fact: show::fact(moment.scenario(), asked.fact),
        answer: answer(moment, asked.fact, asked.closes),
    })
}

fn answer(moment: &Moment<'_>, fact: FactRef, at: u32) -> String {
    let world = moment.timeline.world(Cursor::at(at));
    moment.timeline.facts_of(&world).value(fact).to_string()
}
