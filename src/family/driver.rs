//! The registry's drivers: each family's half of the simulated world, called by the engine through one enum.

use alloc::string::String;

use super::Family;
#[cfg(feature = "rabbitmq")]
use super::rabbitmq;
#[cfg(feature = "rocketmq")]
use super::rocketmq;
use crate::engine::{Delivery, Host, Portion};
use crate::ids::ActorId;
use crate::language::Scenario;
use crate::language::ast::StatementKind;
use crate::units::SimTime;

/// A family's half of the simulated world: its brokers and programs at work.
#[derive(Clone, Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a run has one, and holds it in place"
)]
pub(crate) enum Driver {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::driver::Driver),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::driver::Driver),
}

/// What a driver puts before itself.
#[derive(Clone, Debug)]
pub(crate) enum Own {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::driver::Own),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::driver::Own),
}

#[cfg(feature = "rabbitmq")]
impl From<rabbitmq::driver::Own> for Own {
    fn from(own: rabbitmq::driver::Own) -> Self {
        Self::RabbitMq(own)
    }
}

#[cfg(feature = "rocketmq")]
impl From<rocketmq::driver::Own> for Own {
    fn from(own: rocketmq::driver::Own) -> Self {
        Self::RocketMq(own)
    }
}

impl Driver {
    /// The driver of a scenario's family.
    pub(crate) fn new(scenario: &Scenario) -> Self {
        match scenario.header.family {
            #[cfg(feature = "rabbitmq")]
            Family::RabbitMq => Self::RabbitMq(rabbitmq::driver::Driver::new(scenario)),
            #[cfg(feature = "rocketmq")]
            Family::RocketMq => Self::RocketMq(rocketmq::driver::Driver::new(scenario)),
        }
    }

    /// Takes the names of another scenario that begins with the same statements.
    pub(crate) fn adopt(&mut self, scenario: &Scenario) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.adopt(scenario),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.adopt(scenario),
        }
    }

    /// Does what a line of the script says.
    pub(crate) fn statement(&mut self, host: &mut Host, statement: &StatementKind) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.statement(host, statement),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.statement(host, statement),
        }
    }

    /// A message reached its receiver.
    pub(crate) fn arrive(&mut self, host: &mut Host, delivery: Delivery) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.arrive(host, delivery),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.arrive(host, delivery),
        }
    }

    /// Does what it had put before itself: at once, or for this moment.
    pub(crate) fn own(&mut self, host: &mut Host, own: Own) {
        match (self, own) {
            #[cfg(feature = "rabbitmq")]
            (Self::RabbitMq(driver), Own::RabbitMq(own)) => driver.own(host, own),
            #[cfg(feature = "rocketmq")]
            (Self::RocketMq(driver), Own::RocketMq(own)) => driver.own(host, own),
            // Two families never meet in a run.
            #[cfg(all(feature = "rabbitmq", feature = "rocketmq"))]
            (Self::RabbitMq(_), Own::RocketMq(_)) | (Self::RocketMq(_), Own::RabbitMq(_)) => {}
        }
    }

    /// A program says or does one thing; false when it has nothing more.
    pub(crate) fn speak(&mut self, host: &mut Host, program: ActorId) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.speak(host, program),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.speak(host, program),
        }
    }

    /// Messages that a program works through are done; answers how many it were.
    pub(crate) fn process(&mut self, host: &mut Host, program: ActorId, portion: Portion) -> u64 {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.process(host, program, portion),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.process(host, program, portion),
        }
    }

    /// One small step of its own at this instant, in its own order; false when there is none.
    pub(crate) fn turn(&mut self, host: &mut Host) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.turn(host),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.turn(host),
        }
    }

    /// When it has something to do of its own accord.
    pub(crate) fn next_moment(&self) -> Option<SimTime> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.next_moment(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.next_moment(),
        }
    }

    /// Whether a run must not end before it has done something of its own accord: what a program is owed, and no
    /// housekeeping.
    pub(crate) fn is_owing(&self) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.is_owing(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.is_owing(),
        }
    }

    /// Whether a run must not end before this program was woken.
    pub(crate) fn owes(&self, program: ActorId) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.owes(program),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.owes(program),
        }
    }

    /// Whether a program has a run.
    pub(crate) fn runs(&self, program: ActorId) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.runs(program),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.runs(program),
        }
    }

    /// Whether the world folded from the trace agrees with its own state.
    ///
    /// # Errors
    ///
    /// The first difference, in words.
    pub(crate) fn audit(&self, host: &Host) -> Result<(), String> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(driver) => driver.audit(host),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(driver) => driver.audit(host),
        }
    }
}
