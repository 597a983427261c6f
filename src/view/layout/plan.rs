//! Who is drawn, and on which lane. What does not fit is left out and counted. Knows no mark.

use alloc::vec::Vec;

use crate::ids::{ActorId, LogId};
use crate::language::ast::Role;
use crate::trace::What;
use crate::view::frame::FrameOptions;
use crate::view::moment::Moment;
use crate::view::stage::{Part, Target};

/// Lanes drawn at the most.
pub(crate) const LANES: usize = 6;

/// The lanes of the picture.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) groups: Vec<Group>,
    /// Which streams have lanes.
    pub(crate) streams: Page,
}

/// A stream with its programs.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) stream: LogId,
    pub(crate) producers: Vec<ActorId>,
    pub(crate) producers_page: Page,
    pub(crate) consumers: Vec<ActorId>,
    pub(crate) consumers_page: Page,
}

/// A piece of a row of things that do not all fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The first that is drawn.
    pub(crate) from: usize,
    /// Behind the last that is drawn.
    pub(crate) to: usize,
    /// How many there are.
    pub(crate) all: usize,
    /// How many fit.
    pub(crate) room: usize,
    /// Whether the user chose this page.
    pub(crate) turned: bool,
}

impl Page {
    /// The page that was turned to, or else the one that shows the thing at `at`.
    fn new(all: usize, room: usize, at: usize, turned: Option<u64>) -> Self {
        let last = all.saturating_sub(room);
        let from = match turned {
            Some(from) => usize::try_from(from).unwrap_or(usize::MAX),
            None => at / room * room,
        };
        let from = from.min(last);
        Self {
            from,
            to: all.min(from + room),
            all,
            room,
            turned: turned.is_some() && all > room,
        }
    }

    /// Whether something is left out.
    pub(crate) const fn is_cut(&self) -> bool {
        self.all > self.room
    }
}

impl Plan {
    /// What is drawn of a moment.
    pub(crate) fn new(moment: &Moment<'_>, options: &FrameOptions) -> Self {
        let homes = moment.world.family.homes(moment);
        let focus = focus(moment, &homes);
        let streams = moment.scenario().streams.len();
        let at = focus.stream.map_or(0, LogId::index);
        let page = Page::new(streams, LANES, at, turned(options, Part::Streams));
        let lanes = page.to - page.from;
        let groups = (page.from..page.to)
            .map(LogId::at)
            .map(|stream| group(moment, options, stream, &homes, focus.actor, lanes))
            .collect();
        Self {
            groups,
            streams: page,
        }
    }
}

/// Where a part was turned to by hand.
pub(crate) fn turned(options: &FrameOptions, part: Part) -> Option<u64> {
    let found = options.windows.iter().find(|(p, _)| *p == part);
    found.map(|(_, from)| *from)
}

/// What to look at so that a target is in view: windows for `FrameOptions::windows`, the widest part first.
pub(crate) fn ways_to(moment: &Moment<'_>, target: Target) -> Vec<(Part, u64)> {
    let homes = moment.world.family.homes(moment);
    let place = |at: usize| u64::try_from(at).unwrap_or(u64::MAX);
    let (stream, inner) = match target {
        Target::Actor(actor) | Target::Pending(actor, _) => {
            let Some(stream) = homes.get(actor.index()).copied().flatten() else {
                return Vec::new();
            };
            let role = moment.scenario().actors[actor.index()].role;
            let all = of_role(moment, stream, &homes, role);
            let at = all.iter().position(|id| *id == actor).map(place);
            let part = match role {
                Role::Producer => Part::Producers(stream),
                Role::Consumer => Part::Consumers(stream),
            };
            (stream, at.map(|at| (part, at)))
        }
        Target::Message(stream, offset) => {
            // A few cells before it give it company.
            let from = offset.0.saturating_sub(4);
            (stream, Some((Part::Cells(stream), from)))
        }
        Target::Block(stream, row) | Target::Section(stream, row) => {
            let first = moment.world.family.first_of(moment, stream, row);
            let from = first.map(|first| first.0.saturating_sub(1));
            (stream, from.map(|from| (Part::Cells(stream), from)))
        }
        Target::Stream(stream) => (stream, None),
        Target::Node(_) | Target::Look(..) | Target::Window(_) => return Vec::new(),
    };
    if stream.index() >= moment.scenario().streams.len() {
        return Vec::new();
    }
    let lane = (Part::Streams, place(stream.index()));
    core::iter::once(lane).chain(inner).collect()
}

struct Focus {
    stream: Option<LogId>,
    actor: Option<ActorId>,
}

/// Whom the picture is about: the latest event.
fn focus(moment: &Moment<'_>, homes: &[Option<LogId>]) -> Focus {
    let of = |actor: ActorId| Focus {
        stream: homes.get(actor.index()).copied().flatten(),
        actor: Some(actor),
    };
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

/// The programs of a stream that have a role.
fn of_role(
    moment: &Moment<'_>,
    stream: LogId,
    homes: &[Option<LogId>],
    role: Role,
) -> Vec<ActorId> {
    let actors = &moment.scenario().actors;
    (0..actors.len())
        .filter(|i| actors[*i].role == role && homes[*i] == Some(stream))
        .map(ActorId::at)
        .collect()
}

fn group(
    moment: &Moment<'_>,
    options: &FrameOptions,
    stream: LogId,
    homes: &[Option<LogId>],
    focus: Option<ActorId>,
    lanes: usize,
) -> Group {
    let cut = |role: Role, part: Part, room: usize| {
        let all = of_role(moment, stream, homes, role);
        let at = all.iter().position(|id| Some(*id) == focus).unwrap_or(0);
        let page = Page::new(all.len(), room, at, turned(options, part));
        (all[page.from..page.to].to_vec(), page)
    };
    let room = if lanes > 2 { 2 } else { 4 };
    let (producers, producers_page) = cut(Role::Producer, Part::Producers(stream), room);
    let room = match lanes {
        0 | 1 => 6,
        2 | 3 => 3,
        _ => 2,
    };
    let (consumers, consumers_page) = cut(Role::Consumer, Part::Consumers(stream), room);
    Group {
        stream,
        producers,
        producers_page,
        consumers,
        consumers_page,
    }
}
