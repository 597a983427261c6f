//! The picture of a moment: marks in abstract units, laid out here and nowhere else. Reads the model that a family
//! fills, never the engine.

mod canvas;
mod consumers;
mod describe;
mod edges;
mod files;
mod grid;
mod header;
mod lane;
mod nodes;
mod pager;
mod pins;
mod plan;
mod producers;
mod program;
mod readers;
mod strip;
pub(crate) mod text;
mod window;

use alloc::vec::Vec;

use self::canvas::Canvas;
use self::grid::{Grid, Window};
use self::lane::LaneDrawing;
use self::pager::Pager;
pub(crate) use self::plan::ways_to;
use self::plan::{LaneGroup, Plan};
use super::frame::FrameOptions;
use super::key::Key;
use super::model::{
    ConsumerModel, Contents, Lane, LogOffsets, LogProgress, LogRequest, ProducerModel, SharedReader,
};
use super::moment::Moment;
use super::stage::{LaneArea, PicturePart, Stage, Target};
use crate::ids::ActorId;

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

/// A lane with the programs above and below it.
pub(crate) struct Scene<'a> {
    pub(crate) sketch: &'a Sketch<'a>,
    pub(crate) group: &'a LaneGroup,
    pub(crate) lane: Lane,
    pub(crate) window: Window,
    pub(crate) contents: Contents,
    /// Those of the group; `None` is one that was not started yet.
    pub(crate) producers: Vec<(ActorId, Option<ProducerModel>)>,
    /// Who reads the log together with others; `None` is one that is not there yet.
    pub(crate) readers: Vec<(ActorId, Option<SharedReader>)>,
    /// Those of the group; `None` is one that was not started yet.
    pub(crate) consumers: Vec<(ActorId, Option<ConsumerModel>)>,
    /// The consumer or reader whose progress colours the lane.
    pub(crate) reader: Option<ActorId>,
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
    let mut scenes = Vec::new();
    let mut y = EDGE;
    for group in &plan.groups {
        let scene = Scene::new(&sketch, group);
        let (lane, end) = scene.draw(&mut canvas, y);
        lanes.push(lane);
        scenes.push(scene);
        y = end + BETWEEN;
    }
    let files = moment.world.family.shared_files(&moment);
    if let Some(files) = &files {
        y = files::draw(&mut canvas, sketch.grid, files, y) + BETWEEN;
    }
    let thing = scenes.first().map_or("", |scene| scene.lane.kind);
    let pager = Pager {
        part: PicturePart::Streams,
        thing,
        y,
    };
    y = match plan.streams.is_cut() {
        true => pager.draw(&mut canvas, sketch.grid, plan.streams) - EDGE / 2,
        false => y - BETWEEN,
    };
    Stage {
        width: sketch.grid.width.unsigned_abs(),
        height: (y + EDGE).unsigned_abs(),
        marks: canvas.marks,
        description: describe::moment(&scenes, files.as_ref(), plan.streams, thing),
        lanes,
    }
}

impl Sketch<'_> {
    /// Whether the latest event was about a program.
    pub(crate) fn is_active(&self, id: ActorId) -> bool {
        let happened = self.moment.happened();
        happened.is_some_and(|(_, event, _)| event.what.actor() == Some(id))
    }
}

impl<'a> Scene<'a> {
    fn new(sketch: &'a Sketch<'a>, group: &'a LaneGroup) -> Self {
        let moment = &sketch.moment;
        let family = &moment.world.family;
        let lane = family.lane(moment, group.stream);
        let window = window::of(sketch, &lane);
        let reader = reader(sketch, group);
        let is_long = strip::is_needed(&lane, sketch.grid.cells);
        let contents = match lane.blank {
            Some(_) => Contents::default(),
            None => {
                let view = LogRequest {
                    offsets: LogOffsets {
                        from: window.from,
                        to: window.to(),
                    },
                    reader,
                    pieces: if is_long { strip::PIECES } else { 0 },
                };
                family.contents(moment, group.stream, view)
            }
        };
        let producers = group.producers.iter();
        let readers = group.readers.iter();
        let consumers = group.consumers.iter();
        Self {
            sketch,
            group,
            lane,
            window,
            contents,
            producers: producers
                .map(|id| (*id, family.producer(moment, *id)))
                .collect(),
            readers: readers
                .map(|id| (*id, family.reader(moment, group.stream, *id)))
                .collect(),
            consumers: consumers
                .map(|id| (*id, family.consumer(moment, *id)))
                .collect(),
            reader,
        }
    }

    /// What everyone has of the log, from the lane down, with the key of its marks.
    pub(crate) fn readings(&self) -> impl Iterator<Item = (ActorId, Key, &LogProgress)> {
        let log = self.lane.id;
        let readers = self.readers.iter().filter_map(move |(id, reader)| {
            let reading = &reader.as_ref()?.reading;
            Some((*id, Key::reader(log, *id, ""), reading))
        });
        let consumers = self.consumers.iter().filter_map(|(id, consumer)| {
            let reading = consumer.as_ref()?.reading.as_ref()?;
            Some((*id, Key::actor(*id, ""), reading))
        });
        readers.chain(consumers)
    }

    /// Draws everything from `y` on; answers where the cells are and where it ends.
    fn draw(&self, canvas: &mut Canvas, y: i32) -> (LaneArea, i32) {
        let (grid, lane) = (self.sketch.grid, &self.lane);
        let y = header::draw(self, canvas, y);
        let y = producers::draw(self, canvas, y);
        let drawn = LaneDrawing::new(self).draw(canvas, y);
        let y = nodes::draw(self, canvas, drawn.end);
        let stems = if y == drawn.end {
            drawn.cells_end
        } else {
            y + 4
        };
        let mut y = readers::draw(self, canvas, y, stems);
        let mut strip = None;
        // The programs below read several logs: what is about this one stands above them.
        let has_readers = !self.group.readers.is_empty();
        if !has_readers {
            y = consumers::draw(self, canvas, y, stems);
        }
        if strip::is_needed(lane, grid.cells) {
            if lane.blank.is_none() {
                strip = Some(strip::draw(self, canvas, y));
            }
            y += strip::height();
        }
        if has_readers {
            y = consumers::draw(self, canvas, y, stems);
        }
        let lane = LaneArea {
            stream: lane.id,
            x: grid.start(),
            y: drawn.top,
            width: (grid.end() - grid.start()).unsigned_abs(),
            height: (drawn.end - drawn.top).unsigned_abs(),
            pitch: grid.pitch.unsigned_abs(),
            from: self.window.from,
            cells: grid.cells.unsigned_abs(),
            first: lane.first,
            next: lane.next,
            strip,
        };
        (lane, y)
    }
}

/// The consumer or reader whose progress colours the lane: the selected one, or the only one.
fn reader(sketch: &Sketch<'_>, group: &LaneGroup) -> Option<ActorId> {
    let (all, page) = match group.readers.is_empty() {
        true => (&group.consumers, group.consumers_page),
        false => (&group.readers, group.readers_page),
    };
    let (moment, family) = (&sketch.moment, &sketch.moment.world.family);
    let selected = all.iter().find(|id| match sketch.options.selected {
        Some(Target::Actor(actor)) if actor.index() < moment.scenario().actors.len() => {
            family.reads_for(moment, actor) == **id
        }
        Some(_) | None => false,
    });
    match (selected, all.as_slice()) {
        (Some(id), _) => Some(*id),
        (None, [one]) if !page.is_cut() => Some(*one),
        (None, _) => None,
    }
}
