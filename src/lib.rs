//! Offset Lab's core: a deterministic, in-memory model of stream logs, brokers and clients.
//!
//! Text in, trace out, frames of the trace for whoever shows them. No web, no clock, no randomness, no files.
//!
//! ```
//! use offset_lab::{Run, parse};
//!
//! let parsed = parse(
//!     "stream orders
//!      producer shop on orders
//!      publish shop 100 \"order {n}\"
//!      run
//!      consumer billing on orders from first store every 10 takes 1ms
//!      run until billing.last == 27
//!      crash billing
//!      restart billing
//!      run
//!      expect billing.redelivered == 8",
//! );
//! assert!(parsed.is_ok(), "{:?}", parsed.diagnostics);
//! let timeline = Run::new(&parsed.scenario).complete();
//! assert!(timeline.checks().iter().all(|check| check.passed));
//! // The same on every machine and in every browser.
//! assert_eq!(timeline.digest(), "91e67308059be68f");
//! ```
#![no_std]
#![cfg_attr(
    not(feature = "authoring"),
    allow(
        dead_code,
        unused_variables,
        reason = "the whole library judges what nobody uses"
    )
)]
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
