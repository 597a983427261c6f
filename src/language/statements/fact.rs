//! Facts as a line names them: `name.fact`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::family::Kind;
use crate::ids::ActorId;
use crate::language::authoring::help;
use crate::language::diagnostic::Span;
use crate::language::facts::{FactDoc, FactRef, Subject};
use crate::language::kind::Nature;
use crate::language::lexer::TokenKind;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::names::{Thing, Wanted};
use crate::language::problems::{Read, Reported};
use crate::language::suggest;
use crate::language::values;

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

fn no_fact(line: &mut Line<'_, '_>, span: Span) -> Reported {
    let found = line.slice(span);
    let help = which_fact(line, found).unwrap_or_else(|| {
        let help = match values::starts_number(found) {
            true => "the fact stands on the left: `c.last == 27`",
            false => "a fact is written `name.fact`, such as `c.last`",
        };
        help.to_string()
    });
    let message = format!("{} is not a fact", excerpt(found));
    line.report(span, message, help, None)
}

/// The facts of a name that stands alone, if it is one.
pub(super) fn which_fact(line: &Line<'_, '_>, name: &str) -> Option<String> {
    let entry = line.ctx.names.get(name)?;
    let facts = words(facts_of(entry.thing));
    Some(format!("say which fact: {}", listed(name, &facts)))
}

/// `s.next-1`: a fact of the name, and what is to be added to it.
fn glued_sum(line: &mut Line<'_, '_>, thing: Thing, fact: &str, span: Span) -> Option<Reported> {
    let at = fact.find(['-', '+'])?;
    let (word, by) = fact.split_at(at);
    let known = facts_of(thing).iter().any(|doc| doc.word == word);
    if !known || !values::starts_number(by) {
        return None;
    }
    let (sign, by) = by.split_at(1);
    let fix = format!("{word} {sign} {by}");
    let message = format!("{} is not a fact", excerpt(fact));
    let help = help!("write the sign apart: `{fix}`");
    Some(line.report(span, message, help, Some(fix)))
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
        let help = help!("did you mean `world.time`?");
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
    if let Some(reported) = glued_sum(line, thing, fact, word) {
        return Err(reported);
    }
    let facts = words(facts_of(thing));
    if let Some(said) = line.other_fact(&facts, fact) {
        let message = format!("{} has no fact {}", thing.words(), excerpt(fact));
        return Err(line.report(word, message, said.help, said.fix));
    }
    let near = suggest::nearest(fact, facts.iter().copied()).map(ToString::to_string);
    let message = format!("{} has no fact {}", thing.words(), excerpt(fact));
    let help = match &near {
        Some(near) => help!("did you mean `{near}`?"),
        None => help!("it has {}", facts.join(", ")),
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
pub(super) const NOBODYS: FactRef = FactRef {
    subject: Subject::Program(ActorId(u32::MAX)),
    ..FactRef::TIME
};
