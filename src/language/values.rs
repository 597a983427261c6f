//! Numbers, sizes and durations as the language writes them. Knows no statement.

use alloc::format;
use alloc::string::{String, ToString};

use crate::base::split_once;
use crate::limits;

/// Units of sizes with their bytes: decimal as in the brokers' own arguments, and binary.
pub(crate) const SIZES: &[(&str, u64)] = &[
    ("B", 1),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// Units of durations with their microseconds.
pub(crate) const DURATIONS: &[(&str, u64)] = &[
    ("us", 1),
    ("ms", 1_000),
    ("s", 1_000_000),
    ("m", 60_000_000),
    ("h", 3_600_000_000),
    ("d", 86_400_000_000),
];

/// Why something is not the number that it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bad {
    /// It is none at all.
    Shape,
    /// It starts with a minus.
    Negative,
    /// It has a decimal point.
    Fraction,
    /// It is outside of the bounds.
    Range,
    /// It has no unit.
    NoUnit,
    /// Its unit is none; the nearest that is.
    Unit(Option<&'static str>),
}

/// Whether `word` sets out to be a number.
pub(crate) fn starts_number(word: &str) -> bool {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// Splits off leading digits (and `_`); no value where it has more than 64 bits.
fn digits(word: &str) -> (Option<u64>, &str) {
    let end = word
        .find(|c: char| !c.is_ascii_digit() && c != '_')
        .unwrap_or(word.len());
    let mut value = word[..end].bytes().filter(u8::is_ascii_digit);
    let value = value.try_fold(0_u64, |sum, digit| {
        sum.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
    });
    (value, &word[end..])
}

fn unsigned(word: &str) -> Result<(Option<u64>, &str), Bad> {
    if word.starts_with('-') && starts_number(word) {
        return Err(Bad::Negative);
    }
    if word.starts_with('+') || !starts_number(word) {
        return Err(Bad::Shape);
    }
    let (value, rest) = digits(word);
    let fraction = rest.strip_prefix('.');
    if fraction.is_some_and(|f| f.starts_with(|c: char| c.is_ascii_digit())) {
        return Err(Bad::Fraction);
    }
    Ok((value, rest))
}

/// A whole number from `min` to `max`.
pub(crate) fn number(word: &str, min: u64, max: u64) -> Result<u64, Bad> {
    match unsigned(word)? {
        (value, "") => within(value, min, max),
        _ => Err(Bad::Shape),
    }
}

/// A number with one of `units`, in the smallest of them, at most `max`.
pub(crate) fn with_unit(word: &str, units: &[(&'static str, u64)], max: u64) -> Result<u64, Bad> {
    let (value, unit) = unsigned(word)?;
    if unit.is_empty() {
        return Err(Bad::NoUnit);
    }
    match units.iter().find(|(name, _)| *name == unit) {
        Some((_, factor)) => within(value.and_then(|value| value.checked_mul(*factor)), 0, max),
        None => Err(Bad::Unit(self::unit(unit, units))),
    }
}

/// Units as others write them.
const OTHER_UNITS: &[(&[&str], &str)] = &[
    (&["sec", "secs", "second", "seconds"], "s"),
    (&["min", "mins", "minute", "minutes"], "m"),
    (&["hr", "hrs", "hour", "hours"], "h"),
    (&["day", "days"], "d"),
    (&["msec", "millis", "millisecond", "milliseconds"], "ms"),
    (&["usec", "micros", "\u{b5}s", "\u{3bc}s"], "us"),
    (&["byte", "bytes"], "B"),
    (&["k", "kilobyte", "kilobytes"], "kB"),
    (&["mega", "megabyte", "megabytes"], "MB"),
    (&["giga", "g", "gigabyte", "gigabytes"], "GB"),
];

/// The unit among `units` that a word means, however it is written.
pub(crate) fn unit(word: &str, units: &[(&'static str, u64)]) -> Option<&'static str> {
    let of = |word: &str| {
        units
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(word))
    };
    let other = OTHER_UNITS
        .iter()
        .find(|(words, _)| words.iter().any(|w| w.eq_ignore_ascii_case(word)));
    let known = units.iter().find(|(name, _)| *name == word);
    let known = known.or_else(|| of(word));
    known.or_else(|| of(other?.1)).map(|(name, _)| *name)
}

fn within(value: Option<u64>, min: u64, max: u64) -> Result<u64, Bad> {
    match value {
        Some(value) if (min..=max).contains(&value) => Ok(value),
        _ => Err(Bad::Range),
    }
}

/// `A..B`: two numbers up to `max`, B not below A; a single number stands for itself.
pub(crate) fn range(word: &str, max: u64) -> Result<(u64, u64), Bad> {
    let (from, to) = split_once(word, "..").unwrap_or((word, word));
    let (from, to) = (number(from, 0, max)?, number(to, 0, max)?);
    if to < from {
        return Err(Bad::Range);
    }
    Ok((from, to))
}

/// A number with its thousands set apart: `9,007,199`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A bound in words, with the reason where it is not plain.
pub(crate) fn bound(max: u64) -> String {
    let reason = match max {
        limits::NUMBER => " (2^53 − 1)",
        u64::MAX => " (2^64 − 1)",
        limits::MESSAGES => " (10^12, the messages of one scenario)",
        _ => "",
    };
    format!("{}{reason}", grouped(max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_bounded_and_may_be_grouped() {
        assert_eq!(number("499_999", 0, limits::NUMBER), Ok(499_999));
        assert_eq!(number("18446744073709551615", 0, u64::MAX), Ok(u64::MAX));
        for (word, bad) in [
            ("18446744073709551616", Bad::Range),
            ("99999999999999999999999999999999999999999999", Bad::Range),
            ("-1", Bad::Negative),
            ("1.5", Bad::Fraction),
            ("1x", Bad::Shape),
            ("", Bad::Shape),
            ("+1", Bad::Shape),
            ("_1", Bad::Shape),
        ] {
            assert_eq!(number(word, 0, u64::MAX), Err(bad), "{word}");
        }
    }

    #[test]
    fn sizes_and_durations_need_their_unit() {
        assert_eq!(with_unit("2GB", SIZES, u64::MAX), Ok(2_000_000_000));
        assert_eq!(with_unit("1MiB", SIZES, u64::MAX), Ok(1_048_576));
        assert_eq!(with_unit("1_0ms", DURATIONS, u64::MAX), Ok(10_000));
        for (word, bad) in [
            ("2", Bad::NoUnit),
            ("2gb", Bad::Unit(Some("GB"))),
            ("2parsec", Bad::Unit(None)),
            ("99999999999999GB", Bad::Range),
            ("0.5GB", Bad::Fraction),
        ] {
            assert_eq!(with_unit(word, SIZES, u64::MAX), Err(bad), "{word}");
        }
    }

    #[test]
    fn ranges_include_both_ends() {
        assert_eq!(range("0..99", 100), Ok((0, 99)));
        assert_eq!(range("7", 100), Ok((7, 7)));
        assert_eq!(range("9..3", 100), Err(Bad::Range));
        assert_eq!(range("3..", 100), Err(Bad::Shape));
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
    }
}
