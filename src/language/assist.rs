//! What an editor shows: completion, help and highlighting, all asked of the parser itself.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::ast::Role;
use super::context::Context;
use super::diagnostic::Span;
use super::facts::{FactDoc, FactRef, Measure, Op};
use super::lexer::{Lexed, Token, TokenKind, lex, unescape};
pub use super::line::Class;
use super::line::{Expected, Line};
use super::lines::{LineKind, TextLine, lines};
use super::names::Wanted;
use super::parse::{context_above, statement, too_long};
use super::quote::quoted;
use super::statements::fact::facts_of;
use super::vocabulary::{Versions, Vocabulary};
use super::{table, values};
use crate::base::sorted_by_key;
use crate::family::Family;

/// At most so many suggestions.
const MOST: usize = 50;

/// Something that could stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it replaces, in bytes of the text.
    pub replace: Span,
    /// The text.
    pub insert: String,
    /// What it is.
    pub class: Class,
    /// What it means, in a sentence or nothing.
    pub about: String,
}

/// What is known about a word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The word, in bytes of the text.
    pub span: Span,
    /// How it is written, or its name.
    pub title: String,
    /// What it means.
    pub about: String,
}

/// The line in which byte `at` of `text` lies.
fn line_at(text: &str, at: usize) -> Option<TextLine<'_>> {
    if too_long(text).is_some() {
        return None;
    }
    let at = u32::try_from(at).ok()?;
    lines(text).take_while(|line| line.start <= at).last()
}

/// What could stand at byte `at` of `text`: words of the language, names and facts.
#[must_use]
pub fn complete(text: &str, at: usize) -> Vec<Completion> {
    let Some(line) = line_at(text, at) else {
        return Vec::new();
    };
    let prefix = text.get(line.start as usize..at);
    let Some(prefix) = prefix.filter(|_| line.kind() != LineKind::Narration("")) else {
        return Vec::new();
    };
    let before = TextLine {
        text: prefix,
        ..line
    };
    if matches!(before.kind(), LineKind::Narration(_) | LineKind::Comment(_)) {
        return Vec::new();
    }
    let Lexed {
        mut tokens,
        comment,
        unclosed,
    } = lex(prefix, line.start);
    if comment.is_some() || unclosed.is_some() {
        return Vec::new();
    }
    let touching = |token: &Token| token.kind == TokenKind::Word && token.span.end as usize == at;
    let partial = tokens.pop_if(|token| touching(token));
    let place = place(line, partial, at);
    let mut ctx = context_above(text, line.number);
    let mut reader = Line::new(text, &tokens, (line.number, line.start), &mut ctx);
    // Problems of an unfinished line are no news.
    drop(statement(&mut reader));
    let reached = reader.at_end();
    let mut expected = core::mem::take(&mut reader.expected);
    if let [keyword, name] = tokens[..]
        && reader.slice(keyword.span) == "expect"
        && is_consumer(&reader, name)
    {
        expected = alloc::vec![Expected::Word("received", RECEIVED)];
    } else if !reached {
        return Vec::new();
    }
    let typed = partial.map_or("", |token| &text[token.span.start as usize..at]);
    let mut found = Suggested {
        place,
        typed,
        list: Vec::new(),
    };
    for expected in expected {
        found.expand(expected, &ctx);
    }
    found.list.truncate(MOST);
    found.list
}

/// Values that could stand where one of a kind is expected.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("a duration", &["1ms", "10ms", "1s", "1m", "1h"]),
    ("a size", &["1kB", "1MB", "1GB"]),
    ("a ratio such as `1/10`", &["1/10", "1/2"]),
    ("an offset", &["0"]),
    ("a count", &["10", "100"]),
    ("a batch size", &["10"]),
    ("a number of messages", &["10", "100"]),
];

const RECEIVED: &str = "Exactly these offsets, in this order, in this run of the consumer.";

fn is_consumer(line: &Line<'_, '_>, name: Token) -> bool {
    let entry = line.ctx.names.get(line.slice(name.span));
    entry.is_some_and(|entry| Wanted::Role(Role::Consumer).fits(entry.thing))
}

/// What a suggestion replaces: the whole word in which the cursor stands.
fn place(line: TextLine<'_>, partial: Option<Token>, at: usize) -> Span {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    let start = partial.map_or(at, |token| token.span.start);
    let whole = lex(line.text, line.start).tokens;
    let end = whole.iter().find(|token| token.span.start == start);
    Span {
        start,
        end: end.filter(|_| partial.is_some()).map_or(at, |t| t.span.end),
    }
}

