//! `publish` and `resend`.

use alloc::format;
use alloc::string::ToString;
use alloc::sync::Arc;

use super::ast::{PublishStatement, Statement};
use crate::ids::PublishingId;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::diagnostic::Span;
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, options};
use crate::language::lexer::TokenKind;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::problems::Read;
use crate::language::values::{self, grouped};
use crate::limits;
use crate::units::Bytes;

/// Bytes of the largest message: an entry's length on the wire has 31 bits.
const MESSAGE_BYTES: u64 = (1 << 31) - 1;
/// Messages of the largest sub-entry batch: 16 bits on the wire.
const SUB_BATCH: u64 = 65_535;

/// What a `publish` line said so far.
struct Draft {
    statement: PublishStatement,
    body: Option<Span>,
    counted: bool,
    sized: Option<Span>,
}

options! { OPTION_DOCS, OPTIONS: Draft {
    "size" "SIZE" "Pads each encoded message to that many bytes; without it a message is its body in an AMQP 1.0 data section: 5 bytes more, 8 above 255." =>
        |line, draft| {
            draft.sized = line.peek().map(|token| token.span);
            let before = line.ctx.problems.count();
            let size = line.size()?;
            // Of a size that was reported nothing more is said.
            draft.statement.size = Some(size).filter(|_| line.ctx.problems.count() == before);
            Ok(())
        };
    "in batches of" "N" "Frames of N messages; one frame for all when unset." =>
        |line, draft| { draft.statement.frame = Some(line.number("a batch size", 1, u64::from(u32::MAX))? as u32); Ok(()) };
    "one by one" "" "Awaits the confirms of each frame before it sends the next; frames of 1 unless `in batches of`." =>
        |_, draft| { draft.statement.one_by_one = true; Ok(()) };
    "every" "DUR" "The time between two frames, of 1 message each unless `in batches of`." =>
        |line, draft| { draft.statement.every = Some(line.duration()?); Ok(()) };
    "filter" "\"v\"" "The filter value of each message." =>
        |line, draft| { draft.statement.filter = Some(line.text("a filter value")?); Ok(()) };
    "sub-batch of" "N" "Sub-entries of N messages, 1 to 65,535, with one publishing id each." =>
        |line, draft| { draft.statement.sub_batch = Some(line.number("a sub-batch size", 1, SUB_BATCH)? as u32); Ok(()) };
    "ids" "A..B" "The publishing ids, both included; they stand for the count." =>
        |line, draft| ids(line, draft);
    "id" "A" "The publishing id of one message." =>
        |line, draft| {
            let id = line.number("a publishing id", 0, u64::MAX)?;
            counted(line, draft);
            draft.statement.first_id = Some(PublishingId(id));
            Ok(())
        };
} }

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "publish",
            group: Heading::Actors,
            shapes: &["publish P [COUNT] \"body\""],
            options: OPTION_DOCS,
            about: meaning!(
                "Publishes COUNT messages, 1 when unset. In the body `{i}` is the index within the statement, \
                `{n}` the producer's running count (both from 0) and `{id}` the publishing id; other braces are text."
            ),
            example: meaning!("publish p 100 \"order {i}\" in batches of 20 one by one"),
        },
        read: publish,
    },
    Form {
        doc: FormDoc {
            keyword: "resend",
            group: Heading::Actors,
            shapes: &["resend P"],
            options: &[],
            about: meaning!(
                "Publishes again everything unconfirmed, with the same ids. Only a producer `as java` does so by itself, when it comes back."
            ),
            example: meaning!("resend p"),
        },
        read: |line| Ok(Some(Statement::Resend(line.producer()?).into())),
    },
];

fn publish(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let mut draft = Draft {
        statement: PublishStatement {
            producer: line.producer()?,
            count: 1,
            first_id: None,
            body: Arc::from(""),
            size: None,
            frame: None,
            one_by_one: false,
            every: None,
            filter: None,
            sub_batch: None,
        },
        body: None,
        counted: false,
        sized: None,
    };
    let mut seen = 0;
    loop {
        if draft.body.is_none() {
            line.expect(Expected::Value("a body in double quotes"));
        }
        if !draft.counted {
            line.expect(Expected::Value("a count"));
        }
        let Some(token) = line.peek() else { break };
        if token.kind == TokenKind::Text {
            body(line, &mut draft)?;
        } else if line.peek_word().is_some_and(values::starts_number) {
            let count = line.number("a count", 1, limits::MESSAGES)?;
            counted(line, &mut draft);
            draft.statement.count = count;
        } else if !line.option(OPTIONS, &mut seen, &mut draft)? {
            break;
        }
    }
    line.end()?;
    if draft.body.is_none() {
        return Err(line.unexpected());
    }
    sum(line, &draft);
    Ok(Some(Statement::Publish(draft.statement).into()))
}

