//! The statements of scripts about RocketMQ: forms for the table, and the readers behind them.

mod ast;
mod broker;
mod groups;
mod publish;
mod topics;

pub use ast::{
    Failure, GroupStart, GroupStatement, Habits, MemberStatement, Mode, PublishStatement,
    ResetStatement, ResetTo, Statement, TopicStatement,
};

pub(in crate::family) use broker::{BROKER, OPTION};

use crate::language::form::Form;
use crate::language::statements::life_cycle;

/// By which word what a group has of a queue is named behind the group's name: `q0`, or `retry`.
pub(in crate::family) fn part_of(queue: &str) -> &str {
    if queue.starts_with("%RETRY%") {
        return "retry";
    }
    queue.rsplit_once('.').map_or(queue, |(_, number)| number)
}

/// The statements about topics and programs at them, in the order of the reference.
pub(in crate::family) static FORMS: &[&[Form]] = &[
    topics::FORMS,
    groups::FORMS,
    life_cycle::FORMS,
    publish::FORMS,
    groups::RESETS,
    broker::FORMS,
];
