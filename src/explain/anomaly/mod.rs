//! Named anomalies of a run: what a reader of its trace would point at. Found in one pass; decides nothing.

mod finding;
mod search;

pub use finding::{Anomaly, KEPT, Kind};
pub(crate) use finding::{Findings, Look};
pub use search::{Search, anomalies};
