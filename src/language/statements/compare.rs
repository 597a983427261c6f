//! Comparisons and conditions as a line says them.

use alloc::format;
use alloc::string::ToString;
use alloc::vec;

use super::fact::{NOBODYS, fact, which_fact};
use crate::language::authoring::{help, meaning};
use crate::language::diagnostic::Span;
use crate::language::facts::{Comparison, Condition, FactRef, Measure, Op, Operand, Value};
use crate::language::lexer::TokenKind;
use crate::language::line::{Class, Expected, Line, excerpt};
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

/// `FACT OP VALUE` or `FACT OP FACT`
pub(crate) fn comparison(line: &mut Line<'_, '_>) -> Read<Comparison> {
    let start = line.peek().map(|token| token.span.start);
    let fact = fact(line)?;
    no_sum_here(line)?;
    let (op, span) = operator(line)?;
    let to = operand(line, fact)?;
    let is_text = match &to {
        Operand::Value(value) => matches!(value, Value::Text(_)),
        Operand::Fact { fact, .. } => !fact.fact.measure.is_number(),
    };
    if op.is_order() && is_text && fact != NOBODYS {
        let message = format!("`{}` orders numbers, and this is a text", op.word());
        let help = help!("texts compare with `==` and `!=`");
        line.report(span, message, help, None);
    }
    if let Operand::Fact { fact: other, .. } = to
        && other == fact
        && fact != NOBODYS
    {
        let end = line.taken_to();
        let start = start.unwrap_or(end);
        let message = "this compares a fact with itself: what comes of it is always the same";
        let help = help!("compare it with another fact, or with a value");
        line.report(Span { start, end }, message.to_string(), help, None);
    }
    Ok(Comparison { fact, op, to })
}

/// A fact on the left stands alone: `c.last + 1 == s.next` is written `c.last == s.next - 1`.
fn no_sum_here(line: &mut Line<'_, '_>) -> Read<()> {
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Ok(());
    };
    if sign(word).is_none() {
        return Ok(());
    }
    let message = "the fact on the left stands alone".to_string();
    let help = help!("add to the fact on the right: `c.last == s.next - 1`");
    Err(line.report(token.span, message, help, None))
}

/// Whether a word adds or takes away, and the number that is written with it.
fn sign(word: &str) -> Option<(bool, &str)> {
    let mut letters = word.chars();
    let minus = match letters.next()? {
        '+' => false,
        '-' | '\u{2212}' => true,
        _ => return None,
    };
    let rest = letters.as_str();
    (rest.is_empty() || values::starts_number(rest)).then_some((minus, rest))
}

/// What a fact is compared with: a value, or another fact and what is added to it.
fn operand(line: &mut Line<'_, '_>, left: FactRef) -> Read<Operand> {
    line.expect(Expected::FactValue(left));
    if !is_fact(line, left) {
        return value(line, left).map(Operand::Value);
    }
    let span = line.peek().map_or_else(|| line.span(), |token| token.span);
    let right = fact(line)?;
    if left != NOBODYS && right != NOBODYS {
        comparable(line, left, right, span)?;
    }
    let plus = sum(line, right)?;
    Ok(Operand::Fact { fact: right, plus })
}

/// Whether a fact stands here: a word with a dot that is no number, or a quoted name with a fact glued to it. Where
/// a text is wanted, a word whose name nobody knows is a text without its quotes.
fn is_fact(line: &Line<'_, '_>, left: FactRef) -> bool {
    let Some(token) = line.peek() else {
        return false;
    };
    match token.kind {
        TokenKind::Text => line
            .peek_second()
            .filter(|next| next.glued)
            .and_then(|next| line.word_of(next))
            .is_some_and(|word| word.starts_with('.')),
        TokenKind::Word => {
            let word = line.slice(token.span);
            let name = word.rsplit_once('.').map(|(name, _)| name);
            let known = |name| line.ctx.alone || line.ctx.names.get(name).is_some();
            let number = left.fact.measure.is_number();
            name.is_some_and(|name| number || known(name)) && !values::starts_number(word)
        }
        TokenKind::Op(_) | TokenKind::NoOp | TokenKind::Comma => false,
    }
}

fn comparable(line: &mut Line<'_, '_>, left: FactRef, right: FactRef, span: Span) -> Read<()> {
    let (a, b) = (left.fact.measure, right.fact.measure);
    if a.is_comparable(b) {
        return Ok(());
    }
    let message = if a.words() == b.words() {
        format!(
            "`{}` and `{}` are states that have no word in common",
            left.fact.word, right.fact.word
        )
    } else {
        format!(
            "`{}` is {}, and `{}` is {}: they cannot be compared",
            left.fact.word,
            a.words(),
            right.fact.word,
            b.words()
        )
    };
    let help = match a {
        Measure::State(states) => help!("its states are {}", states.join(", ")),
        Measure::Number { .. }
        | Measure::Difference
        | Measure::Bytes
        | Measure::Time
        | Measure::Text => {
            help!("compare {} with {}", left.fact.word, a.words())
        }
    };
    Err(line.report(span, message, help, None))
}

