//! Byte sizes by arithmetic: what messages, entries and tracking records take in a segment file.
//! Knows no chunk; renders no body.
//!
//! Layout from osiris (`osiris_log.erl`, format comment; `osiris_tracking.erl:flush, snapshot`).

use super::chunk::TrackingEntry;
use super::message::{Encoding, MessageRun};
use crate::message::BodyPart;

/// Header of a segment file (`OSIL` and a version).
pub const SEGMENT_HEADER: u64 = 8;
/// Header of a chunk.
pub const CHUNK_HEADER: u64 = 48;
/// Header of a simple entry, and of each record inside a sub-entry batch.
pub const ENTRY_HEADER: u64 = 4;
/// Header of a sub-entry batch: type and compression, records, sizes before and after compression.
pub const SUB_BATCH_HEADER: u64 = 11;
/// Overhead of an AMQP 1.0 data section around a body of up to 255 bytes, and around a longer one.
const AMQP_SECTION: (u64, u64) = (5, 8);

/// Decimal digits of a number.
#[must_use]
pub const fn digits(n: u64) -> u64 {
    match n.checked_ilog10() {
        Some(log) => log as u64 + 1,
        None => 1,
    }
}

/// How many further numbers have as many digits as `n`, `n` included; saturates at the end of `u64`.
const fn same_digits(n: u64) -> u64 {
    match 10u64.checked_pow(digits(n) as u32) {
        Some(limit) => limit - n,
        None => (u64::MAX - n).saturating_add(1),
    }
}

/// Bytes of the `k`-th message of a run as the broker stores it, without the entry's header, and the
/// number of messages from `k` on that are known to take as many.
fn message_bytes(run: &MessageRun, k: u64) -> (u64, u64) {
    if let Encoding::Padded(size) = run.encoding {
        return (u64::from(size), u64::MAX);
    }
    let per_entry = u64::from(run.sub_batch.max(1));
    let (mut length, mut same) = (0u64, u64::MAX);
    for part in &run.body.parts {
        match part {
            BodyPart::Literal(text) => length += text.len() as u64,
            BodyPart::Index => {
                let n = run.first_index.saturating_add(k);
                length += digits(n);
                same = same.min(same_digits(n));
            }
            BodyPart::Count => {
                let n = run.first_count.saturating_add(k);
                length += digits(n);
                same = same.min(same_digits(n));
            }
            BodyPart::Id => {
                let entry = k / per_entry;
                let n = run.first_id.0.saturating_add(entry);
                length += digits(n);
                let until = entry.saturating_add(same_digits(n));
                same = same.min(until.saturating_mul(per_entry) - k);
            }
        }
    }
    let section = match run.encoding {
        Encoding::Amqp if length <= 255 => AMQP_SECTION.0,
        Encoding::Amqp => AMQP_SECTION.1,
        Encoding::Raw | Encoding::Padded(_) => 0,
    };
    (length + section, same)
}

/// Bytes of a run in a chunk's data section, entry headers included. Costs the number of digits, not
/// the number of messages.
#[must_use]
pub fn run_bytes(run: &MessageRun) -> u64 {
    let headers = match run.sub_batch {
        0 | 1 => 0,
        _ => run.entries().saturating_mul(SUB_BATCH_HEADER),
    };
    let (mut total, mut k) = (headers, 0);
    while k < run.count {
        let (each, same) = message_bytes(run, k);
        let count = same.min(run.count - k);
        total = total.saturating_add(count.saturating_mul(each.saturating_add(ENTRY_HEADER)));
        k += count;
    }
    total
}

/// Bytes of one tracking record: type, length, reference, value; in a snapshot a sequence also
/// carries its chunk id.
#[must_use]
pub fn tracking_bytes(entry: &TrackingEntry, in_snapshot: bool) -> u64 {
    match entry {
        TrackingEntry::Offset { reference, .. } => 10 + reference.len() as u64,
        TrackingEntry::Sequence { reference, .. } if in_snapshot => 18 + reference.len() as u64,
        TrackingEntry::Sequence { reference, .. } => 10 + reference.len() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ActorId, PublishingId};
    use crate::message::Body;
    use alloc::sync::Arc;
    use alloc::vec;

    fn run(count: u64, sub_batch: u32, encoding: Encoding) -> MessageRun {
        let parts = vec![
            BodyPart::Literal("n".into()),
            BodyPart::Index,
            BodyPart::Literal("-".into()),
            BodyPart::Id,
            BodyPart::Count,
        ];
        MessageRun {
            producer: ActorId(0),
            body: Arc::new(Body { parts }),
            encoding,
            first_index: 0,
            first_count: 95,
            first_id: PublishingId(8),
            count,
            sub_batch,
            filter: None,
        }
    }

    #[test]
    fn sizes_by_arithmetic_equal_the_rendered_ones() {
        for encoding in [Encoding::Raw, Encoding::Amqp] {
            for sub_batch in [1, 3, 100] {
                let run = run(1_234, sub_batch, encoding);
                let section = if encoding == Encoding::Amqp { 5 } else { 0 };
                let bodies: u64 = (0..run.count)
                    .map(|k| run.message(k).body.len() as u64 + 4 + section)
                    .sum();
                let headers = if sub_batch == 1 {
                    0
                } else {
                    run.entries() * 11
                };
                assert_eq!(run_bytes(&run), bodies + headers, "{sub_batch}");
            }
        }
    }

    #[test]
    fn a_padded_run_counts_its_size_and_a_long_body_its_longer_section() {
        assert_eq!(run_bytes(&run(20, 1, Encoding::Padded(1_000))), 20_080);
        let mut long = run(1, 1, Encoding::Amqp);
        long.body = Arc::new(Body {
            parts: vec![BodyPart::Literal("x".repeat(256))],
        });
        assert_eq!(run_bytes(&long), 256 + 8 + 4);
    }

    #[test]
    fn a_thousand_million_messages_cost_no_loop_over_them() {
        let run = run(1_000_000_000, 1, Encoding::Raw);
        assert!(run_bytes(&run) > 20_000_000_000);
    }
}
