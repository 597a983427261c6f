//! The registry's part about what is shown: which family fills the picture, the tables, the inspectors
//! and what can be done.

use alloc::vec::Vec;

use super::State;
use super::rabbitmq::{acts, inspect, picture, tables};
use crate::ids::{ActorId, LogId, Offset};
use crate::view::acts::{Act, Here, Menu};
use crate::view::frame::{FrameOptions, Inspector, Table};
use crate::view::model::{Consumer, Contents, Lane, Producer, View};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// What a family shows of a moment; the state is that of the moment's world.
impl State {
    /// Everything in tables.
    pub(crate) fn tables(&self, moment: &Moment<'_>, options: &FrameOptions) -> Vec<Table> {
        match self {
            Self::RabbitMq(_) => tables::tables(moment, options),
        }
    }

    /// All facts of a target, with its children from `from` on; `None` when it is not there.
    pub(crate) fn inspect(
        &self,
        moment: &Moment<'_>,
        target: Target,
        from: usize,
    ) -> Option<Inspector> {
        match self {
            Self::RabbitMq(_) => inspect::inspect(moment, target, from),
        }
    }

    /// On which log each program is drawn.
    pub(crate) fn homes(&self, moment: &Moment<'_>) -> Vec<Option<LogId>> {
        match self {
            Self::RabbitMq(_) => picture::homes(moment),
        }
    }

    /// The first offset of a block or of a section of a log, by its row.
    pub(crate) fn first_of(&self, moment: &Moment<'_>, log: LogId, row: u32) -> Option<Offset> {
        match self {
            Self::RabbitMq(_) => picture::first_of(moment, log, row),
        }
    }

    /// The first and the last offset of a log that should be in view, when something speaks for any.
    pub(crate) fn interest(
        &self,
        moment: &Moment<'_>,
        log: LogId,
        selected: Option<ActorId>,
    ) -> Option<(Offset, Offset)> {
        match self {
            Self::RabbitMq(_) => picture::interest::interest(moment, log, selected),
        }
    }

    /// A log as a whole.
    pub(crate) fn lane(&self, moment: &Moment<'_>, log: LogId) -> Lane {
        match self {
            Self::RabbitMq(_) => picture::lane::lane(moment, log),
        }
    }

    /// What a log holds, as far as it is in view.
    pub(crate) fn contents(&self, moment: &Moment<'_>, log: LogId, view: View) -> Contents {
        match self {
            Self::RabbitMq(_) => picture::lane::contents(moment, log, view),
        }
    }

    /// A program that writes; `None` before it was started.
    pub(crate) fn producer(&self, moment: &Moment<'_>, id: ActorId) -> Option<Producer> {
        match self {
            Self::RabbitMq(_) => picture::producer::producer(moment, id),
        }
    }

    /// A program that reads; `None` before it was started.
    pub(crate) fn consumer(&self, moment: &Moment<'_>, id: ActorId) -> Option<Consumer> {
        match self {
            Self::RabbitMq(_) => picture::consumer::consumer(moment, id),
        }
    }

    /// Everything that can be done, by heading.
    pub(crate) fn menus(&self, here: &Here<'_>) -> Vec<Menu> {
        match self {
            Self::RabbitMq(_) => acts::menus(here),
        }
    }

    /// The act that a learner most likely wants.
    pub(crate) fn quick(&self, here: &Here<'_>) -> Option<Act> {
        match self {
            Self::RabbitMq(_) => acts::quick(here),
        }
    }
}