/// `+ N`, `- N` or nothing behind a fact.
fn sum(line: &mut Line<'_, '_>, fact: FactRef) -> Read<i64> {
    let measure = fact.fact.measure;
    if measure.is_number() || fact == NOBODYS {
        line.expect(Expected::Word("-", meaning!("So much less than the fact.")));
        line.expect(Expected::Word("+", meaning!("So much more than the fact.")));
    }
    let found = line.peek().zip(line.peek_word());
    let Some((token, (minus, rest))) = found.and_then(|(t, word)| Some((t, sign(word)?))) else {
        return Ok(0);
    };
    let sign = if minus { '-' } else { '+' };
    if !measure.is_number() {
        let message = format!("nothing can be added to {}", measure.words());
        let help = help!("compare with `{}` as it is", fact.fact.word);
        return Err(line.report(token.span, message, help, None));
    }
    if !rest.is_empty() || line.slice(token.span) == "\u{2212}" {
        let fix = format!("{sign} {rest}").trim_end().to_string();
        let message = format!(
            "{} does not say what is added",
            excerpt(line.slice(token.span))
        );
        let help = help!("write the sign apart: `{fix}`");
        return Err(line.report(token.span, message, help, Some(fix)));
    }
    line.bump(Class::Operator);
    let by = amount(line, measure)?;
    let by = i64::try_from(by).unwrap_or(i64::MAX);
    Ok(if minus { -by } else { by })
}

/// How much is added: a number, or a size or duration with its unit.
fn amount(line: &mut Line<'_, '_>, measure: Measure) -> Read<u64> {
    match measure {
        Measure::Bytes => line.size().map(|size| size.0),
        Measure::Time => line.duration().map(|duration| duration.0),
        Measure::Number { .. } | Measure::Difference | Measure::State(_) | Measure::Text => {
            line.number("a number", 0, limits::NUMBER)
        }
    }
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
    let help = help!("did you mean `{}`?", op.word());
    Err(line.report(token.span, message, help, Some(op.word().to_string())))
}

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
        (
            TokenKind::Text,
            Measure::Number { .. } | Measure::Difference | Measure::Bytes | Measure::Time,
        ) => {
            let message = "this fact is a number, not a text".to_string();
            let help = help!("write the number without quotes, or `none`");
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
            Some(near) => help!("did you mean `{near}`?"),
            None => help!("the states are {}", states.join(", ")),
        };
        line.report(span, message, help, near);
    }
    Ok(Value::Text(text.into()))
}

fn word(line: &mut Line<'_, '_>, span: Span, measure: Measure) -> Read<Value> {
    let word = line.slice(span);
    let max = match measure {
        Measure::Number { wide: true } => u64::MAX,
        Measure::Number { wide: false } | Measure::Difference | Measure::Bytes | Measure::Time => {
            limits::NUMBER
        }
        Measure::State(states) if values::starts_number(word) => {
            let message = "this fact is a state, not a number".to_string();
            let help = format!("the states are {}, in double quotes", states.join(", "));
            return Err(line.report(span, message, help, None));
        }
        Measure::Text if values::starts_number(word) => {
            let message = "this fact is a text, not a number".to_string();
            let help = help!("write it in double quotes: `\"{word}\"`");
            return Err(line.report(span, message, help, Some(format!("\"{word}\""))));
        }
        Measure::Text | Measure::State(_) => return quote(line, span, word, measure),
    };
    let unit = match measure {
        Measure::Bytes => values::with_unit(word, SIZES, max).ok(),
        Measure::Time => values::with_unit(word, DURATIONS, max).ok(),
        Measure::Number { .. } | Measure::Difference | Measure::Text | Measure::State(_) => None,
    };
    if let Some(value) = unit {
        line.bump(Class::Number);
        return Ok(Value::Number(value));
    }
    if let (Measure::Difference, Some(below)) = (measure, word.strip_prefix('-'))
        && let Ok(below @ 1..) = values::number(below, 0, max)
    {
        line.bump(Class::Number);
        return Ok(Value::Below(below));
    }
    if values::starts_number(word) {
        let plain = values::number(word, 0, max) != Err(values::Bad::Shape);
        return Ok(Value::Number(match measure {
            Measure::Time => line.duration()?.0,
            Measure::Bytes if !plain => line.size()?.0,
            Measure::Bytes
            | Measure::Number { .. }
            | Measure::Difference
            | Measure::State(_)
            | Measure::Text => line.number("a value", 0, max)?,
        }));
    }
    let near = suggest::nearest(word, ["none"]).map(ToString::to_string);
    let message = format!(
        "expected a number, `none` or a fact, found {}",
        excerpt(word)
    );
    let help = match (&near, which_fact(line, word)) {
        (_, Some(facts)) => facts,
        (Some(near), None) => help!("did you mean `{near}`?"),
        (None, None) => help!("the fact is a number, at most {}", bound(max)),
    };
    Err(line.report(span, message, help, near))
}

/// A word without quotes. What is proposed must be a value of the fact.
fn quote(line: &mut Line<'_, '_>, span: Span, word: &str, measure: Measure) -> Read<Value> {
    if let Measure::State(states) = measure
        && !states.contains(&word)
    {
        let near = suggest::nearest(word, states.iter().copied());
        let fix = near.map(|state| format!("\"{state}\""));
        let message = format!("there is no state {}", excerpt(word));
        let help = match &fix {
            Some(fix) => help!("did you mean `{fix}`?"),
            None => help!("the states are {}, in double quotes", states.join(", ")),
        };
        return Err(line.report(span, message, help, fix));
    }
    let fix = format!("\"{word}\"");
    let message = format!("{} needs quotes: the fact is a text", excerpt(word));
    let help = help!("write `{fix}`");
    Err(line.report(span, message, help, Some(fix)))
}
