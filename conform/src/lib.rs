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
mod plan;
mod prelude;
mod publishing;
mod repeat;
mod replay;
mod report;
mod search;
mod step;
mod subscribing;
mod transcript;
mod values;

pub use report::{Difference, Outcome, Reason, Report, Verdict};
pub use transcript::Malformed;

/// Replays a transcript. `file` only names it in errors.
///
/// # Errors
/// When the text is not a transcript: what is wrong, in which scenario and step.
pub fn replay(file: &str, text: &str) -> Result<Report, Malformed> {
    let transcript = transcript::parse(file, text)?;
    let scenarios = transcript
        .scenarios
        .iter()
        .map(|scenario| search::scenario(&transcript.rules, scenario))
        .collect();
    Ok(Report {
        case: transcript.case,
        broker: transcript.broker,
        scenarios,
    })
}
