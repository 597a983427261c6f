//! What a link holds beside its text, as bytes: numbers of any size in groups of seven bits, the lowest first. Knows
//! nothing of texts.

use offset_lab::ids::{ActorId, LogId, NodeId, Offset, SetId};
use offset_lab::view::Target;
use offset_lab::world::Cursor;

use super::LinkVersion;
use super::trail::{SAMPLES, Trail};

/// What a link holds beside its text.
pub(super) struct LinkHead {
    pub(super) version: LinkVersion,
    pub(super) cursor: Cursor,
    pub(super) selected: Option<Target>,
    pub(super) trail: Option<Trail>,
}

impl LinkHead {
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let LinkVersion(major, minor, patch) = self.version;
        for part in [major, minor, patch] {
            number(&mut out, part.into());
        }
        number(&mut out, self.cursor.event.into());
        number(&mut out, self.cursor.part);
        let selected = self.selected.and_then(words).unwrap_or([0, 0, 0]);
        number(&mut out, selected[0]);
        if selected[0] > 0 {
            number(&mut out, selected[1]);
            number(&mut out, selected[2]);
        }
        match &self.trail {
            None => number(&mut out, 0),
            Some(trail) => {
                number(&mut out, u64::from(trail.events) + 1);
                out.extend(trail.digest);
                number(&mut out, trail.samples.len() as u64);
                out.extend(&trail.samples);
            }
        }
        out
    }

    pub(super) fn read(bytes: &mut ByteReader<'_>) -> Option<Self> {
        let version = LinkVersion(bytes.small()?, bytes.small()?, bytes.small()?);
        let cursor = Cursor {
            event: bytes.small()?,
            part: bytes.number()?,
        };
        let selected = match bytes.number()? {
            0 => None,
            kind => target([kind, bytes.number()?, bytes.number()?]),
        };
        let trail = match bytes.number()? {
            0 => None,
            events => {
                let digest = bytes.take(4)?.try_into().ok()?;
                let count = usize::try_from(bytes.number()?).ok()?;
                if count > SAMPLES {
                    return None;
                }
                Some(Trail {
                    events: u32::try_from(events - 1).ok()?,
                    digest,
                    samples: bytes.take(count)?.to_vec(),
                })
            }
        };
        Some(Self {
            version,
            cursor,
            selected,
            trail,
        })
    }
}

/// What can be selected as numbers: its kind, and up to two that name it.
fn words(target: Target) -> Option<[u64; 3]> {
    match target {
        Target::Stream(stream) => Some([1, stream.0.into(), 0]),
        Target::Actor(actor) => Some([2, actor.0.into(), 0]),
        Target::Node(node) => Some([3, node.0.into(), 0]),
        Target::Message(stream, offset) => Some([4, stream.0.into(), offset.0]),
        Target::Section(stream, row) => Some([5, stream.0.into(), row.into()]),
        Target::Block(stream, row) => Some([6, stream.0.into(), row.into()]),
        Target::Pending(actor, id) => Some([7, actor.0.into(), id]),
        Target::File(number) => Some([8, number.into(), 0]),
        Target::Set(set) => Some([9, set.0.into(), 0]),
        Target::Look(..) | Target::Window(_) => None,
    }
}

/// A kind that is not known here selects nothing.
fn target([kind, one, two]: [u64; 3]) -> Option<Target> {
    let small = |number: u64| u32::try_from(number).ok();
    Some(match kind {
        1 => Target::Stream(LogId(small(one)?)),
        2 => Target::Actor(ActorId(small(one)?)),
        3 => Target::Node(NodeId(u8::try_from(one).ok()?)),
        4 => Target::Message(LogId(small(one)?), Offset(two)),
        5 => Target::Section(LogId(small(one)?), small(two)?),
        6 => Target::Block(LogId(small(one)?), small(two)?),
        7 => Target::Pending(ActorId(small(one)?), two),
        8 => Target::File(small(one)?),
        9 => Target::Set(SetId(small(one)?)),
        _ => return None,
    })
}

pub(super) fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Bytes that are read one after the other.
pub(super) struct ByteReader<'a>(&'a [u8]);

impl<'a> ByteReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What was not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for group in 0..10 {
            let byte = self.take(1)?[0];
            let bits = u64::from(byte & 0x7f);
            let shifted = bits << (7 * group);
            if shifted >> (7 * group) != bits {
                return None;
            }
            number |= shifted;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }
}
