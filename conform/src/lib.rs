//! Replays recorded transcripts of real brokers against the lab's own, request by request, and says
//! where they differ. It uses the public brokers of the core; it opens no file. Which family's broker it is
//! follows from the transcript's own `broker`.

mod arguments;
mod rabbitmq;
mod report;
mod rocketmq;
mod transcript;
mod values;
mod work;

use rabbitmq::RabbitMq;
pub use report::{Difference, Outcome, Reason, Report, Undecided, Verdict};
use rocketmq::RocketMq;
pub use transcript::Malformed;
use transcript::{Root, Scenario, Words};
use work::Work;

/// Replays a transcript. `file` only names it in errors.
///
/// # Errors
/// When the text is not a transcript: what is wrong, in which scenario and step.
pub fn replay(file: &str, text: &str) -> Result<Report, Malformed> {
    within(work::TRANSCRIPT, file, text)
}

/// Replays a transcript whose scenarios may cost so much together.
fn within(left: u64, file: &str, text: &str) -> Result<Report, Malformed> {
    let root = transcript::root(file, text)?;
    if root.is_of("RocketMQ") {
        each::<RocketMq>(&root, left, rocketmq::scenario)
    } else {
        each::<RabbitMq>(&root, left, rabbitmq::scenario)
    }
}

/// How a family replays a scenario.
type Replay<W> = fn(&<W as Words>::Rules, &Scenario<<W as Words>::Step>, &Work) -> Outcome;

fn each<W: Words>(root: &Root, mut left: u64, replay: Replay<W>) -> Result<Report, Malformed> {
    let transcript = transcript::parse::<W>(root)?;
    let scenarios = transcript
        .scenarios
        .iter()
        .map(|scenario| {
            let work = Work::new(left.min(work::SCENARIO));
            let outcome = replay(&transcript.rules, scenario, &work);
            left -= work.spent();
            outcome
        })
        .collect();
    Ok(Report {
        case: transcript.case,
        broker: transcript.broker,
        scenarios,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scenarios_of_one_transcript_share_a_budget() {
        let scenario = r#"{"id": "s", "steps": [{"op": "create", "stream": "s", "args": {}, "observed": "ok"}]}"#;
        let many = [scenario; 3].join(",");
        let text = format!(r#"{{"broker": "RabbitMQ 4.0.5", "scenarios": [{many}]}}"#);
        let report = within(20, "x.json", &text).expect("a transcript");
        let said: Vec<String> = report.scenarios.iter().map(ToString::to_string).collect();
        let spent =
            "undecided s: the search used up its budget before one schedule came to its end";
        assert_eq!(said, ["match    s", spent, spent]);
    }
}
