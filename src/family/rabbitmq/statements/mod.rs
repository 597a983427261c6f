//! The statements of scripts about streams: forms for the table, and the readers behind them.

mod ast;
mod programs;
mod publish;
mod streams;

pub use ast::{
    Client, ConsumerStatement, FilterSpec, Naming, Policy, PolicyLimits, PolicyStatement,
    ProducerStatement, PublishStatement, Spec, Statement, StreamStatement,
};

use crate::language::authoring::meaning;
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::Form;
use crate::language::statements::{header, life_cycle};

/// How `broker` is written.
pub(in crate::family) static BROKER: Form = Form {
    doc: FormDoc {
        keyword: "broker",
        group: Heading::Header,
        shapes: &["broker rabbitmq-streams [VERSION]"],
        options: header::NODES,
        about: meaning!(
            "The broker, its version (3.10 and later; 4.0 when unset) and its nodes. \
                A version between two that differ behaves as the earlier one."
        ),
        example: meaning!("broker rabbitmq-streams 4.0 nodes 3"),
    },
    read: header::broker,
};

/// The statements about streams and programs at them, in the order of the reference.
pub(in crate::family) static FORMS: &[&[Form]] = &[
    streams::FORMS,
    programs::FORMS,
    life_cycle::FORMS,
    programs::BY_HAND,
    publish::FORMS,
];
