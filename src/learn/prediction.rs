//! A question with the answers that somebody could give: the right one, those that another rule or another setting would
//! make right, and numbers that stand nearby. All of them are computed; what is said about them is too.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::base::sorted_by_key;
use crate::engine::{Progress, Run};
use crate::explain::{Sentence, english, why};
use crate::family::{Variant, variants};
use crate::ids::EventId;
use crate::language::ast::{FactRef, Measure, Subject, Value};
use crate::language::show;
use crate::trace::Level;
use crate::world::since::{Since, since};
use crate::world::{Asked, Cursor, Timeline, World};

/// Wrong answers that are offered.
const OFFERED: usize = 4;
/// Of a longer run no variants are tried.
const EVENTS: u32 = 20_000;
/// Steps of all variants of one question together.
const STEPS: u32 = 400_000;
/// Causes told of an answer.
const CAUSES: usize = 4;

/// An open question and what could be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// The question.
    pub asked: Asked,
    /// What it will be.
    pub answer: String,
    /// What is offered, the right answer among it, in the order of size.
    pub choices: Vec<Choice>,
    /// Every wrong answer of which something can be said.
    wrong: Vec<Choice>,
    /// Events that have happened when the answer is decided.
    pub decided: u32,
    /// Why it is so: what decided it, and what led to that.
    pub reasons: Vec<Sentence>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As one would type it.
    pub value: String,
    /// For a wrong one: what would have to be different, or what that number is.
    pub why: String,
}

impl Prediction {
    /// Whether an answer, as it was typed, is right.
    #[must_use]
    pub fn is_right(&self, given: &str) -> bool {
        plain(given) == plain(&self.answer)
    }

    /// What is to be said of a wrong answer, if something is known of it.
    #[must_use]
    pub fn said_of(&self, given: &str) -> Option<&str> {
        let given = plain(given);
        let choice = self
            .wrong
            .iter()
            .find(|choice| plain(&choice.value) == given);
        choice.map(|choice| choice.why.as_str())
    }
}

/// An answer without what does not matter in it.
fn plain(text: &str) -> String {
    let text = text.trim().trim_matches(['"', '`', '“', '”']);
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let kept = text
        .chars()
        .filter(|c| !is_number || !matches!(c, '_' | ',' | ' '));
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// The open question of a run at a moment, with its answers.
#[must_use]
pub fn predict(run: &Run, cursor: Cursor) -> Option<Prediction> {
    let timeline = run.timeline();
    let asked = timeline.asked(cursor)?;
    let value = value_at(timeline, asked.fact, asked.closes);
    let answer = written(asked.fact, &value);
    let mut wrong = Vec::new();
    let mut add = |value: &Value, why: String| {
        let value = written(asked.fact, value);
        let is_new = |choice: &Choice| choice.value != value;
        if value != answer && wrong.iter().all(is_new) {
            wrong.push(Choice { value, why });
        }
    };
    for (value, words) in tried(run, &asked) {
        let said = written(asked.fact, &value);
        add(&value, format!("{said} would be right {words}."));
    }
    for (value, words) in nearby(timeline, &asked) {
        add(&value, words);
    }
    let (decided, changes) = decided(timeline, &asked, &value);
    let mut choices: Vec<Choice> = wrong.iter().take(OFFERED).cloned().collect();
    choices.push(Choice {
        value: answer.clone(),
        why: String::new(),
    });
    let choices = sorted(choices);
    Some(Prediction {
        reasons: match changes || answers(timeline, decided) {
            true => reasons(timeline, decided),
            false => stays(timeline, &asked, &value),
        },
        asked,
        answer,
        choices,
        wrong,
        decided,
    })
}

/// What the fact would be in variants of the script, and what is different in each.
fn tried(run: &Run, asked: &Asked) -> Vec<(Value, String)> {
    let timeline = run.timeline();
    if timeline.len() > EVENTS {
        return Vec::new();
    }
    let mut left = STEPS;
    let mut found = Vec::new();
    let variants = variants(timeline.scenario(), asked.ask, asked.fact);
    for Variant {
        words,
        scenario,
        same,
    } in variants
    {
        let budget = timeline.len().saturating_mul(4).max(2_000).min(left);
        let mut other = run.resume_behind(&scenario, same);
        if budget == 0 || other.advance(budget) == Progress::More {
            continue;
        }
        left -= budget.min(timeline.len());
        let other = other.timeline();
        let at = other.closed_at(asked.closing);
        found.push((value_at(other, asked.fact, at), words));
    }
    found
}

/// What stands beside the fact when it is asked for: what it is now, and other facts of the same thing.
fn nearby(timeline: &Timeline, asked: &Asked) -> Vec<(Value, String)> {
    let scenario = timeline.scenario();
    let world = timeline.world(Cursor::at(asked.opened));
    let facts = timeline.facts_of(&world);
    let mut found = Vec::new();
    match asked.fact.fact.measure {
        Measure::State(words) => {
            for word in words {
                let text = Value::Text((*word).into());
                found.push((
                    text,
                    String::from("It would have to end otherwise for that."),
                ));
            }
        }
        Measure::Number { .. } | Measure::Difference | Measure::Bytes => {
            let now = facts.value(asked.fact);
            found.push((
                now,
                "That is what it is now, and it will not stay so.".to_string(),
            ));
            // Of a program that reads several logs, also where it stands on each: the first fact that there is of it.
            let stands = scenario.progresses.iter().filter_map(|(group, log)| {
                let is_its = asked.fact.subject == Subject::Program(*group);
                let mut facts = scenario.facts(Subject::Progress(*group, *log));
                facts.next().filter(|_| is_its)
            });
            let others = stands.chain(scenario.facts(asked.fact.subject));
            let alike = |other: &FactRef| {
                let measure = other.fact.measure;
                core::mem::discriminant(&measure)
                    == core::mem::discriminant(&asked.fact.fact.measure)
            };
            for other in others.filter(|other| *other != asked.fact && alike(other)) {
                let about = other.fact.about.trim_end_matches('.');
                let name = show::fact(scenario, other);
                let words = format!(
                    "That is `{name}` at this moment: {}.",
                    english::small(about)
                );
                found.push((facts.value(other), words));
            }
            let none = "It would be nothing if nothing happened; something does.".to_string();
            found.push((Value::Number(0), none));
        }
        Measure::Time | Measure::Text => {}
    }
    found.retain(|(value, _)| *value != Value::None);
    found
}

fn value_at(timeline: &Timeline, fact: FactRef, at: u32) -> Value {
    let world = timeline.world(Cursor::at(at));
    timeline.facts_of(&world).value(fact)
}

/// A value as one would type it.
fn written(fact: FactRef, value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::None | Value::Number(_) | Value::Below(_) => show::value(fact, value),
    }
}

