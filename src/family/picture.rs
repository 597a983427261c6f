//! The registry's part about what is shown: which family fills the picture, the tables, the inspectors
//! and what can be done.

use alloc::vec::Vec;

use super::State;
#[cfg(feature = "rabbitmq")]
use super::rabbitmq;
#[cfg(feature = "rocketmq")]
use super::rocketmq;
use crate::ids::{ActorId, LogId, Offset};
use crate::view::acts::{Act, Here, Menu};
use crate::view::frame::{FrameOptions, Inspector, Table};
use crate::view::model::{
    ConsumerModel, Contents, Lane, LogRequest, ProducerModel, SharedFiles, SharedReader,
};
use crate::view::moment::Moment;
use crate::view::stage::Target;
#[cfg(feature = "rabbitmq")]
use crate::view::tables::all_of;

/// What a family shows of a moment; the state is that of the moment's world.
impl State {
    /// Everything in tables.
    pub(crate) fn tables(&self, moment: &Moment<'_>, options: &FrameOptions) -> Vec<Table> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::tables::tables(moment, options),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::tables::tables(moment, options),
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
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::inspect::inspect(moment, target, from),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::inspect::inspect(moment, target, from),
        }
    }

    /// Which logs are drawn, in their order: the same at every moment of a run.
    pub(crate) fn lanes(&self, moment: &Moment<'_>) -> Vec<LogId> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => all_of(&moment.scenario().streams, LogId::at),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::cast::lanes(moment),
        }
    }

    /// Who reads a log together with other logs: the same at every moment of a run.
    pub(crate) fn readers(&self, moment: &Moment<'_>, log: LogId) -> Vec<ActorId> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => Vec::new(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::cast::readers(moment, log),
        }
    }

    /// What one of them has of the log; `None` before it was there.
    pub(crate) fn reader(
        &self,
        moment: &Moment<'_>,
        log: LogId,
        of: ActorId,
    ) -> Option<SharedReader> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::progress::reader(moment, log, of),
        }
    }

    /// Whose offsets a program moves: its own, or those of whom it reads for.
    pub(crate) fn reads_for(&self, moment: &Moment<'_>, program: ActorId) -> ActorId {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => program,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::cast::reads_for(moment, program),
        }
    }

    /// The files that all logs share, when they share some.
    pub(crate) fn shared_files(&self, moment: &Moment<'_>) -> Option<SharedFiles> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => Some(rocketmq::picture::commit_log::shared_files(moment)),
        }
    }

    /// At which log each program is drawn, when these are drawn.
    pub(crate) fn homes(&self, moment: &Moment<'_>, drawn: &[LogId]) -> Vec<Option<LogId>> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::picture::homes(moment),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::cast::homes(moment, drawn),
        }
    }

    /// The first offset of a block or of a section of a log, by its row.
    pub(crate) fn first_of(&self, moment: &Moment<'_>, log: LogId, row: u32) -> Option<Offset> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::picture::first_of(moment, log, row),
            // Its blocks are files, which no lane owns.
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
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
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::picture::interest::interest(moment, log, selected),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::interest::interest(moment, log, selected),
        }
    }

    /// A log as a whole.
    pub(crate) fn lane(&self, moment: &Moment<'_>, log: LogId) -> Lane {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::picture::lane::lane(moment, log),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::lane::lane(moment, log),
        }
    }

    /// What a log holds, as far as it is in view.
    pub(crate) fn contents(&self, moment: &Moment<'_>, log: LogId, view: LogRequest) -> Contents {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::picture::lane::contents(moment, log, view),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::lane::contents(moment, log, view),
        }
    }

    /// A program that writes; `None` before it was started.
    pub(crate) fn producer(&self, moment: &Moment<'_>, id: ActorId) -> Option<ProducerModel> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::picture::producer::producer(moment, id),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::producer::producer(moment, id),
        }
    }

    /// A program that reads; `None` before it was started.
    pub(crate) fn consumer(&self, moment: &Moment<'_>, id: ActorId) -> Option<ConsumerModel> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::picture::consumer::consumer(moment, id),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::picture::member::consumer(moment, id),
        }
    }

    /// Everything that can be done, by heading.
    pub(crate) fn menus(&self, here: &Here<'_>) -> Vec<Menu> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::acts::menus(here),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::acts::menus(here),
        }
    }

    /// The act that a learner most likely wants.
    pub(crate) fn quick(&self, here: &Here<'_>) -> Option<Act> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => rabbitmq::acts::quick(here),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => rocketmq::acts::quick(here),
        }
    }
}
