//! Values of a line: numbers, sizes, durations, strings. Knows no statement.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;

use super::authoring::help;
use super::diagnostic::Span;
use super::lexer::{TokenKind, unescape};
use super::line::{Class, Expected, Line, excerpt};
use super::problems::Read;
use super::quote::quoted;
use super::values::{self, Bad, DURATIONS, SIZES, bound, grouped};
use crate::limits;
use crate::units::{Bytes, SimDuration};

impl<'a> Line<'a, '_> {
    /// A whole number from `min` to `max`; `what` names it with its article.
    pub(crate) fn number(&mut self, what: &'static str, min: u64, max: u64) -> Read<u64> {
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
        let range = help!("{what} is from {} to {}", grouped(min), bound(max));
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
    pub(crate) fn size(&mut self) -> Read<Bytes> {
        let help = "a size is a number with its unit: B, kB, MB, GB, KiB, MiB or GiB";
        self.with_unit("a size", SIZES, limits::NUMBER, help)
            .map(Bytes)
    }

    /// A time, said as a duration since the start of the run.
    pub(crate) fn since_start(&mut self) -> Read<SimDuration> {
        let help = "a time is how long after the start of the run: `90s`; or `now`";
        self.with_unit("a duration", DURATIONS, limits::TIME_US, help)
            .map(SimDuration)
    }

    /// A duration: a number with a unit, at most the simulated time of a run.
    pub(crate) fn duration(&mut self) -> Read<SimDuration> {
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
            Bad::NoUnit => match self.unit_apart(units) {
                Some((unit, whole)) => {
                    self.skip();
                    return self.apart(word, unit, whole, what);
                }
                None => (format!("{found} has no unit"), None),
            },
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
            .map_or_else(|| help.to_string(), |fix| help!("did you mean `{fix}`?"));
        let reported = self.report(span, message, help, fix);
        if bad == Bad::Shape {
            return Err(reported);
        }
        self.bump(Class::Number);
        Ok(0)
    }

    /// The unit that stands behind a number in a word of its own, and where both stand.
    fn unit_apart(&self, units: &[(&'static str, u64)]) -> Option<(&'static str, Span)> {
        let (number, unit) = self.peek().zip(self.peek_second())?;
        let unit_word = self.word_of(unit)?;
        let known = values::unit(unit_word, units)?;
        let whole = Span {
            end: unit.span.end,
            ..number.span
        };
        Some((known, whole))
    }

    /// Reports a number and its unit in two words, and goes on behind them.
    fn apart(&mut self, number: &str, unit: &str, whole: Span, what: &str) -> Read<u64> {
        let fix = format!("{number}{unit}");
        let message = format!("{} is in two words", excerpt(self.slice(whole)));
        let help = help!("{what} is one word: `{fix}`");
        self.report(whole, message, help, Some(fix));
        self.bump(Class::Number);
        Ok(0)
    }

    /// `M/N`, M of N, M at most N.
    pub(crate) fn ratio(&mut self) -> Read<(u32, u32)> {
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
    pub(crate) fn text(&mut self, what: &'static str) -> Read<Arc<str>> {
        self.expect(Expected::Value(what));
        match self.peek() {
            Some(token) if token.kind == TokenKind::Text => {
                let text = self.string(token.span)?;
                self.bump(Class::Text);
                Ok(text.into())
            }
            Some(token) if token.kind == TokenKind::Word => {
                if let Some(reported) = self.curly() {
                    return Err(reported);
                }
                let Some(span) = self.unquoted(token.span) else {
                    let found = excerpt(self.slice(token.span));
                    let message = format!("expected {what} in double quotes, found {found}");
                    return Err(self.report(token.span, message, self.shape(), None));
                };
                let words = self.slice(span);
                let fix = quoted(words);
                let message = format!("expected {what} in double quotes, found {}", excerpt(words));
                let help = help!("write `{fix}`");
                Err(self.report(span, message, help, Some(fix)))
            }
            _ => Err(self.unexpected()),
        }
    }

    /// The value of the string token at `span`.
    pub(crate) fn string(&mut self, span: Span) -> Read<String> {
        unescape(self.slice(span)).map_err(|(at, escape)| {
            let start = span.start.saturating_add(u32::try_from(at).unwrap_or(0));
            let end = start.saturating_add(u32::try_from(escape.len()).unwrap_or(0));
            let message = format!("`{escape}` is not an escape");
            let help = r#"strings know `\"`, `\\` and `\n`; write `\\` for a backslash"#;
            self.report(Span { start, end }, message, help.to_string(), None)
        })
    }
}
