//! Facts, comparisons and conditions as a line says them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use crate::family::Kind;
use crate::ids::ActorId;
use crate::language::diagnostic::Span;
use crate::language::facts::{
    Comparison, Condition, FactDoc, FactRef, Measure, Op, Subject, Value,
};
use crate::language::kind::Nature;
use crate::language::lexer::TokenKind;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::names::{Thing, Wanted};
use crate::language::problems::Read;
use crate::language::suggest;
use crate::language::values::{self, DURATIONS, SIZES, bound};
use crate::limits;

/// Comparisons joined by `and`.
pub(crate) fn condition(line: &mut Line<'_, '_>) -> Read<Condition> {
    let mut all = vec![comparison(line)?];
    while line.word_about("and", "Both must hold.") {
        all.push(comparison(line)?);
    }
    Ok(Condition { all })
}

/// `FACT OP VALUE`
pub(crate) fn comparison(line: &mut Line<'_, '_>) -> Read<Comparison> {
    let fact = fact(line)?;
    let (op, span) = operator(line)?;
    let value = value(line, fact)?;
    if op.is_order() && matches!(value, Value::Text(_)) {
        let message = format!("`{}` orders numbers, and this is a text", op.word());
        let help = "texts compare with `==` and `!=`".to_string();
        line.report(span, message, help, None);
    }
    Ok(Comparison { fact, op, value })
}

fn operator(line: &mut Line<'_, '_>) -> Read<(Op, Span)> {
    line.expect(Expected::Op);
    let Some(token) = line.peek() else {
        return Err(line.unexpected());
    };
    let meant = match token.kind {
        TokenKind::Op(op) => {
            let span = token.span;
            line.bump(Class::Operator);
            return Ok((op, span));
        }
        TokenKind::NoOp => match line.slice(token.span) {
            "=" | "===" => Some(Op::Eq),
            "!" | "<>" | "!==" => Some(Op::Ne),
            "=<" => Some(Op::Le),
            "=>" => Some(Op::Ge),
            _ => None,
        },
        TokenKind::Word if line.slice(token.span) == "is" => Some(Op::Eq),
        TokenKind::Word | TokenKind::Text | TokenKind::Comma => None,
    };
    let Some(op) = meant else {
        return Err(line.unexpected());
    };
    let message = format!("{} is not a comparison", excerpt(line.slice(token.span)));
    let help = format!("did you mean `{}`?", op.word());
    Err(line.report(token.span, message, help, Some(op.word().to_string())))
}

/// `name.fact`, split at the last dot; the name may be quoted.
pub(crate) fn fact(line: &mut Line<'_, '_>) -> Read<FactRef> {
    line.expect(Expected::Fact);
    let Some(token) = line.peek() else {
        return Err(line.unexpected());
    };
    let (name, subject, word) = match token.kind {
        TokenKind::Text => {
            let tail = line.peek_second().filter(|next| next.glued);
            let tail =
                tail.and_then(|next| Some((next.span, line.word_of(next)?.strip_prefix('.')?)));
            let Some((span, word)) = tail else {
                return Err(line.unexpected());
            };
            let name = line.string(token.span)?;
            line.skip();
            (name, token.span, tail_span(span, word))
        }
        TokenKind::Word => match line.slice(token.span).rsplit_once('.') {
            Some((name, word)) if !name.is_empty() => {
                let end = token.span.start + name.len() as u32;
                let subject = Span { end, ..token.span };
                (name.to_string(), subject, tail_span(token.span, word))
            }
            _ => return Err(no_fact(line, token.span)),
        },
        TokenKind::Op(_) | TokenKind::NoOp | TokenKind::Comma => return Err(line.unexpected()),
    };
    line.skip();
    line.classes.push((subject, Class::Name));
    line.classes.push((word, Class::Fact));
    resolve(line, &name, subject, word)
}

/// The last bytes of `token`: those of `word`.
fn tail_span(token: Span, word: &str) -> Span {
    Span {
        start: token.end - word.len() as u32,
        end: token.end,
    }
}

fn no_fact(line: &mut Line<'_, '_>, span: Span) -> crate::language::problems::Reported {
    let found = line.slice(span);
    let facts = line
        .ctx
        .names
        .get(found)
        .map(|entry| words(facts_of(entry.thing)));
    let help = facts.map_or_else(
        || "a fact is written `name.fact`, such as `c.last`".to_string(),
        |facts| format!("say which fact: {}", listed(found, &facts)),
    );
    let message = format!("{} is not a fact", excerpt(found));
    line.report(span, message, help, None)
}

fn listed(name: &str, facts: &[&str]) -> String {
    let all: Vec<String> = facts
        .iter()
        .map(|fact| format!("`{name}.{fact}`"))
        .collect();
    all.join(", ")
}

/// The facts that `thing` has.
pub(crate) const fn facts_of(thing: Thing) -> &'static [FactDoc] {
    match thing {
        Thing::Known(kind, _) => kind.doc().facts,
        Thing::Broken => &[],
    }
}

fn words(facts: &[FactDoc]) -> Vec<&'static str> {
    facts.iter().map(|fact| fact.word).collect()
}

