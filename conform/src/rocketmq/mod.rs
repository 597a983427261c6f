//! Replays transcripts of RocketMQ: the broker's requests, `mqadmin`, and members as the Java client behaves. The shape
//! of steps stands in `ground-truth/rocketmq/README.md`.

mod broker_steps;
mod check;
mod group_steps;
mod member;
mod member_steps;
mod op;
mod prelude;
mod reading;
mod rebalance;
mod replay;
mod search;
mod step;
mod topic_steps;
mod wire;
mod world;

use serde_json::Value;

use crate::arguments::Budget;
use crate::transcript::Words;
use prelude::Rules;
pub(crate) use search::scenario;
use step::Step;

/// RocketMQ's transcripts.
pub(crate) struct RocketMq;

impl Words for RocketMq {
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
