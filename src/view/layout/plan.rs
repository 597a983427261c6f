//! Who is drawn, and on which lane. What does not fit is left out and counted. Knows no mark.

use alloc::vec::Vec;

use crate::ids::{ActorId, LogId, SetId};
use crate::language::ast::Role;
use crate::trace::What;
use crate::view::frame::FrameOptions;
use crate::view::moment::Moment;
use crate::view::stage::{PicturePart, Target};

/// Lanes drawn at the most.
pub(crate) const LANES: usize = 6;

/// The lanes of the picture.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) groups: Vec<LaneGroup>,
    /// Which streams have lanes.
    pub(crate) streams: Page,
}

/// A stream with its programs.
#[derive(Debug)]
pub(crate) struct LaneGroup {
    pub(crate) stream: LogId,
    pub(crate) producers: Vec<ActorId>,
    pub(crate) producers_page: Page,
    /// Who reads it together with others.
    pub(crate) readers: Vec<ActorId>,
    pub(crate) readers_page: Page,
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
        let family = &moment.world.family;
        let all = family.lanes(moment);
        let focus = focus(moment, &family.homes(moment, &all));
        let at = focus.stream.and_then(|stream| place_of(&all, stream));
        let turned = turned(options, PicturePart::Streams);
        let page = Page::new(all.len(), LANES, at.unwrap_or(0), turned);
        let drawn = &all[page.from..page.to];
        let view = Groups {
            moment,
            options,
            homes: family.homes(moment, drawn),
            focus: focus.actor,
            lanes: drawn.len(),
        };
        let groups = drawn.iter().map(|stream| view.group(*stream)).collect();
        Self {
            groups,
            streams: page,
        }
    }
}

/// Where a part was turned to by hand.
pub(crate) fn turned(options: &FrameOptions, part: PicturePart) -> Option<u64> {
    let found = options.windows.iter().find(|(p, _)| *p == part);
    found.map(|(_, from)| *from)
}

/// What to look at so that a target is in view: windows for `FrameOptions::windows`, the widest part first.
pub(crate) fn ways_to(moment: &Moment<'_>, target: Target) -> Vec<(PicturePart, u64)> {
    let family = &moment.world.family;
    let lanes = family.lanes(moment);
    let (stream, inner) = match target {
        Target::Actor(actor) | Target::Pending(actor, _) => {
            match way_to_program(moment, &lanes, actor)
                .or_else(|| way_to_reader(moment, &lanes, actor))
            {
                Some((stream, part, at)) => (stream, Some((part, place(at)))),
                None => return Vec::new(),
            }
        }
        Target::Message(stream, offset) => {
            // A few cells before it give it company.
            let from = offset.0.saturating_sub(4);
            (stream, Some((PicturePart::Cells(stream), from)))
        }
        Target::Block(stream, row) | Target::Section(stream, row) => {
            let first = moment.world.family.first_of(moment, stream, row);
            let from = first.map(|first| first.0.saturating_sub(1));
            (stream, from.map(|from| (PicturePart::Cells(stream), from)))
        }
        Target::Stream(stream) => (stream, None),
        Target::Set(set) => match first_of_set(moment, set) {
            Some(stream) => (stream, None),
            None => return Vec::new(),
        },
        Target::Node(_) | Target::File(_) | Target::Look(..) | Target::Window(_) => {
            return Vec::new();
        }
    };
    let Some(at) = place_of(&lanes, stream) else {
        return Vec::new();
    };
    let lane = (PicturePart::Streams, place(at));
    core::iter::once(lane).chain(inner).collect()
}

/// The first of streams that were made together.
fn first_of_set(moment: &Moment<'_>, set: SetId) -> Option<LogId> {
    moment
        .scenario()
        .sets
        .get(set.index())?
        .logs
        .first()
        .copied()
}

fn place(at: usize) -> u64 {
    u64::try_from(at).unwrap_or(u64::MAX)
}

fn place_of<T: PartialEq>(all: &[T], one: T) -> Option<usize> {
    all.iter().position(|other| *other == one)
}

/// The lane at which a program is drawn, and its place there.
fn way_to_program(
    moment: &Moment<'_>,
    lanes: &[LogId],
    actor: ActorId,
) -> Option<(LogId, PicturePart, usize)> {
    let homes = moment.world.family.homes(moment, lanes);
    let stream = homes.get(actor.index()).copied().flatten()?;
    let role = moment.scenario().actors[actor.index()].role;
    let part = match role {
        Role::Producer => PicturePart::Producers(stream),
        Role::Consumer => PicturePart::Consumers(stream),
    };
    let at = place_of(&of_role(moment, stream, &homes, role), actor)?;
    Some((stream, part, at))
}

/// The first lane at which someone is drawn who reads several logs.
fn way_to_reader(
    moment: &Moment<'_>,
    lanes: &[LogId],
    actor: ActorId,
) -> Option<(LogId, PicturePart, usize)> {
    let family = &moment.world.family;
    lanes.iter().find_map(|lane| {
        let at = place_of(&family.readers(moment, *lane), actor)?;
        Some((*lane, PicturePart::Readers(*lane), at))
    })
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

/// What decides who is drawn at a lane.
struct Groups<'a> {
    moment: &'a Moment<'a>,
    options: &'a FrameOptions,
    homes: Vec<Option<LogId>>,
    focus: Option<ActorId>,
    /// How many lanes are drawn.
    lanes: usize,
}

impl Groups<'_> {
    fn group(&self, stream: LogId) -> LaneGroup {
        let family = &self.moment.world.family;
        let of_role = |role| of_role(self.moment, stream, &self.homes, role);
        let room = if self.lanes > 2 { 2 } else { 4 };
        let part = PicturePart::Producers(stream);
        let (producers, producers_page) = self.cut(of_role(Role::Producer), part, room, self.focus);
        let room = match self.lanes {
            0 | 1 => 6,
            2 | 3 => 3,
            _ => 2,
        };
        let part = PicturePart::Consumers(stream);
        let (consumers, consumers_page) = self.cut(of_role(Role::Consumer), part, room, self.focus);
        let reader = self.focus.map(|actor| family.reads_for(self.moment, actor));
        let part = PicturePart::Readers(stream);
        let all = family.readers(self.moment, stream);
        let (readers, readers_page) = self.cut(all, part, room, reader);
        LaneGroup {
            stream,
            producers,
            producers_page,
            readers,
            readers_page,
            consumers,
            consumers_page,
        }
    }

    /// Those of all that are drawn.
    fn cut(
        &self,
        all: Vec<ActorId>,
        part: PicturePart,
        room: usize,
        focus: Option<ActorId>,
    ) -> (Vec<ActorId>, Page) {
        let at = focus.and_then(|focus| place_of(&all, focus));
        let page = Page::new(all.len(), room, at.unwrap_or(0), turned(self.options, part));
        (all[page.from..page.to].to_vec(), page)
    }
}
