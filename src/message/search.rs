//! Finds the first of many messages whose body contains a text, without rendering the ones in between: literals are equal
//! in all of them, and placeholders render digits only. Imports no family.

use alloc::vec::Vec;
use core::ops::Range;

use super::{Body, BodyPart};
use crate::base::find;
use crate::ids::PublishingId;

/// The numbers of messages that follow each other: the k-th has index `index + k × step`, and so its count; its id is
/// `id + k ÷ per_id`.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    /// `{i}` of the first.
    pub index: u64,
    /// `{n}` of the first.
    pub count: u64,
    /// What both go up by, at least 1.
    pub step: u64,
    /// `{id}` of the first.
    pub id: u64,
    /// Messages that share an id, at least 1.
    pub per_id: u64,
}

/// What a placeholder's digits must be like for the text to lie over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Digits<'a> {
    /// Exactly these.
    Whole(&'a str),
    /// These at the end.
    Suffix(&'a str),
    /// These at the start.
    Prefix(&'a str),
    /// These somewhere.
    Inside(&'a str),
}

/// The smallest `k` in `range` such that the body of the k-th message contains `text`.
#[must_use]
pub fn first_with(body: &Body, numbers: Numbers, range: Range<u64>, text: &str) -> Option<u64> {
    let Range {
        start: from,
        end: to,
    } = range;
    if from >= to {
        return None;
    }
    let parts = &body.parts;
    let literal = |p: &BodyPart| matches!(p, BodyPart::Literal(l) if find(l, text).is_some());
    if text.is_empty() || parts.iter().any(literal) {
        return Some(from);
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut best = None;
    for (at, part) in parts.iter().enumerate() {
        if matches!(part, BodyPart::Literal(_)) {
            continue;
        }
        for digits in alignments(parts, at, text) {
            let end = best.unwrap_or(to);
            best = search((body, numbers), part, digits, from..end, text).or(best);
        }
    }
    best
}

/// Ways in which the text can lie over the part at `at` as the first placeholder that it touches.
fn alignments<'a>(parts: &[BodyPart], at: usize, text: &'a str) -> Vec<Digits<'a>> {
    let mut ways = Vec::new();
    let lead = text.bytes().take_while(u8::is_ascii_digit).count();
    if lead == text.len() {
        ways.push(Digits::Inside(text));
    }
    // The text starts within the placeholder and goes on behind it.
    for end in 1..=lead.min(text.len() - 1) {
        if can_follow(parts.get(at + 1), &text[end..]) {
            ways.push(Digits::Suffix(&text[..end]));
        }
    }
    // The text starts in the literal before it.
    if let Some(BodyPart::Literal(before)) = at.checked_sub(1).map(|i| &parts[i]) {
        for start in (1..text.len()).filter(|i| text.is_char_boundary(*i)) {
            if !before.ends_with(&text[..start]) {
                continue;
            }
            let rest = &text[start..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            ways.extend((1..=digits).map(|end| Digits::Whole(&rest[..end])));
            if digits == rest.len() && digits > 0 {
                ways.push(Digits::Prefix(rest));
            }
        }
    }
    ways
}

/// Whether what comes behind a placeholder can begin with `rest`. Without this question a text of digits would be
/// looked for across the end of a body, message by message.
fn can_follow(part: Option<&BodyPart>, rest: &str) -> bool {
    match part {
        Some(BodyPart::Literal(after)) => {
            after.starts_with(rest) || rest.starts_with(after.as_str())
        }
        Some(BodyPart::Index | BodyPart::Count | BodyPart::Id) => {
            rest.starts_with(|sign: char| sign.is_ascii_digit())
        }
        None => false,
    }
}

fn search(
    (body, numbers): (&Body, Numbers),
    part: &BodyPart,
    digits: Digits<'_>,
    range: Range<u64>,
    text: &str,
) -> Option<u64> {
    let (base, step, per_value) = match part {
        BodyPart::Index => (numbers.index, numbers.step, 1),
        BodyPart::Count => (numbers.count, numbers.step, 1),
        BodyPart::Id => (numbers.id, 1, numbers.per_id.max(1)),
        BodyPart::Literal(_) => return None,
    };
    let mut k = range.start;
    while k < range.end {
        let least = base.checked_add((k / per_value).checked_mul(step)?)?;
        let value = digits.next(least)?;
        if value > least {
            let steps = (value - base).div_ceil(step.max(1));
            k = steps.checked_mul(per_value)?;
        }
        if k >= range.end {
            return None;
        }
        if find(&numbers.body(body, k), text).is_some() {
            return Some(k);
        }
        k += 1;
    }
    None
}

impl Numbers {
    /// The k-th body.
    fn body(self, body: &Body, k: u64) -> alloc::string::String {
        let further = k.saturating_mul(self.step);
        let id = self.id.saturating_add(k / self.per_id.max(1));
        body.render(
            self.index.saturating_add(further),
            self.count.saturating_add(further),
            PublishingId(id),
        )
    }
}

impl Digits<'_> {
    /// The smallest number of at least `least` that fits.
    fn next(self, least: u64) -> Option<u64> {
        match self {
            Self::Whole(d) => {
                let value: u64 = d.parse().ok()?;
                let plain = d.len() == 1 || !d.starts_with('0');
                (plain && value >= least).then_some(value)
            }
            Self::Suffix(d) => with_suffix(d, least),
            Self::Prefix(d) => {
                let value: u64 = d.parse().ok()?;
                if d.starts_with('0') {
                    return (d.len() == 1 && least == 0).then_some(0);
                }
                let ranges = (0..20).map_while(|e| {
                    let scale = 10u64.checked_pow(e)?;
                    let low = value.checked_mul(scale)?;
                    Some((low, low.saturating_add(scale - 1)))
                });
                ranges
                    .filter(|(_, high)| *high >= least)
                    .map(|(low, _)| low.max(least))
                    .min()
            }
            Self::Inside(d) => (0..20)
                .filter_map(|e| {
                    let scale = 10u64.checked_pow(e)?;
                    let value = with_suffix(d, least / scale)?;
                    Some(value.checked_mul(scale)?.max(least))
                })
                .min(),
        }
    }
}

/// The smallest number of at least `least` that ends with these digits.
fn with_suffix(digits: &str, least: u64) -> Option<u64> {
    let value: u64 = digits.parse().ok()?;
    let scale = 10u64.checked_pow(u32::try_from(digits.len()).ok()?)?;
    let least = if digits.len() > 1 && digits.starts_with('0') {
        least.max(scale)
    } else {
        least
    };
    let near = (least / scale).checked_mul(scale)?.checked_add(value)?;
    if near >= least {
        Some(near)
    } else {
        near.checked_add(scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::template;

    #[test]
    fn the_search_finds_what_rendering_every_body_finds() {
        let bodies = [
            "m{n}",
            "{i}-{n}",
            "a1{i}2b",
            "{id}{i}",
            "x {n} of {id}!",
            "marker",
        ];
        let texts = [
            "7", "42", "m42", "5-1", "0-10", "12b", "11", "a1", "9 of", "00", "010", "1012", "m0",
            "107", "f 33!", "mark", "", "99", "3-", "-108",
        ];
        for body in bodies.map(template) {
            for (step, per_id) in [(1, 1), (1, 7), (4, 1), (10, 1)] {
                let numbers = Numbers {
                    index: 0,
                    count: 103,
                    step,
                    id: 31,
                    per_id,
                };
                for text in texts {
                    for from in [0, 5, 420, 1_400] {
                        let has = |k: &u64| numbers.body(&body, *k).contains(text);
                        let naive = (from..1_500).find(has);
                        let found = first_with(&body, numbers, from..1_500, text);
                        assert_eq!(found, naive, "{body:?} {text} {from} {step}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_far_number_is_found_at_once() {
        let numbers = Numbers {
            index: 0,
            count: 0,
            step: 1,
            id: 0,
            per_id: 1,
        };
        let found = first_with(&template("m{i}"), numbers, 0..u64::MAX, "999999999999");
        assert_eq!(found, Some(999_999_999_999));
    }
}
