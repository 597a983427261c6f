//! What a stored offset means to a client: where it goes on, and what it drops there. Numbers only; knows no program.

use super::profile::{OffsetNumbers, Profile, Resume};
use crate::family::rabbitmq::log::OffsetSpec;
use crate::ids::Offset;

/// Where a consumer goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumption {
    /// At this offset.
    At(Offset),
    /// At its spec: it takes what is stored for nothing.
    Spec,
    /// Nowhere: its client cannot say that offset.
    Fails,
}

/// Where a client goes on behind a stored offset, at the start.
#[must_use]
pub const fn resumption(profile: &Profile, stored: u64) -> Resumption {
    match (profile.resume, stored) {
        (Resume::AfterStoredUnlessZero, 0) => Resumption::Spec,
        (Resume::AfterStoredZeroAgain, 0) => Resumption::At(Offset(0)),
        (
            Resume::AfterStored | Resume::AfterStoredUnlessZero | Resume::AfterStoredZeroAgain,
            stored,
        ) => behind(profile, stored),
    }
}

/// The offset behind another.
#[must_use]
pub const fn behind(profile: &Profile, offset: u64) -> Resumption {
    match profile.numbers {
        OffsetNumbers::Saturate => Resumption::At(Offset(offset.saturating_add(1))),
        OffsetNumbers::Wrap | OffsetNumbers::SignedButCompared | OffsetNumbers::Signed => {
            Resumption::At(Offset(offset.wrapping_add(1)))
        }
        OffsetNumbers::Fail => match offset.checked_add(1) {
            Some(next) => Resumption::At(Offset(next)),
            None => Resumption::Fails,
        },
    }
}

/// The offset below which a client drops messages.
#[must_use]
pub const fn below(profile: &Profile, spec: Option<OffsetSpec>) -> Option<Offset> {
    let offset = match spec {
        Some(OffsetSpec::Offset(offset)) => offset,
        Some(
            OffsetSpec::First | OffsetSpec::Last | OffsetSpec::Next | OffsetSpec::Timestamp { .. },
        )
        | None => return None,
    };
    match profile.numbers {
        OffsetNumbers::Saturate | OffsetNumbers::Wrap | OffsetNumbers::Fail => Some(offset),
        OffsetNumbers::SignedButCompared if offset.0 == u64::MAX => None,
        OffsetNumbers::SignedButCompared => Some(offset),
        OffsetNumbers::Signed if offset.0.cast_signed() < 0 => None,
        OffsetNumbers::Signed => Some(offset),
    }
}
