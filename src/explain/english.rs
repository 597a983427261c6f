//! Numbers, counts and ranges in plain English. Knows no event and no picture.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A number, with separators from five digits on: `9999`, `10,000`.
#[must_use]
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 message`, `2 messages`. `thing` is in the singular and forms its plural with an s.
#[must_use]
pub fn count(n: u64, thing: &str) -> String {
    format!("{} {}", number(n), plural(n, thing))
}

/// `message` for one, `messages` otherwise.
#[must_use]
pub fn plural(n: u64, thing: &str) -> String {
    match (n, thing) {
        (1, _) => thing.into(),
        (_, "batch") => "batches".into(),
        _ => format!("{thing}s"),
    }
}

/// `was` or `were` behind what a clause speaks of; several things begin with their number.
#[must_use]
pub fn was(subject: &str) -> &'static str {
    let number = subject.split(' ').next().unwrap_or("");
    if number.starts_with(|c: char| c.is_ascii_digit()) && number != "1" {
        "were"
    } else {
        "was"
    }
}

/// `19` or `20 to 27`, both ends included.
#[must_use]
pub fn span(first: u64, count: u64) -> String {
    match count {
        0 | 1 => number(first),
        _ => format!("{} to {}", number(first), number(last(first, count))),
    }
}

/// `19` or `20–27`, for where there is little room.
#[must_use]
pub fn short_span(first: u64, count: u64) -> String {
    match count {
        0 | 1 => number(first),
        _ => format!("{}–{}", number(first), number(last(first, count))),
    }
}

/// `offset 19` or `offsets 20 to 27`.
#[must_use]
pub fn offsets(first: u64, count: u64) -> String {
    format!("{} {}", plural(count.max(1), "offset"), span(first, count))
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().into(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// At most `room` characters of a text, on one line.
#[must_use]
pub fn excerpt(text: &str, room: usize) -> String {
    let mut out: String = text
        .chars()
        .take(room)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(room).is_some() {
        out.push('…');
    }
    out
}

/// The text with a capital first letter. Sentences begin with words of ours, which are English: the capitals of all
/// languages would be 24 kB in every download.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut text = String::from(text);
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// The text with a small first letter, likewise.
#[must_use]
pub fn small(text: &str) -> String {
    let mut text = String::from(text);
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    text
}

fn last(first: u64, count: u64) -> u64 {
    first.saturating_add(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_numbers() {
        assert_eq!(count(1, "message"), "1 message");
        assert_eq!(count(0, "message"), "0 messages");
        assert_eq!(count(500_000, "message"), "500,000 messages");
        assert_eq!(count(2, "batch"), "2 batches");
        assert_eq!(number(9_999), "9999");
        assert_eq!(number(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn ranges_are_inclusive_and_a_range_of_one_is_a_number() {
        assert_eq!(offsets(20, 8), "offsets 20 to 27");
        assert_eq!(offsets(5, 1), "offset 5");
        assert_eq!(short_span(20, 8), "20–27");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
