//! `expect`, `ask`, `goal`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::compare::{comparison, condition};
use super::fact::fact;
use crate::ids::ActorId;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::doc::{FormDoc, Heading};
use crate::language::facts::Check;
use crate::language::form::Form;
use crate::language::lexer::TokenKind;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::problems::Read;
use crate::language::values;
use crate::limits;

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "expect",
            group: Heading::Questions,
            shapes: &[
                "expect FACT OP VALUE",
                "expect FACT OP FACT [+ N|- N]",
                "expect C received A..B, D..E",
                "expect C received none",
            ],
            options: &[],
            about: meaning!(
                "A check: the fact compares so with a value or with another fact at this moment, or this run of the consumer processed exactly these offsets in this order, or nothing. OP is `==`, `!=`, `<`, `<=`, `>` or `>=`."
            ),
            example: meaning!("expect c received 0..4, 6..7"),
        },
        read: expect,
    },
    Form {
        doc: FormDoc {
            keyword: "ask",
            group: Heading::Questions,
            shapes: &["ask \"question\" FACT"],
            options: &[],
            about: meaning!(
                "Asks the learner to predict the fact as it will be at the next `ask`, `expect` or end. The answer is computed."
            ),
            example: meaning!("ask \"From which offset does it resume?\" c.first"),
        },
        read: ask,
    },
    Form {
        doc: FormDoc {
            keyword: "goal",
            group: Heading::Questions,
            shapes: &["goal \"text\" COND"],
            options: &[],
            about: meaning!(
                "For exercises: the scenario is solved when every goal holds at the end."
            ),
            example: meaning!(
                "goal \"Nothing is processed twice\" c.redelivered == 0 and c.lag == 0"
            ),
        },
        read: goal,
    },
];

fn expect(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let second = line.peek_second().and_then(|token| line.word_of(token));
    let names =
        matches!(line.peek(), Some(t) if matches!(t.kind, TokenKind::Word | TokenKind::Text));
    if names && second == Some("received") {
        let consumer = line.consumer()?;
        line.require("received")?;
        return received(line, consumer).map(Some);
    }
    let comparison = comparison(line)?;
    if let Some(token) = line.peek().filter(|_| line.peek_word() == Some("and")) {
        let message = "an `expect` has one comparison".to_string();
        let help = help!("write an `expect` for each, in lines of their own");
        return Err(line.report(token.span, message, help, None));
    }
    Ok(Some(StatementKind::Expect(Check::Compare(comparison))))
}

/// `A..B, D..E`
fn received(line: &mut Line<'_, '_>, consumer: ActorId) -> Read<StatementKind> {
    let mut ranges = Vec::new();
    if line.word_about("none", "It processed nothing in this run.") {
        return Ok(StatementKind::Expect(Check::Received { consumer, ranges }));
    }
    loop {
        line.expect(Expected::Value("offsets such as `0..9`"));
        let Some((token, word)) = line.peek().zip(line.peek_word()) else {
            return Err(line.unexpected());
        };
        let Ok(range) = values::range(word, limits::NUMBER) else {
            let message = format!("{} is not a range of offsets", excerpt(word));
            let help = help!(
                "write `A..B`, A not above B, both at most {}, or `none`",
                values::bound(limits::NUMBER)
            );
            return Err(line.report(token.span, message, help, None));
        };
        line.bump(Class::Number);
        push(&mut ranges, range);
        match line.peek() {
            Some(token) if token.kind == TokenKind::Comma => line.bump(Class::Operator),
            _ => break,
        }
    }
    Ok(StatementKind::Expect(Check::Received { consumer, ranges }))
}

/// Adds a range; one that goes on where the last one ended is the same as a longer one.
fn push(ranges: &mut Vec<(u64, u64)>, (from, to): (u64, u64)) {
    match ranges.last_mut() {
        Some((_, end)) if end.checked_add(1) == Some(from) => *end = to,
        _ => ranges.push((from, to)),
    }
}

fn ask(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let question = String::from(&*line.text("a question")?);
    let fact = fact(line)?;
    Ok(Some(StatementKind::Ask { question, fact }))
}

fn goal(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let text = line.text("a goal")?.to_string();
    let condition = condition(line)?;
    Ok(Some(StatementKind::Goal { text, condition }))
}
