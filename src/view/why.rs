//! Why something is as it is at a moment: which event made it so, and what led to that. It knows of a thing what
//! its inspector and its row in a table say, and so asks every family the same way.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::frame::FrameOptions;
use super::inspector::inspect;
use super::moment::Moment;
use super::stage::Target;
use crate::explain::english::number;
use crate::explain::{Sentence, why};
use crate::ids::EventId;
use crate::world::since::{Since, since};
use crate::world::{Cursor, Timeline, World};

/// Events that are looked back at for the one that made something so.
const LOOKED_BACK: u32 = 20_000;
/// Rows of a table that cost as much as one thing that is looked into.
const ROWS: usize = 4;

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyTarget {
    /// Something that happened.
    Event(EventId),
    /// All that is known of something.
    Thing(Target),
    /// One fact of something, by the name that its inspector gives it.
    Fact(Target, String),
    /// A cell of a table.
    Cell {
        /// Which table.
        table: &'static str,
        /// The first row that is shown of it.
        from: usize,
        /// The row, from the first that is shown.
        row: usize,
        /// The column.
        column: usize,
    },
}

/// Why it is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What was asked about, in words: `stored of consumer billing is 20`.
    pub about: String,
    /// Since when it is so.
    pub since: String,
    /// The event that made it so, and what led to that; empty when none did.
    pub chain: Vec<Sentence>,
}

/// What is seen of something at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    /// What it is.
    of: String,
    /// What is asked of it, and what that is; `None`: whatever there is.
    fact: Option<(String, String)>,
    /// All that has to stay the same.
    all: Vec<String>,
}

/// Why something is as it is at a moment; `None` when it is not there.
#[must_use]
pub fn reason(timeline: &Timeline, cursor: Cursor, asked: &WhyTarget) -> Option<Reason> {
    if let WhyTarget::Event(event) = asked {
        timeline.trace().get(*event)?;
        return Some(Reason {
            about: format!("what happened at step {}", number(u64::from(event.0) + 1)),
            since: String::new(),
            chain: why(timeline, *event),
        });
    }
    let world = timeline.world(cursor);
    let here = moment(timeline, &world, cursor);
    let look = look_of(&here, asked)?;
    let now = look.at(&here)?;
    let about = match &now.fact {
        Some((name, value)) => format!("{name} of {} is {value}", now.of),
        None => format!("{} is as it is", now.of),
    };
    let (since, chain) = match made_so(&here, &look, &now) {
        Since::Event(event) => (
            format!("It is so since step {}.", number(u64::from(event) + 1)),
            why(timeline, EventId(event)),
        ),
        Since::Ever => ("It has been so from the beginning.".into(), Vec::new()),
        Since::Long(events) => (
            format!("The last {} events did not change it.", number(events)),
            Vec::new(),
        ),
    };
    Some(Reason {
        about,
        since,
        chain,
    })
}

/// Where to look at every moment.
enum Look<'a> {
    Thing(Target),
    Fact(Target, &'a str),
    /// The cell of a column in row number `nth`, from 0, of those about a target.
    Cell {
        table: &'static str,
        from: usize,
        target: Target,
        nth: usize,
        column: usize,
    },
}

impl Look<'_> {
    fn at(&self, moment: &Moment<'_>) -> Option<Seen> {
        match self {
            Self::Thing(target) => {
                let found = inspect(moment, *target, 0)?;
                let facts = found.facts.into_iter();
                Some(Seen {
                    of: found.title,
                    fact: None,
                    all: facts.flat_map(|(name, value)| [name, value]).collect(),
                })
            }
            Self::Fact(target, name) => {
                let found = inspect(moment, *target, 0)?;
                let is_it = |fact: &(String, String)| fact.0 == *name;
                let fact = found.facts.into_iter().find(is_it)?;
                Some(Seen {
                    of: found.title,
                    all: Vec::from([fact.1.clone()]),
                    fact: Some(fact),
                })
            }
            Self::Cell {
                table,
                from,
                target,
                nth,
                column,
            } => {
                let found = table_at(moment, table, *from)?;
                let mut rows = found.rows.into_iter().filter(|row| row.target == *target);
                let cells = rows.nth(*nth)?.cells;
                let (name, value) = (found.columns.get(*column)?, cells.get(*column)?.clone());
                Some(Seen {
                    of: cells.first()?.clone(),
                    fact: Some(((*name).into(), value.clone())),
                    all: Vec::from([value]),
                })
            }
        }
    }

    /// What it costs at one moment, where one thing that is looked into costs 1.
    fn cost(&self, moment: &Moment<'_>) -> u32 {
        let rows = match self {
            Self::Thing(_) | Self::Fact(..) => 0,
            Self::Cell { .. } => {
                let tables = moment.world.family.tables(moment, &FrameOptions::default());
                tables.iter().map(|table| table.rows.len()).sum()
            }
        };
        u32::try_from(1 + rows / ROWS).unwrap_or(u32::MAX)
    }
}

/// Where to look for what is asked about.
fn look_of<'a>(moment: &Moment<'_>, asked: &'a WhyTarget) -> Option<Look<'a>> {
    match asked {
        WhyTarget::Event(_) => None,
        WhyTarget::Thing(target) => Some(Look::Thing(*target)),
        WhyTarget::Fact(target, name) => Some(Look::Fact(*target, name)),
        WhyTarget::Cell {
            table,
            from,
            row,
            column,
        } => {
            let found = table_at(moment, table, *from)?;
            let target = found.rows.get(*row)?.target;
            let before = found.rows.iter().take(*row);
            Some(Look::Cell {
                table,
                from: *from,
                target,
                nth: before.filter(|row| row.target == target).count(),
                column: *column,
            })
        }
    }
}

fn table_at(moment: &Moment<'_>, table: &'static str, from: usize) -> Option<super::frame::Table> {
    let options = FrameOptions {
        tables: Vec::from([(table, from)]),
        ..FrameOptions::default()
    };
    let tables = moment.world.family.tables(moment, &options);
    tables.into_iter().find(|found| found.id == table)
}

const fn moment<'a>(timeline: &'a Timeline, world: &'a World, cursor: Cursor) -> Moment<'a> {
    Moment {
        timeline,
        world,
        cursor,
    }
}

/// The last event up to a moment that changed what is seen there into what it is now.
fn made_so(here: &Moment<'_>, look: &Look<'_>, now: &Seen) -> Since {
    let (timeline, cursor) = (here.timeline, here.cursor);
    let at = |world: &World, event: u32| look.at(&moment(timeline, world, Cursor::at(event)));
    let is_now = |seen: &Option<Seen>| seen.as_ref().is_some_and(|seen| seen.all == now.all);
    if cursor.part > 0 {
        let world = timeline.world(Cursor::at(cursor.event));
        if !is_now(&at(&world, cursor.event)) {
            return Since::Event(cursor.event);
        }
    }
    let most = LOOKED_BACK / look.cost(here);
    since(timeline, cursor.event, most, |world, event| {
        is_now(&at(world, event))
    })
}
