//! Random steps and stream arguments. Executes none.

use offset_lab::family::rabbitmq::broker::StreamArguments;
use offset_lab::family::rabbitmq::log::OffsetSpec;
use offset_lab::ids::Offset;
use offset_lab::units::{Bytes, SimDuration};
use proptest::prelude::*;

/// Producer references: the first publisher has none.
pub(super) const PRODUCERS: [&str; 3] = ["", "a", "b"];
pub(super) const CONSUMERS: [&str; 3] = ["x", "y", "z"];

/// One random step.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Publish {
        producer: usize,
        first: u64,
        count: u64,
        sub_batch: u32,
    },
    Store {
        consumer: usize,
        offset: u64,
    },
    QueryOffset {
        consumer: usize,
    },
    QuerySequence {
        producer: usize,
    },
    Subscribe {
        id: u8,
        spec: OffsetSpec,
        credit: u16,
    },
    Credit {
        id: u8,
        credit: u16,
    },
    Unsubscribe {
        id: u8,
    },
    Batch {
        max: u64,
    },
    Drain,
    Pass {
        ms: u64,
    },
    Restart,
    Close,
}

pub(super) fn spec() -> impl Strategy<Value = OffsetSpec> {
    prop_oneof![
        Just(OffsetSpec::First),
        Just(OffsetSpec::Last),
        Just(OffsetSpec::Next),
        (0u64..200).prop_map(|n| OffsetSpec::Offset(Offset(n))),
        Just(OffsetSpec::Offset(Offset(u64::MAX))),
        (0u64..2_000).prop_map(|ms| OffsetSpec::Timestamp { ms }),
    ]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let offset = prop_oneof![0u64..200, Just(u64::MAX), Just(1 << 63)];
    let first = prop_oneof![9 => 0u64..80, 1 => Just(u64::MAX - 3)];
    prop_oneof![
        8 => (0..3usize, first, 1u64..20, prop_oneof![4 => Just(1u32), 1 => 2u32..5])
            .prop_map(|(producer, first, count, sub_batch)| Step::Publish {
                producer, first, count: count.min((u64::MAX - first).saturating_add(1)), sub_batch
            }),
        4 => (0..3usize, offset).prop_map(|(consumer, offset)| Step::Store { consumer, offset }),
        2 => (0..3usize).prop_map(|consumer| Step::QueryOffset { consumer }),
        1 => (0..3usize).prop_map(|producer| Step::QuerySequence { producer }),
        2 => (0..3u8, spec(), 0..8u16).prop_map(|(id, spec, credit)| Step::Subscribe { id, spec, credit }),
        4 => (0..3u8, 0..5u16).prop_map(|(id, credit)| Step::Credit { id, credit }),
        1 => (0..3u8).prop_map(|id| Step::Unsubscribe { id }),
        8 => (1u64..40).prop_map(|max| Step::Batch { max }),
        2 => Just(Step::Drain),
        2 => (1u64..400).prop_map(|ms| Step::Pass { ms }),
        1 => Just(Step::Restart),
        1 => Just(Step::Close),
    ]
}

pub(super) fn arguments() -> impl Strategy<Value = StreamArguments> {
    // A segment that a snapshot alone fills rolls with every batch, a reader's wait at the tail
    // included, and never comes to rest: so no smaller than the largest snapshot here.
    let limit = |least: u64| prop_oneof![2 => Just(None), 3 => (least..3_000).prop_map(Some)];
    (limit(140), limit(0), limit(0)).prop_map(|(segment, length, age)| StreamArguments {
        segment_size: segment.map(Bytes),
        max_length: length.map(Bytes),
        max_age: age.map(SimDuration::from_millis),
        filter_size: None,
        written: Vec::new(),
    })
}