/// Numbers by size, before everything else.
fn sorted(choices: Vec<Choice>) -> Vec<Choice> {
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    let values = choices.iter().map(|choice| choice.value.clone());
    let values: Vec<(u64, String)> = values.map(|value| (number(&value), value)).collect();
    // There are few: how many come before it is the place of each.
    let place = |choice: &Choice| {
        let own = values.iter().find(|(_, value)| *value == choice.value);
        let before = values.iter().filter(|value| Some(*value) < own);
        before.count() as i64
    };
    sorted_by_key(choices, |choice| (place(choice), 0))
}

/// The first moment from which on the fact is what was asked for, and whether it is anything else before; where it
/// never is, the closing one.
fn decided(timeline: &Timeline, asked: &Asked, answer: &Value) -> (u32, bool) {
    if asked.closes - asked.opened > EVENTS {
        return (asked.closes, true);
    }
    let trace = timeline.trace();
    let mut world = timeline.world(Cursor::at(asked.opened));
    let is = |world: &_| timeline.facts_of(world).value(asked.fact) == *answer;
    let (mut since, mut changes) = (is(&world).then_some(asked.opened), false);
    for at in asked.opened..asked.closes {
        world.apply(&trace.events[at as usize], &trace.arenas);
        match (is(&world), since) {
            (true, None) => (since, changes) = (Some(at + 1), true),
            (false, _) => (since, changes) = (None, true),
            (true, Some(_)) => {}
        }
    }
    (since.filter(|_| changes).unwrap_or(asked.closes), changes)
}

/// Whether what happened last is that something arrived: that says what became of what was done.
fn answers(timeline: &Timeline, decided: u32) -> bool {
    let last = decided.checked_sub(1).map(EventId);
    let last = last.and_then(|last| timeline.trace().get(last));
    last.is_some_and(|event| event.what.message().is_some())
}

/// Why an answer is what it has been all the time: that time passed is no reason, what once made it so is one.
fn stays(timeline: &Timeline, asked: &Asked, answer: &Value) -> Vec<Sentence> {
    let first = Sentence {
        event: None,
        text: "It was that already, and nothing that happened changed it.".into(),
    };
    let is_so = |world: &World, _| timeline.facts_of(world).value(asked.fact) == *answer;
    let led = match since(timeline, asked.opened, EVENTS, is_so) {
        Since::Event(event) => reasons(timeline, event + 1),
        Since::Ever | Since::Long(_) => Vec::new(),
    };
    core::iter::once(first).chain(led).take(CAUSES).collect()
}

/// What decided the answer and what led to it, as far as a story tells of it.
fn reasons(timeline: &Timeline, decided: u32) -> Vec<Sentence> {
    let Some(event) = decided.checked_sub(1) else {
        return Vec::new();
    };
    let level = |sentence: &Sentence| {
        let event = timeline.trace().get(sentence.event?)?;
        Some(event.what.level())
    };
    let chain = why(timeline, EventId(event));
    let told = chain.into_iter().enumerate();
    let told = told.filter(|(place, link)| *place == 0 || level(link) <= Some(Level::Story));
    told.map(|(_, link)| link).take(CAUSES).collect()
}

/// The words of the question.
#[must_use]
pub fn question<'a>(timeline: &'a Timeline, asked: &Asked) -> &'a str {
    let statement = &timeline.scenario().statements[asked.ask.index()];
    statement.kind.question().unwrap_or_default()
}
