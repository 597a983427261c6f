//! The statements, a file for each heading: forms for the table, and the readers behind them.

pub(super) mod checks;
mod compare;
pub(super) mod faults;
pub(super) mod header;
pub(super) mod programs;
pub(super) mod publish;
pub(super) mod streams;
pub(super) mod time;
