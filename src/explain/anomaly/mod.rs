//! Named anomalies of a run: what a reader of its trace would point at. Found in one pass; decides nothing.

mod finding;
mod search;

pub use finding::{Anomaly, AnomalyKind, KEPT};
pub(crate) use finding::{Findings, SearchStep};
pub use search::{Search, anomalies};