fn body(line: &mut Line<'_, '_>, draft: &mut Draft) -> Read<()> {
    let span = line.peek().map(|token| token.span).unwrap_or_default();
    if draft.body.is_some() {
        let message = "this message has a body already".to_string();
        let help = help!("one `publish` has one body; write another line for another");
        line.report(span, message, help, None);
    }
    draft.body = Some(span);
    draft.statement.body = line.string(span)?.into();
    line.bump(Class::Text);
    Ok(())
}

/// Notes that the number of messages was said, and reports that it was said before.
fn counted(line: &mut Line<'_, '_>, draft: &mut Draft) {
    if draft.counted {
        let message = "the number of messages is said twice".to_string();
        let help = help!("COUNT, `ids A..B` or `id A`: keep one of them");
        line.report(line.span(), message, help, None);
    }
    draft.counted = true;
}

fn ids(line: &mut Line<'_, '_>, draft: &mut Draft) -> Read<()> {
    line.expect(Expected::Value("publishing ids such as `0..9`"));
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Err(line.unexpected());
    };
    let Ok((first, last)) = values::range(word, u64::MAX) else {
        let message = format!("{} is not a range of publishing ids", excerpt(word));
        let help = help!("write `ids A..B`, A not above B, both at most 2^64 − 1");
        return Err(line.report(token.span, message, help, None));
    };
    let span = token.span;
    line.bump(Class::Number);
    counted(line, draft);
    draft.statement.first_id = Some(PublishingId(first));
    draft.statement.count = (last - first).saturating_add(1);
    if draft.statement.count > limits::MESSAGES {
        let message = format!("{} are too many messages", excerpt(word));
        let help = help!(
            "one scenario publishes at most {}",
            values::bound(limits::MESSAGES)
        );
        line.report(span, message, help, None);
    }
    Ok(())
}

/// Adds the statement to the sums of the script and reports what passes a bound.
fn sum(line: &mut Line<'_, '_>, draft: &Draft) {
    let said = &draft.statement;
    let before = line.ctx.tally.messages;
    let after = before.saturating_add(said.count);
    line.ctx.tally.messages = after;
    let passed = before <= limits::MESSAGES && after > limits::MESSAGES;
    if passed && said.count <= limits::MESSAGES {
        let message = format!(
            "with this line the script publishes {} messages",
            grouped(after)
        );
        let help = help!(
            "one scenario publishes at most {}",
            values::bound(limits::MESSAGES)
        );
        line.report(line.span(), message, help, None);
    }
    let producers = &mut line.ctx.tally.producers;
    producers.resize(line.ctx.names.actors.len(), (0, 0));
    // In a line that is looked at on its own, no program is known.
    let mut unknown = (0, 0);
    let sums = producers.get_mut(said.producer.index());
    let (count, next) = sums.unwrap_or(&mut unknown);
    let first = said.first_id.map_or(*next, |id| id.0);
    let longest = Longest {
        index: said.count - 1,
        count: count.saturating_add(said.count - 1),
        id: first.saturating_add(said.count - 1),
    };
    *count = count.saturating_add(said.count);
    *next = (*next).max(longest.id.saturating_add(1));
    let bytes = longest.body(&said.body);
    if let (Some(Bytes(size)), Some(span)) = (said.size, draft.sized) {
        let (message, help) = if size > MESSAGE_BYTES {
            (
                format!(
                    "a message of {} bytes does not fit the protocol",
                    grouped(size)
                ),
                format!("messages have at most {} bytes", grouped(MESSAGE_BYTES)),
            )
        } else if size < bytes {
            (
                format!(
                    "the body is longer than the size: up to {} bytes",
                    grouped(bytes)
                ),
                format!(
                    "`size` pads up to {} bytes: take at least {bytes}B",
                    grouped(size)
                ),
            )
        } else {
            return;
        };
        line.report(span, message, help, None);
    }
}

/// The largest numbers that a statement's bodies show.
struct Longest {
    index: u64,
    count: u64,
    id: u64,
}

impl Longest {
    /// Bytes of the longest rendering of `template`.
    fn body(&self, template: &str) -> u64 {
        let mut bytes = template.len() as u64;
        for (mark, value) in [("{i}", self.index), ("{n}", self.count), ("{id}", self.id)] {
            let places = template.as_bytes().windows(mark.len());
            let marks = places.filter(|place| *place == mark.as_bytes()).count() as u64;
            let digits = value.checked_ilog10().unwrap_or(0) + 1;
            bytes += marks * u64::from(digits);
            bytes -= marks * mark.len() as u64;
        }
        bytes
    }
}
