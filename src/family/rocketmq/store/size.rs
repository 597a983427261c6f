//! Bytes of a message in the commit log, by arithmetic: renders no body.
//!
//! Layout from `CommitLog.java:calMsgLength`; the properties are those that the Java client sets.

use super::message::MessageRun;
use crate::message::{Body, BodyPart};

/// The fields of fixed length with IPv4 addresses: 84 bytes, and the lengths of body, topic and properties.
const FIXED: u64 = 84 + 4 + 1 + 2;
/// `UNIQ_KEY` (32 digits) and `WAIT=true`, with the marks between name, value and the next.
const OWN_PROPERTIES: u64 = 42 + 10;
/// A property of the user beside its value: `TAGS`, `KEYS`, and two marks.
const PROPERTY: u64 = 6;

/// Decimal digits of a number.
const fn digits(n: u64) -> u64 {
    match n.checked_ilog10() {
        Some(log) => log as u64 + 1,
        None => 1,
    }
}

/// How many numbers from `n` on, in steps, have as many digits as `n`, `n` included.
fn same_digits(n: u64, step: u64) -> u64 {
    match 10u64.checked_pow(digits(n) as u32) {
        Some(limit) => (limit - n).div_ceil(step.max(1)),
        None => u64::MAX,
    }
}

/// Bytes of a template's k-th text, and for how many messages from there on that is known to stay so.
fn text_bytes(body: &Body, run: &MessageRun, k: u64) -> (u64, u64) {
    let (index, count) = run.numbers(k);
    let (mut bytes, mut same) = (0, u64::MAX);
    for part in &body.parts {
        let number = match part {
            BodyPart::Literal(text) => {
                bytes += text.len() as u64;
                continue;
            }
            BodyPart::Index => index,
            BodyPart::Count | BodyPart::Id => count,
        };
        bytes += digits(number);
        same = same.min(same_digits(number, run.step));
    }
    (bytes, same)
}

/// Bytes of the k-th message's record, and for how many messages from there on that is known to stay so (at least 1).
#[must_use]
pub fn record_bytes(topic: &str, run: &MessageRun, k: u64) -> (u64, u64) {
    let (body, mut same) = text_bytes(&run.body, run, k);
    let mut bytes = FIXED + topic.len() as u64 + body.max(u64::from(run.padded)) + OWN_PROPERTIES;
    if let Some(tag) = &run.tag {
        bytes += PROPERTY + tag.len() as u64;
    }
    if let Some(key) = &run.key {
        let (key, unchanged) = text_bytes(key, run, k);
        bytes += PROPERTY + key;
        same = same.min(unchanged);
    }
    (bytes, same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ActorId;
    use crate::message::template;
    use alloc::sync::Arc;

    #[test]
    fn sizes_by_arithmetic_equal_the_rendered_ones() {
        for step in [1, 3, 7] {
            let run = MessageRun {
                producer: ActorId(0),
                body: Arc::new(template("order {i} of {n}")),
                padded: 0,
                key: Some(Arc::new(template("k{n}"))),
                tag: Some("a".into()),
                first_index: 0,
                first_count: 95,
                step,
                count: 1_500,
                attempt: 0,
            };
            let mut k = 0;
            while k < run.count {
                let (bytes, same) = record_bytes("orders", &run, k);
                for k in k..run.count.min(k + same) {
                    let message = run.message(k);
                    let key = message.key.expect("it has one").len();
                    let rendered = 91 + 6 + message.body.len() + 52 + 7 + 6 + key;
                    assert_eq!(bytes, rendered as u64, "{k}");
                }
                k += same;
            }
        }
    }

    #[test]
    fn a_body_is_filled_up_to_its_size() {
        let mut run = MessageRun {
            producer: ActorId(0),
            body: Arc::new(template("m{n}")),
            padded: 60_000,
            key: None,
            tag: None,
            first_index: 0,
            first_count: 0,
            step: 1,
            count: 8,
            attempt: 0,
        };
        assert_eq!(record_bytes("large", &run, 0).0, 91 + 5 + 60_000 + 52);
        run.padded = 1;
        assert_eq!(record_bytes("large", &run, 0), (91 + 5 + 2 + 52, 10));
    }
}
