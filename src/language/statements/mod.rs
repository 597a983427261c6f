//! The statements that scripts of every family have, a file for each heading: forms for the table, and the
//! readers behind them.

pub(super) mod checks;
pub(super) mod compare;
pub(super) mod exercises;
pub(super) mod fact;
pub(super) mod faults;
pub(crate) mod header;
pub(crate) mod life_cycle;
pub(super) mod time;
