//! Values of a line: numbers, sizes, durations, strings, names. Knows no statement.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;

use super::ast::Role;
use super::diagnostic::Span;
use super::lexer::{TokenKind, is_name, unescape};
use super::line::{Class, Expected, Line, excerpt};
use super::names::{Entry, Thing, Wanted};
use super::problems::{Read, Reported};
use super::show;
use super::table;
use super::values::{self, Bad, DURATIONS, SIZES, bound, grouped};
use crate::ids::{ActorId, StreamId};
use crate::limits;
use crate::units::{Bytes, SimDuration};

/// What stands in for the id of a name that was reported: nothing of such a text runs.
const NOBODY: u32 = u32::MAX;

impl<'a> Line<'a, '_> {
    /// A whole number from `min` to `max`; `what` names it with its article.
    pub(super) fn number(&mut self, what: &'static str, min: u64, max: u64) -> Read<u64> {
        self.expect(Expected::Value(what));
        let Some((word, span)) = self.number_word() else {
            return Err(self.unexpected());
        };
        match values::number(word, min, max) {
            Ok(value) => {
                self.bump(Class::Number);
                Ok(value)
            }
            Err(bad) => self.bad_number(word, span, what, bad, (min, max)),
        }
    }

    fn number_word(&self) -> Option<(&'a str, Span)> {
        let token = self.peek()?;
        let word = self.word_of(token)?;
        values::starts_number(word).then_some((word, token.span))
    }

    /// Reports a number; one that is only out of bounds does not keep the line from being read on.
    fn bad_number(
        &mut self,
        word: &str,
        span: Span,
        what: &str,
        bad: Bad,
        (min, max): (u64, u64),
    ) -> Read<u64> {
        let found = excerpt(word);
        let range = format!("{what} is from {} to {}", grouped(min), bound(max));
        let message = match bad {
            Bad::Range => format!("{found} is out of bounds"),
            Bad::Negative => format!("{found} is negative"),
            Bad::Fraction => format!("{found} is not a whole number"),
            Bad::Shape | Bad::NoUnit | Bad::Unit(_) => format!("expected {what}, found {found}"),
        };
        let reported = self.report(span, message, range, None);
        if bad == Bad::Shape {
            return Err(reported);
        }
        self.bump(Class::Number);
        Ok(min)
    }

    /// A size: a number with a unit.
    pub(super) fn size(&mut self) -> Read<Bytes> {
        let help = "a size is a number with its unit: B, kB, MB, GB, KiB, MiB or GiB";
        self.with_unit("a size", SIZES, limits::NUMBER, help)
            .map(Bytes)
    }

    /// A duration: a number with a unit, at most the simulated time of a run.
    pub(super) fn duration(&mut self) -> Read<SimDuration> {
        let help = "a duration is a number with its unit: us, ms, s, m, h or d";
        self.with_unit("a duration", DURATIONS, limits::TIME_US, help)
            .map(SimDuration)
    }

    fn with_unit(
        &mut self,
        what: &'static str,
        units: &[(&'static str, u64)],
        max: u64,
        help: &str,
    ) -> Read<u64> {
        self.expect(Expected::Value(what));
        let Some((word, span)) = self.number_word() else {
            return Err(self.unexpected());
        };
        let bad = match values::with_unit(word, units, max) {
            Ok(value) => {
                self.bump(Class::Number);
                return Ok(value);
            }
            Err(bad) => bad,
        };
        let found = excerpt(word);
        let (message, fix) = match bad {
            Bad::Range if units == SIZES => (
                format!(
                    "{found} is out of bounds: a size is at most {} bytes",
                    bound(max)
                ),
                None,
            ),
            Bad::Range => (
                format!("{found} is out of bounds: a duration is at most 100 simulated years"),
                None,
            ),
            Bad::Negative => (format!("{found} is negative"), None),
            Bad::Fraction => (format!("{found} is not whole: take a smaller unit"), None),
            Bad::NoUnit => (format!("{found} has no unit"), None),
            Bad::Unit(near) => {
                let digits = word.trim_end_matches(char::is_alphabetic);
                (
                    format!("{found} has an unknown unit"),
                    near.map(|unit| format!("{digits}{unit}")),
                )
            }
            Bad::Shape => (format!("expected {what}, found {found}"), None),
        };
        let help = fix
            .as_ref()
            .map_or_else(|| help.to_string(), |fix| format!("did you mean `{fix}`?"));
        let reported = self.report(span, message, help, fix);
        if bad == Bad::Shape {
            return Err(reported);
        }
        self.bump(Class::Number);
        Ok(0)
    }

    /// `M/N`, M of N, M at most N.
    pub(super) fn ratio(&mut self) -> Read<(u32, u32)> {
        self.expect(Expected::Value("a ratio such as `1/10`"));
        let Some((word, span)) = self.number_word() else {
            return Err(self.unexpected());
        };
        let part = |word| values::number(word, 0, u64::from(u32::MAX)).ok();
        let parts = word.split_once('/');
        let parts = parts.and_then(|(m, n)| Some((part(m)?, part(n)?)));
        match parts {
            Some((m, n)) if m <= n && n >= 1 => {
                self.bump(Class::Number);
                // Both were read as at most `u32::MAX`.
                Ok((m as u32, n as u32))
            }
            _ => {
                let message = format!("{} is not a share of frames", excerpt(word));
                let help = "`drop M/N` drops M of N: whole numbers, M at most N, N at least 1";
                Err(self.report(span, message, help.to_string(), None))
            }
        }
    }

    /// A string; `what` names it with its article.
    pub(super) fn text(&mut self, what: &'static str) -> Read<Arc<str>> {
        self.expect(Expected::Value(what));
        match self.peek() {
            Some(token) if token.kind == TokenKind::Text => {
                let text = self.string(token.span)?;
                self.bump(Class::Text);
                Ok(text.into())
            }
            Some(token) if token.kind == TokenKind::Word => {
                let word = self.slice(token.span);
                let fix = format!("\"{word}\"");
                let message = format!("expected {what} in double quotes, found {}", excerpt(word));
                let help = format!("write `{fix}`");
                Err(self.report(token.span, message, help, Some(fix)))
            }
            _ => Err(self.unexpected()),
        }
    }

    /// The value of the string token at `span`.
    pub(super) fn string(&mut self, span: Span) -> Read<String> {
        unescape(self.slice(span)).map_err(|(at, escape)| {
            let start = span.start.saturating_add(u32::try_from(at).unwrap_or(0));
            let end = start.saturating_add(u32::try_from(escape.len()).unwrap_or(0));
            let message = format!("`{escape}` is not an escape");
            let help = r#"strings know `\"`, `\\` and `\n`; write `\\` for a backslash"#;
            self.report(Span { start, end }, message, help.to_string(), None)
        })
    }

    /// A name, bare or quoted, with its place; `what` names it with its article.
    fn name(&mut self, what: &'static str) -> Read<(String, Span)> {
        self.expect(Expected::Value(what));
        self.take_name()
    }

    fn take_name(&mut self) -> Read<(String, Span)> {
        let Some(token) = self.peek() else {
            return Err(self.unexpected());
        };
        match token.kind {
            TokenKind::Text => {
                let name = self.string(token.span)?;
                self.bump(Class::Name);
                Ok((name, token.span))
            }
            TokenKind::Word if is_name(self.slice(token.span)) => {
                let name = self.slice(token.span).to_string();
                self.bump(Class::Name);
                Ok((name, token.span))
            }
            TokenKind::Word => {
                let word = self.slice(token.span);
                let fix = show::quoted(word);
                let message = format!("{} is not a name", excerpt(word));
                let help = format!(
                    "names are letters, digits, `-`, `_` and `.`, starting with a letter; quote others: `{fix}`"
                );
                Err(self.report(token.span, message, help, Some(fix)))
            }
            TokenKind::Op(_) | TokenKind::NoOp | TokenKind::Comma => Err(self.unexpected()),
        }
    }

    /// A name that this line may bring into being: a keyword has to be quoted.
    fn fresh_name(&mut self, what: &'static str) -> Read<(String, Span)> {
        self.expect(Expected::Value(what));
        if let Some((token, word)) = self.peek().zip(self.peek_word())
            && table::is_reserved(word)
        {
            let fix = format!("\"{word}\"");
            let message = format!("`{word}` is a word of the language, expected {what}");
            let help = format!("as a name it needs quotes: `{fix}`");
            return Err(self.report(token.span, message, help, Some(fix)));
        }
        self.take_name()
    }

    /// A stream that this line creates.
    pub(super) fn new_stream(&mut self) -> Read<StreamId> {
        let (name, span) = self.fresh_name("a name for the stream")?;
        let number = self.line_number();
        match self.ctx.names.stream(&name, number) {
            Ok(id) => Ok(id),
            Err(taken) => Err(self.taken(&name, span, taken)),
        }
    }

    /// A program that this line brings in.
    pub(super) fn new_actor(&mut self, role: Role) -> Read<ActorId> {
        let (name, span) = self.fresh_name(match role {
            Role::Producer => "a name for the producer",
            Role::Consumer => "a name for the consumer",
        })?;
        let number = self.line_number();
        match self.ctx.names.actor(&name, role, number) {
            Ok(id) => Ok(id),
            Err(taken) => Err(self.taken(&name, span, taken)),
        }
    }

    fn taken(&mut self, name: &str, span: Span, by: Entry) -> Reported {
        let message = format!(
            "`{name}` is {} already, of line {}",
            by.thing.words(),
            by.line
        );
        let help = "streams, producers and consumers share one namespace: take another name";
        self.report(span, message, help.to_string(), None)
    }

    /// A reference as the broker sees it: any name or string.
    pub(super) fn reference(&mut self) -> Read<Arc<str>> {
        self.name("a name").map(|(name, _)| name.into())
    }

    /// A stream that an earlier line created.
    pub(super) fn stream(&mut self) -> Read<StreamId> {
        match self.known(Wanted::Stream)? {
            Thing::Stream(id) => Ok(id),
            Thing::Actor(..) | Thing::Broken => Ok(StreamId(NOBODY)),
        }
    }

    /// A producer that an earlier line declared.
    pub(super) fn producer(&mut self) -> Read<ActorId> {
        self.program(Wanted::Producer)
    }

    /// A consumer that an earlier line started.
    pub(super) fn consumer(&mut self) -> Read<ActorId> {
        self.program(Wanted::Consumer)
    }

    /// A program of either kind.
    pub(super) fn actor(&mut self) -> Read<ActorId> {
        self.program(Wanted::Actor)
    }

    fn program(&mut self, wanted: Wanted) -> Read<ActorId> {
        match self.known(wanted)? {
            Thing::Actor(id, _) => Ok(id),
            Thing::Stream(_) | Thing::Broken => Ok(ActorId(NOBODY)),
        }
    }

    /// Something with a name; one that does not fit is reported, and the line is read on.
    fn known(&mut self, wanted: Wanted) -> Read<Thing> {
        self.expect(Expected::Name(wanted));
        let (name, span) = self.take_name()?;
        Ok(self.resolve(&name, span, wanted, wanted))
    }

    /// What `name` stands for, if that is `wanted`; a problem is reported at `span`, and says how to
    /// create what is `likely` meant.
    pub(super) fn resolve(
        &mut self,
        name: &str,
        span: Span,
        wanted: Wanted,
        likely: Wanted,
    ) -> Thing {
        if self.ctx.alone {
            self.doubtful = true;
            return Thing::Broken;
        }
        let found = self.ctx.names.get(name).map(|entry| entry.thing);
        match found {
            Some(thing) if wanted.fits(thing) => return thing,
            Some(Thing::Broken) => {
                self.doubtful = true;
                return Thing::Broken;
            }
            Some(Thing::Stream(_) | Thing::Actor(..)) | None => self.doubtful = true,
        }
        let room = self.ctx.problems.room();
        let near = room.then(|| self.ctx.names.nearest(name, wanted));
        let near = near.flatten().map(show::name);
        let message = match found {
            Some(thing) => format!("`{name}` is {}, expected {}", thing.words(), wanted.words()),
            None => format!("no line above creates {} {}", wanted.words(), excerpt(name)),
        };
        let help = match (&near, found) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, None) => format!("create it first: `{}`", creation(name, likely)),
            (None, Some(_)) => self.shape(),
        };
        let fix = near;
        self.report(span, message, help, fix);
        Thing::Broken
    }
}

fn creation(name: &str, wanted: Wanted) -> String {
    let name = show::name(name);
    match wanted {
        Wanted::Stream | Wanted::Anything => format!("stream {name}"),
        Wanted::Producer | Wanted::Actor => format!("producer {name} on STREAM"),
        Wanted::Consumer => format!("consumer {name} on STREAM"),
    }
}