fn resolve(line: &mut Line<'_, '_>, name: &str, subject: Span, word: Span) -> Read<FactRef> {
    let fact = line.slice(word);
    if name == "world" && fact == FactRef::TIME.fact.word {
        return Ok(FactRef::TIME);
    }
    if name == "world" && line.ctx.names.get(name).is_none() {
        let message = format!("the world has no fact {}", excerpt(fact));
        let help = "did you mean `world.time`?".to_string();
        return Err(line.report(word, message, help, Some("time".to_string())));
    }
    let likely = owner(line, fact);
    let thing = line.resolve(name, subject, Wanted::Anything, likely);
    let found = match thing {
        Thing::Known(kind, subject) => FactRef::find(kind, subject, fact),
        Thing::Broken => return Ok(NOBODYS),
    };
    if let Some(found) = found {
        line.abouts.push((word, found.fact.about));
        return Ok(found);
    }
    let facts = words(facts_of(thing));
    let near = suggest::nearest(fact, facts.iter().copied()).map(ToString::to_string);
    let message = format!("{} has no fact {}", thing.words(), excerpt(fact));
    let help = match &near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", facts.join(", ")),
    };
    Err(line.report(word, message, help, near))
}

/// Of what `fact` is a fact: of a program, if nothing with a log has it.
fn owner(line: &Line<'_, '_>, fact: &str) -> Wanted {
    let has = |kind: &&Kind| kind.doc().facts.iter().any(|doc| doc.word == fact);
    let mut kinds = line.vocabulary().kinds.iter().filter(has);
    if kinds.clone().any(|kind| kind.doc().nature == Nature::Log) {
        return Wanted::Anything;
    }
    kinds
        .next_back()
        .map_or(Wanted::Anything, |kind| Wanted::Kind(*kind))
}

/// The fact of a name that nobody knows, so that the rest of the line can be read.
const NOBODYS: FactRef = FactRef {
    subject: Subject::Program(ActorId(u32::MAX)),
    ..FactRef::TIME
};

/// Whatever stands where the value of such a fact does.
fn any(line: &mut Line<'_, '_>, kind: TokenKind) -> Value {
    line.bump(match kind {
        TokenKind::Word if line.peek_word() == Some("none") => Class::Word,
        TokenKind::Word => Class::Number,
        TokenKind::Text => Class::Text,
        TokenKind::Op(_) | TokenKind::NoOp | TokenKind::Comma => Class::Unknown,
    });
    Value::None
}

fn value(line: &mut Line<'_, '_>, fact: FactRef) -> Read<Value> {
    line.expect(Expected::FactValue(fact));
    let Some(token) = line.peek() else {
        return Err(line.unexpected());
    };
    if fact == NOBODYS {
        return Ok(any(line, token.kind));
    }
    let measure = fact.fact.measure;
    if line.peek_word() == Some("none") {
        line.bump(Class::Word);
        return Ok(Value::None);
    }
    match (token.kind, measure) {
        (TokenKind::Text, Measure::Text | Measure::State(_)) => text(line, token.span, measure),
        (TokenKind::Text, Measure::Number { .. } | Measure::Bytes | Measure::Time) => {
            let message = "this fact is a number, not a text".to_string();
            let help = "write the number without quotes, or `none`".to_string();
            Err(line.report(token.span, message, help, None))
        }
        (TokenKind::Word, _) => word(line, token.span, measure),
        (TokenKind::Op(_) | TokenKind::NoOp | TokenKind::Comma, _) => Err(line.unexpected()),
    }
}

fn text(line: &mut Line<'_, '_>, span: Span, measure: Measure) -> Read<Value> {
    let text = line.string(span)?;
    line.bump(Class::Text);
    if let Measure::State(states) = measure
        && !states.contains(&&*text)
    {
        let near = suggest::nearest(&text, states.iter().copied()).map(|s| format!("\"{s}\""));
        let message = format!("there is no state {}", excerpt(&text));
        let help = match &near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the states are {}", states.join(", ")),
        };
        line.report(span, message, help, near);
    }
    Ok(Value::Text(text.into()))
}

fn word(line: &mut Line<'_, '_>, span: Span, measure: Measure) -> Read<Value> {
    let word = line.slice(span);
    let max = match measure {
        Measure::Number { wide: true } => u64::MAX,
        Measure::Number { wide: false } | Measure::Bytes | Measure::Time => limits::NUMBER,
        Measure::Text | Measure::State(_) if values::starts_number(word) => {
            let message = "this fact is a text, not a number".to_string();
            let help = format!("write it in double quotes: `\"{word}\"`");
            return Err(line.report(span, message, help, Some(format!("\"{word}\""))));
        }
        Measure::Text | Measure::State(_) => return quote(line, span, word),
    };
    let unit = match measure {
        Measure::Bytes => values::with_unit(word, SIZES, max).ok(),
        Measure::Time => values::with_unit(word, DURATIONS, max).ok(),
        Measure::Number { .. } | Measure::Text | Measure::State(_) => None,
    };
    if let Some(value) = unit {
        line.bump(Class::Number);
        return Ok(Value::Number(value));
    }
    if values::starts_number(word) {
        return Ok(Value::Number(line.number("a value", 0, max)?));
    }
    let near = suggest::nearest(word, ["none"]).map(ToString::to_string);
    let message = format!("expected a number or `none`, found {}", excerpt(word));
    let help = match &near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the fact is a number, at most {}", bound(max)),
    };
    Err(line.report(span, message, help, near))
}

fn quote(line: &mut Line<'_, '_>, span: Span, word: &str) -> Read<Value> {
    let fix = format!("\"{word}\"");
    let message = format!("{} needs quotes: the fact is a text", excerpt(word));
    let help = format!("write `{fix}`");
    Err(line.report(span, message, help, Some(fix)))
}
