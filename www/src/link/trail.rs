//! A run in a few bytes, by which another run of the same text is known to be the same, and if it is not, from where on
//! it differs. Knows nothing of links.

use std::ops::RangeInclusive;

use offset_lab::trace::text::Digester;
use offset_lab::world::Timeline;

/// Places of a run at which something of it is kept.
pub const SAMPLES: usize = 32;

/// A run in a few bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// How many events it has.
    pub events: u32,
    /// The first bytes of its digest.
    pub digest: [u8; 4],
    /// At places that are equally far from each other, the first byte of the digest of what was before.
    pub samples: Vec<u8>,
}

impl Trail {
    /// The events, counted from 1, among which is the first that differs in another run, which was looked at in the
    /// same places; `None` when it is the same.
    #[must_use]
    pub fn differs(&self, other: &Self) -> Option<RangeInclusive<u32>> {
        if self.digest == other.digest && self.events == other.events {
            return None;
        }
        let stride = stride(self.events);
        let same = self.samples.iter().zip(&other.samples);
        let same = same.take_while(|(one, other)| one == other).count();
        let before = u32::try_from(same)
            .unwrap_or(u32::MAX)
            .saturating_mul(stride);
        let from = before.saturating_add(1);
        Some(from..=before.saturating_add(stride))
    }
}

/// How far apart the places are in a run of so many events.
fn stride(events: u32) -> u32 {
    events.div_ceil(SAMPLES as u32).max(1)
}

/// A trail and the whole digest of a run, computed in slices.
#[derive(Clone, Debug)]
pub struct Tracing {
    digester: Digester,
    stride: u32,
    places: usize,
    taken: u32,
    samples: Vec<u8>,
}

impl Tracing {
    /// Looks at a run in the places of one of so many events.
    #[must_use]
    pub fn new(events: u32) -> Self {
        Self {
            digester: Digester::default(),
            stride: stride(events),
            places: events.div_ceil(stride(events)) as usize,
            taken: 0,
            samples: Vec::new(),
        }
    }

    /// Goes on for up to `budget` events; answers whether it came to the end.
    pub fn advance(&mut self, timeline: &Timeline, budget: u32) -> bool {
        let to = self.taken.saturating_add(budget).min(timeline.len());
        while self.taken < to {
            let place = (self.taken / self.stride + 1).saturating_mul(self.stride);
            let next = place.min(to);
            self.take(timeline, next - self.taken);
            self.taken = next;
            if next == place {
                self.sample();
            }
        }
        let is_done = to == timeline.len();
        // The last place is the end, wherever that is.
        if is_done && self.samples.len() < self.places {
            self.sample();
        }
        is_done
    }

    fn take(&mut self, timeline: &Timeline, count: u32) {
        self.digester
            .take(timeline.trace(), timeline.scenario(), count);
    }

    fn sample(&mut self) {
        if self.samples.len() < self.places {
            let hex = self.digester.clone().finish();
            self.samples.push(bytes(&hex)[0]);
        }
    }

    /// The digest and the trail of what was looked at.
    #[must_use]
    pub fn finish(self) -> (String, Trail) {
        let hex = self.digester.finish();
        let trail = Trail {
            events: self.taken,
            digest: bytes(&hex),
            samples: self.samples,
        };
        (hex, trail)
    }
}

/// The first four bytes of a digest.
fn bytes(hex: &str) -> [u8; 4] {
    let number = hex
        .get(..8)
        .and_then(|hex| u32::from_str_radix(hex, 16).ok());
    number.unwrap_or(0).to_be_bytes()
}
