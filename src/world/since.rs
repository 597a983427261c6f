//! Since when something is as it is: the last event that made it so. Knows no sentence.

use super::World;
use super::timeline::{Cursor, Timeline};

/// Events that are looked at first; then twice as many, and so on: most of what is asked about is young.
pub(crate) const AT_FIRST: u32 = 64;

/// Since when something is as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// This event made it so.
    Event(u32),
    /// Nothing did.
    Ever,
    /// Longer than so many events, which is as far as was looked.
    Long(u64),
}

/// The last of the first `end` events before which something was not so and behind which it is; no more than about
/// `most` of them are looked at. `is_so` is asked with the world behind so many events.
pub(crate) fn since(
    timeline: &Timeline,
    end: u32,
    most: u32,
    is_so: impl Fn(&World, u32) -> bool,
) -> Since {
    let mut left = most.max(AT_FIRST);
    let (mut to, mut width) = (end, AT_FIRST);
    while to > 0 {
        if left == 0 {
            return Since::Long(u64::from(end - to));
        }
        let from = to.saturating_sub(width.min(left));
        let mut world = timeline.world(Cursor::at(from));
        let mut before = is_so(&world, from);
        let mut last = None;
        for event in from..to {
            let trace = timeline.trace();
            world.apply(&trace.events[event as usize], &trace.arenas);
            let after = is_so(&world, event + 1);
            if after && !before {
                last = Some(event);
            }
            before = after;
        }
        if let Some(event) = last {
            return Since::Event(event);
        }
        left -= to - from;
        (to, width) = (from, width.saturating_mul(2));
    }
    Since::Ever
}
