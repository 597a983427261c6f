//! Replays transcripts of RabbitMQ's stream protocol.
//!
//! A transcript records what a client sent and saw, not how the broker's scheduler cut bursts into
//! batches. So the chunks that its own later `read` and `disk_log` steps show are collected first and
//! fed to the writer as cuts; everything else (offsets, tracking, sizes, confirms, refusals,
//! deliveries) is the broker's own and is compared.

mod check;
mod copy_cost;
mod create_arguments;
mod cut;
mod effects;
mod ends;
mod observe;
mod op;
mod plan;
mod prelude;
mod publishing;
mod repeat;
mod replay;
mod search;
mod settle;
mod step;
mod subscribing;
mod supply;

use serde_json::Value;

use crate::arguments::Budget;
use crate::transcript::Words;
use prelude::Rules;
pub(crate) use search::scenario;
use step::Step;

/// RabbitMQ's transcripts.
pub(crate) struct RabbitMq;

impl Words for RabbitMq {
    type Rules = Rules;
    type Step = Step;

    fn rules(version: &str) -> Option<Rules> {
        Rules::parse(version)
    }

    fn steps(steps: &[Value]) -> Result<Vec<Step>, (usize, String)> {
        let mut budget = Budget::default();
        let numbered = (1..).zip(steps);
        let read = numbered.map(|(number, value)| {
            step::parse(value, &mut budget).map_err(|problem| (number, problem))
        });
        read.collect()
    }
}
