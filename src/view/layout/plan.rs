//! Who is drawn, and on which lane. What does not fit is left out and counted. Knows no mark.

use alloc::vec::Vec;

use crate::ids::{ActorId, StreamId};
use crate::scenario::ast::{Role, StatementKind};
use crate::trace::What;
use crate::view::frame::FrameOptions;
use crate::view::moment::Moment;
use crate::view::stage::Target;
use crate::world::Program;

/// Lanes drawn at the most.
pub(crate) const LANES: usize = 6;

/// The lanes of the picture.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) groups: Vec<Group>,
    /// Streams that are not drawn: before and behind those that are.
    pub(crate) hidden: (usize, usize),
}

/// A stream with its programs.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) stream: StreamId,
    pub(crate) producers: Vec<ActorId>,
    pub(crate) more_producers: usize,
    pub(crate) consumers: Vec<ActorId>,
    pub(crate) more_consumers: usize,
}

impl Plan {
    /// What is drawn of a moment.
    pub(crate) fn new(moment: &Moment<'_>, options: &FrameOptions) -> Self {
        let homes = homes(moment);
        let focus = focus(moment, options, &homes);
        let streams = moment.scenario().streams.len();
        let (from, to) = page(streams, LANES, focus.stream.map_or(0, StreamId::index));
        let lanes = to - from;
        let groups = (from..to)
            .map(|i| StreamId(u32::try_from(i).unwrap_or(u32::MAX)))
            .map(|stream| group(moment, stream, &homes, focus.actor, lanes))
            .collect();
        Self {
            groups,
            hidden: (from, streams - to),
        }
    }
}

struct Focus {
    stream: Option<StreamId>,
    actor: Option<ActorId>,
}

/// Which stream each program is on: of its run, or of the first statement that names it.
fn homes(moment: &Moment<'_>) -> Vec<Option<StreamId>> {
    let mut homes: Vec<Option<StreamId>> = moment
        .world
        .actors
        .iter()
        .map(|actor| match actor.program.as_ref()? {
            Program::Producer(p) => Some(p.settings.stream),
            Program::Consumer(c) => Some(c.settings.stream),
        })
        .collect();
    let mut missing = homes.iter().filter(|home| home.is_none()).count();
    for statement in &moment.scenario().statements {
        if missing == 0 {
            break;
        }
        let (actor, stream) = if let StatementKind::Producer(p) = &statement.kind {
            (p.producer, p.stream)
        } else if let StatementKind::Consumer(c) = &statement.kind {
            (c.consumer, c.stream)
        } else {
            continue;
        };
        if let Some(home @ None) = homes.get_mut(actor.index()) {
            *home = Some(stream);
            missing -= 1;
        }
    }
    homes
}

/// Whom the picture is about: what is selected, else the latest event.
fn focus(moment: &Moment<'_>, options: &FrameOptions, homes: &[Option<StreamId>]) -> Focus {
    let home = |actor: ActorId| homes.get(actor.index()).copied().flatten();
    let of = |actor: ActorId| Focus {
        stream: home(actor),
        actor: Some(actor),
    };
    match options.selected {
        Some(Target::Actor(actor)) => return of(actor),
        Some(
            Target::Stream(stream)
            | Target::Segment(stream, _)
            | Target::Chunk(stream, _)
            | Target::Message(stream, _),
        ) => {
            let stream = Some(stream).filter(|s| s.index() < moment.world.streams.len());
            return Focus {
                stream,
                actor: None,
            };
        }
        Some(Target::Node(_)) | None => {}
    }
    let latest = moment.backwards().take(64).find_map(|(event, _)| {
        let what: &What = &event.what;
        let actor = what.actor().map(of);
        actor.or_else(|| {
            what.stream().map(|stream| Focus {
                stream: Some(stream),
                actor: None,
            })
        })
    });
    latest.unwrap_or(Focus {
        stream: None,
        actor: None,
    })
}

fn group(
    moment: &Moment<'_>,
    stream: StreamId,
    homes: &[Option<StreamId>],
    focus: Option<ActorId>,
    lanes: usize,
) -> Group {
    let of_role = |role: Role| -> Vec<ActorId> {
        let actors = &moment.scenario().actors;
        (0..actors.len())
            .filter(|i| actors[*i].role == role && homes[*i] == Some(stream))
            .map(|i| ActorId(u32::try_from(i).unwrap_or(u32::MAX)))
            .collect()
    };
    let cut = |all: Vec<ActorId>, room: usize| {
        let at = all.iter().position(|id| Some(*id) == focus).unwrap_or(0);
        let (from, to) = page(all.len(), room, at);
        (all[from..to].to_vec(), all.len() - (to - from))
    };
    let (producers, more_producers) = cut(of_role(Role::Producer), if lanes > 2 { 2 } else { 4 });
    let room = match lanes {
        0 | 1 => 6,
        2 | 3 => 3,
        _ => 2,
    };
    let (consumers, more_consumers) = cut(of_role(Role::Consumer), room);
    Group {
        stream,
        producers,
        more_producers,
        consumers,
        more_consumers,
    }
}

/// The page of at most `room` things of `all` that shows the one at `at`.
fn page(all: usize, room: usize, at: usize) -> (usize, usize) {
    let from = (at / room * room).min(all.saturating_sub(room));
    (from, all.min(from + room))
}
