//! The picture of a moment: marks in abstract units, laid out here and nowhere else. Reads worlds, never the engine.

mod canvas;
mod cells;
mod consumers;
mod describe;
mod edges;
mod grid;
mod lane;
mod nodes;
mod pager;
mod pins;
mod plan;
mod producers;
mod program;
mod retention;
mod strip;
mod text;
mod window;

use alloc::format;
use alloc::vec::Vec;

use self::canvas::{About, Area, Canvas};
use self::cells::Reader;
pub(crate) use self::cells::message;
use self::grid::Grid;
pub(crate) use self::plan::ways_to;
use self::plan::{Group, Plan};
use self::text::Font;
use super::frame::FrameOptions;
use super::key::Key;
use super::moment::{LogView, Moment};
use super::stage::{Anchor, Lane, Part, Stage, Target};
use crate::explain::words;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::message::{StreamMessage, ToBroker, ToProgram};
use crate::family::rabbitmq::state::StreamState;
use crate::family::{FamilyEvent, Message};
use crate::ids::{ActorId, Offset};
use crate::trace::What;

/// Free space above the first group and below the last.
const EDGE: i32 = 14;
/// Free space between two groups.
const BETWEEN: i32 = 22;

/// What every part of the picture needs to know.
pub(crate) struct Sketch<'a> {
    pub(crate) moment: Moment<'a>,
    pub(crate) options: &'a FrameOptions,
    pub(crate) grid: Grid,
}

/// Lays the picture out.
pub(crate) fn stage(moment: Moment<'_>, options: &FrameOptions) -> Stage {
    let sketch = Sketch {
        moment,
        options,
        grid: Grid::new(options.width),
    };
    let plan = Plan::new(&moment, options);
    let mut canvas = Canvas::default();
    let mut lanes = Vec::new();
    let mut y = EDGE;
    for group in &plan.groups {
        let (lane, end) = draw_group(&sketch, &mut canvas, group, y);
        lanes.push(lane);
        y = end + BETWEEN;
    }
    let streams = (Part::Streams, plan.streams);
    y = match plan.streams.is_cut() {
        true => pager::draw(&mut canvas, sketch.grid, streams, "stream", y) - EDGE / 2,
        false => y - BETWEEN,
    };
    Stage {
        width: sketch.grid.width.unsigned_abs(),
        height: (y + EDGE).unsigned_abs(),
        marks: canvas.marks,
        description: describe::moment(&sketch, &plan),
        lanes,
    }
}

fn draw_group(sketch: &Sketch<'_>, canvas: &mut Canvas, group: &Group, y: i32) -> (Lane, i32) {
    let grid = sketch.grid;
    let log = sketch.moment.log(group.stream);
    let window = window::of(&sketch.moment, sketch.options, grid, &log);
    let y = header(sketch, canvas, &log, y);
    let y = producers::draw(sketch, canvas, group, y);
    let reader = reader(sketch, group).and_then(|id| Reader::new(&sketch.moment, id));
    let lane = lane::Lane {
        sketch,
        log,
        window,
        reader,
        pointed: pointed(sketch, group),
        stems: stems(sketch, group, &window),
    };
    let drawn = lane.draw(canvas, y);
    let y = nodes::draw(sketch, canvas, &log, window, drawn.end);
    let stems = if y == drawn.end {
        drawn.cells_end
    } else {
        y + 4
    };
    let mut y = consumers::draw(sketch, canvas, group, &log, window, (y, stems));
    let mut strip = None;
    if strip::is_needed(&log, grid.cells) {
        if log.is_live() && log.next > log.first {
            strip = Some(strip::draw(sketch, canvas, group, &log, window, y));
        }
        y += strip::height();
    }
    let lane = Lane {
        stream: group.stream,
        x: grid.start(),
        y: drawn.top,
        width: (grid.end() - grid.start()).unsigned_abs(),
        height: (drawn.end - drawn.top).unsigned_abs(),
        pitch: grid.pitch.unsigned_abs(),
        from: window.from,
        cells: grid.cells.unsigned_abs(),
        first: log.first,
        next: log.next,
        strip,
    };
    (lane, y)
}

