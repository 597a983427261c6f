//! Replays recorded transcripts of real brokers against the lab's own, request by request, and says
//! where they differ. It uses the public broker and log of the core; it opens no file.
//!
//! A transcript records what a client sent and saw, not how the broker's scheduler cut bursts into
//! batches. So the chunks that its own later `read` and `disk_log` steps show are collected first and
//! fed to the writer as cuts; everything else (offsets, tracking, sizes, confirms, refusals,
//! deliveries) is the broker's own and is compared.

mod arguments;
mod check;
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
mod report;
mod search;
mod settle;
mod step;
mod subscribing;
mod supply;
mod transcript;
mod values;
mod work;

pub use report::{Difference, Outcome, Reason, Report, Undecided, Verdict};
pub use transcript::Malformed;
use work::Work;

/// Replays a transcript. `file` only names it in errors.
///
/// # Errors
/// When the text is not a transcript: what is wrong, in which scenario and step.
pub fn replay(file: &str, text: &str) -> Result<Report, Malformed> {
    within(work::TRANSCRIPT, file, text)
}

/// Replays a transcript whose scenarios may cost so much together.
fn within(mut left: u64, file: &str, text: &str) -> Result<Report, Malformed> {
    let transcript = transcript::parse(file, text)?;
    let scenarios = transcript
        .scenarios
        .iter()
        .map(|scenario| {
            let work = Work::new(left.min(work::SCENARIO));
            let outcome = search::scenario(&transcript.rules, scenario, &work);
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
