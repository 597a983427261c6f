//! Offset Lab's core: a deterministic, in-memory model of stream logs, brokers and clients.
//!
//! Text in, trace out, frames of the trace for whoever shows them. No web, no clock, no randomness, no files.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod act;
pub mod base;
pub mod engine;
pub mod explain;
pub mod family;
pub mod ids;
pub mod language;
pub mod learn;
pub mod lessons;
pub mod limits;
pub mod message;
pub mod trace;
pub mod units;
pub mod view;
pub mod world;

pub use engine::{Progress, Run};
pub use language::{Parsed, Scenario, format, parse};
pub use world::{CheckResult, Cursor, Timeline};