/// Suggestions that go on from what was typed.
struct Suggested<'a> {
    place: Span,
    typed: &'a str,
    list: Vec<Completion>,
}

impl Suggested<'_> {
    fn add(&mut self, insert: String, class: Class, about: &str) {
        if self.list.len() < MOST && insert.starts_with(self.typed) && insert != self.typed {
            self.list.push(Completion {
                replace: self.place,
                insert,
                class,
                about: about.to_string(),
            });
        }
    }

    fn expand(&mut self, expected: Expected, ctx: &Context) {
        match expected {
            Expected::Word(word, about) => {
                let class = match table::form(ctx.header.family, word) {
                    Some(form) if form.about == about => Class::Keyword,
                    _ => Class::Word,
                };
                self.add(word.to_string(), class, about);
            }
            Expected::Name(wanted) => {
                for name in ctx.names.of(wanted) {
                    let about = ctx.names.get(name).map_or("", |entry| entry.thing.words());
                    self.add(ctx.written(name), Class::Name, about);
                }
            }
            Expected::Fact => self.facts(ctx, None, |_| true),
            Expected::Op => {
                for op in Op::ALL {
                    self.add(op.word().to_string(), Class::Operator, "");
                }
            }
            Expected::FactValue(fact) => self.values(fact, ctx),
            Expected::Value(what) => self.samples(what, ctx.header.family.vocabulary()),
        }
    }

    /// Facts that `fit` besides one, or the names of what has some.
    fn facts(&mut self, ctx: &Context, besides: Option<FactRef>, fit: impl Fn(&FactDoc) -> bool) {
        let Some((name, _)) = self.typed.rsplit_once('.') else {
            for name in ctx.names.of(Wanted::Anything) {
                let entry = ctx.names.get(name).map(|entry| entry.thing);
                if let Some(thing) = entry.filter(|thing| facts_of(*thing).iter().any(&fit)) {
                    let insert = format!("{}.", ctx.written(name));
                    self.add(insert, Class::Name, thing.words());
                }
            }
            let time = FactRef::TIME.fact;
            if fit(time) {
                self.add("world.time".to_string(), Class::Fact, time.about);
            }
            return;
        };
        let Some(entry) = ctx.names.get(name) else {
            return;
        };
        let same = |fact: &FactDoc| {
            let subject = entry.thing.subject();
            besides.is_some_and(|b| Some(b.subject) == subject && b.fact.word == fact.word)
        };
        let facts = facts_of(entry.thing).iter();
        for fact in facts.filter(|fact| fit(fact) && !same(fact)) {
            self.add(format!("{name}.{}", fact.word), Class::Fact, fact.about);
        }
    }

    /// Values of a kind: a number that was begun goes on with each unit, and without one there are examples.
    fn samples(&mut self, what: &'static str, vocabulary: &Vocabulary) {
        let units: Vec<&str> = match what {
            "a duration" => values::DURATIONS.iter().map(|(unit, _)| *unit).collect(),
            "a size" => values::SIZES.iter().map(|(unit, _)| *unit).collect(),
            _ => Vec::new(),
        };
        let number = self
            .typed
            .trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if values::starts_number(number) {
            for unit in units {
                self.add(format!("{number}{unit}"), Class::Number, what);
            }
            return;
        }
        if !self.typed.is_empty() {
            return;
        }
        if what == vocabulary.versions.value {
            return self.versions(&vocabulary.versions);
        }
        let examples = EXAMPLES.iter().chain(vocabulary.examples);
        let examples = examples.filter(|(kind, _)| *kind == what);
        for example in examples.flat_map(|(_, examples)| *examples) {
            let class = if example.starts_with('"') {
                Class::Text
            } else {
                Class::Number
            };
            self.add((*example).to_string(), class, what);
        }
    }

    /// The usual version, then those with rules of their own from the newest on.
    fn versions(&mut self, versions: &Versions) {
        let listed = (versions.listed)();
        let listed = listed.iter().rev().filter(|v| **v != versions.default);
        let all = core::iter::once(&versions.default).chain(listed);
        for version in all {
            self.add(version.to_string(), Class::Number, versions.value);
        }
    }

    fn values(&mut self, fact: FactRef, ctx: &Context) {
        if let Measure::State(states) = fact.fact.measure {
            for state in states {
                self.add(quoted(state), Class::Text, "");
            }
        }
        self.add("none".to_string(), Class::Word, "It has no value yet.");
        // The time is the only one of its kind.
        if fact != FactRef::TIME {
            let measure = fact.fact.measure;
            self.facts(ctx, Some(fact), |other| {
                measure.is_comparable(other.measure)
            });
        }
    }
}