/// The stream's name and its facts; answers where they end.
fn header(sketch: &Sketch<'_>, canvas: &mut Canvas, log: &LogView<'_>, y: i32) -> i32 {
    let grid = sketch.grid;
    let base = y + 12;
    let width = grid.end() - grid.start();
    let kind = "stream ";
    let kind_width = text::width(kind, Font::Body);
    let name = text::fit(
        sketch.moment.stream_name(log.id),
        Font::Name,
        width / 2 - kind_width,
    );
    let key = Key::stream(log.id, "kind");
    let at = (grid.start() + kind_width + 2, base);
    let name_end = at.0 + text::width(&name, Font::Name);
    let area = Area::new(grid.start() - 5, y - 6, name_end - grid.start() + 10, 24);
    canvas
        .rect(Key::stream(log.id, ""), "hit", area, 5)
        .about(Target::Stream(log.id), describe::stream(sketch, log.id));
    canvas.text(
        key,
        (Font::Body, "muted"),
        (grid.start(), base),
        Anchor::Start,
        kind.trim(),
    );
    canvas.text(
        Key::stream(log.id, "name"),
        (Font::Name, ""),
        at,
        Anchor::Start,
        name,
    );
    let sums = log.log.sums(log.arena);
    if log.stream.state == StreamState::Live {
        let messages = words::count(sums.messages, "message");
        let chunks = words::count(sums.chunks, "chunk");
        let short = format!("{messages} in {chunks}");
        let tracking = match sums.tracking {
            0 => short.clone(),
            n => format!("{short} · {} tracking", words::number(n)),
        };
        let segments = words::count(sums.segments, "segment");
        let bytes = words::count(sums.bytes, "byte");
        let full = format!("{tracking} · {segments} · {bytes}");
        let room = grid.end() - name_end - 16;
        let facts = text::first_fit(&[&full, &tracking, &short, &messages], Font::Body, room);
        let key = Key::stream(log.id, "facts");
        canvas.text(
            key,
            (Font::Body, "muted"),
            (grid.end(), base),
            Anchor::End,
            facts,
        );
    }
    y + 24
}

/// The consumer whose progress colours the lane: the selected one, or the only one.
pub(crate) fn reader(sketch: &Sketch<'_>, group: &Group) -> Option<ActorId> {
    let selected = group
        .consumers
        .iter()
        .find(|id| sketch.options.selected == Some(Target::Actor(**id)));
    match (selected, group.consumers.as_slice()) {
        (Some(id), _) => Some(*id),
        (None, [one]) if !group.consumers_page.is_cut() => Some(*one),
        (None, _) => None,
    }
}

/// Offsets that programs point at.
fn pointed(sketch: &Sketch<'_>, group: &Group) -> Vec<Offset> {
    let moment = &sketch.moment;
    let consumers = group
        .consumers
        .iter()
        .filter_map(|id| moment.world.consumer(*id));
    consumers
        .flat_map(|c| [c.position, moment.facts().stored(c).map(Offset)])
        .flatten()
        .collect()
}

/// Where the flag and the pin of a lane's first consumer go through its captions.
fn stems(sketch: &Sketch<'_>, group: &Group, window: &grid::Window) -> Vec<(i32, i32)> {
    let moment = &sketch.moment;
    let first = group
        .consumers
        .first()
        .filter(|_| moment.world.nodes.len() < 2);
    let Some(c) = first.and_then(|id| moment.world.consumer(*id)) else {
        return Vec::new();
    };
    let place = |offset: Offset| match window.place(offset) {
        grid::Place::At(x) => Some(x),
        grid::Place::Before | grid::Place::Behind => None,
    };
    let flag = c.position.and_then(place).map(|x| (x - 3, x + 10));
    let pin = moment
        .facts()
        .stored(c)
        .and_then(|stored| place(Offset(stored)));
    let pin = pin
        .map(|x| x + sketch.grid.cell / 2)
        .map(|x| (x - 6, x + 6));
    flag.into_iter().chain(pin).collect()
}

impl Sketch<'_> {
    /// Whether the latest event was about a program.
    pub(crate) fn is_active(&self, id: ActorId) -> bool {
        let happened = self.moment.happened();
        happened.is_some_and(|(_, event, _)| event.what.actor() == Some(id))
    }

    /// The offsets that the latest event was about: the first, and the one behind the last.
    pub(crate) fn touched(&self, log: &LogView<'_>) -> Option<(Offset, Offset)> {
        let (_, event, part) = self.moment.happened()?;
        let what = &event.what;
        let row = |row: u32| Some((log.chunk(row).id, log.chunk(row).next()));
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Written { stream, row: r }))
        | What::Family(FamilyEvent::RabbitMq(StreamEvent::Replicated {
            stream, row: r, ..
        })) = what
        {
            return if *stream == log.id { row(*r) } else { None };
        }
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Stored { stream, offset, .. })) =
            what
        {
            let offset = Offset(*offset);
            return (*stream == log.id).then_some((offset, offset.plus(1)));
        }
        let consumer = self.moment.world.consumer(what.actor()?)?;
        if consumer.settings.stream != log.id {
            return None;
        }
        if let What::Sent { message, .. }
        | What::Arrived { message, .. }
        | What::Lost { message, .. } = what
        {
            let Message::RabbitMq(message) = message;
            if let StreamMessage::ToProgram(ToProgram::Deliver { row: r, .. }) = message {
                return row(*r);
            }
            if let StreamMessage::ToBroker(ToBroker::Store { offset }) = message {
                return Some((Offset(*offset), Offset(*offset).plus(1)));
            }
        }
        if let What::Processed { first, count, .. } = what {
            let count = part.map_or(*count, |part| part.min(*count));
            let last = first.plus(count.saturating_sub(1));
            return Some((if part.is_some() { last } else { *first }, last.plus(1)));
        }
        if let What::Skipped { first, count, .. } = what {
            return Some((*first, first.plus(*count)));
        }
        None
    }
}