/// Help for the word at byte `at` of `text`: what it means, or how its statement is written.
#[must_use]
pub fn help_at(text: &str, at: usize) -> Option<Help> {
    let line = line_at(text, at).filter(|line| line.kind() == LineKind::Statement)?;
    let tokens = lex(line.text, line.start).tokens;
    let mut ctx = context_above(text, line.number);
    let mut reader = Line::new(text, &tokens, (line.number, line.start), &mut ctx);
    // What could not be read has a diagnostic of its own.
    drop(statement(&mut reader));
    let here = |span: &Span| (span.start as usize..=span.end as usize).contains(&at);
    let about = reader.abouts.iter().find(|(span, _)| here(span));
    if let Some((span, about)) = about.filter(|(_, about)| !about.is_empty()) {
        return Some(Help {
            span: *span,
            title: reader.slice(*span).to_string(),
            about: (*about).to_string(),
        });
    }
    let class = reader.classes.iter().find(|(span, _)| here(span));
    if let Some((span, Class::Name)) = class {
        let name = reader.slice(*span);
        let bare = name.starts_with('"').then(|| unescape(name));
        let bare = bare.and_then(Result::ok);
        let name = bare.as_deref().unwrap_or(name);
        if let Some(entry) = reader.ctx.names.get(name) {
            return Some(Help {
                span: *span,
                title: name.to_string(),
                about: format!("{}, of line {}", entry.thing.words(), entry.line),
            });
        }
    }
    let form = reader.form?;
    let mut title = form.shapes.join("\n");
    for option in form.options {
        title.push_str(&format!(" [{}]", option.shape()));
    }
    Some(Help {
        span: reader.span(),
        title,
        about: form.about.to_string(),
    })
}

/// The parts of one line of a family's script with what they are, in order, in bytes of the line. Needs no other line.
#[must_use]
pub fn highlight(line: &str, family: Family) -> Vec<(Span, Class)> {
    let text = TextLine {
        number: 1,
        start: 0,
        text: line,
    };
    let end = u32::try_from(line.len()).unwrap_or(u32::MAX);
    let whole = Span { start: 0, end };
    match text.kind() {
        LineKind::Blank => return Vec::new(),
        LineKind::Comment(_) => return alloc::vec![(whole, Class::Comment)],
        LineKind::Narration(_) => return alloc::vec![(whole, Class::Narration)],
        LineKind::Statement => {}
    }
    let lexed = lex(line, 0);
    let mut ctx = Context {
        alone: true,
        ..Context::default()
    };
    ctx.header.family = family;
    table::adopt_family(&mut ctx);
    let mut reader = Line::new(line, &lexed.tokens, (1, 0), &mut ctx);
    // The classes of what could be read are what is wanted here.
    drop(statement(&mut reader));
    let mut classes = core::mem::take(&mut reader.classes);
    let done = classes.iter().map(|(span, _)| span.end).max().unwrap_or(0);
    for token in lexed.tokens.iter().filter(|t| t.span.start >= done) {
        classes.push((token.span, guess(&reader, token)));
    }
    classes.extend(lexed.unclosed.map(|span| (span, Class::Text)));
    classes.extend(lexed.comment.map(|span| (span, Class::Comment)));
    sorted_by_key(classes, |(span, _)| (i64::from(span.start), 0))
}

/// What a token may be that the parser did not come to.
fn guess(line: &Line<'_, '_>, token: &Token) -> Class {
    let word = line.slice(token.span);
    match token.kind {
        TokenKind::Text => Class::Text,
        TokenKind::Op(_) | TokenKind::Comma => Class::Operator,
        TokenKind::NoOp => Class::Unknown,
        TokenKind::Word if values::starts_number(word) => Class::Number,
        TokenKind::Word if line.ctx.is_option_word(word) => Class::Word,
        TokenKind::Word => Class::Unknown,
    }
}
