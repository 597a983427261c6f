//! `offset-lab run --explain`: the anomalies of a run, each with the causes of its first event.

use std::io::{self, Write};

use offset_lab::Timeline;
use offset_lab::explain::{Anomaly, anomalies, why};
use serde_json::{Value as Json, json};

use crate::output::Out;

/// Events named of one anomaly at the most.
const EVENTS: usize = 8;

/// The anomalies for people.
pub(crate) fn text(timeline: &Timeline, out: &mut Out) -> io::Result<()> {
    let all = anomalies(timeline);
    if all.is_empty() {
        return writeln!(out, "nothing unusual happened");
    }
    for anomaly in &all {
        let name = anomaly.kind.name();
        writeln!(out, "\n\u{1b}[1m{name}\u{1b}[0m: {}", anomaly.text)?;
        writeln!(out, "  {}", events(anomaly))?;
        if let Some(first) = anomaly.events.first() {
            for link in why(timeline, *first) {
                match link.event {
                    Some(event) => writeln!(out, "  #{event} {}", link.text)?,
                    None => writeln!(out, "  {}", link.text)?,
                }
            }
        }
    }
    Ok(())
}

/// `events #3, #9 and 4 more`
fn events(anomaly: &Anomaly) -> String {
    let named = anomaly.events.iter().take(EVENTS);
    let numbers: Vec<String> = named.map(|event| format!("#{event}")).collect();
    let plural = if anomaly.events.len() == 1 { "" } else { "s" };
    let more = match anomaly.events.len().saturating_sub(EVENTS) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!("event{plural} {}{more}", numbers.join(", "))
}

/// The anomalies for programs.
pub(crate) fn json(timeline: &Timeline) -> Json {
    let of = |anomaly: &Anomaly| {
        json!({
            "kind": anomaly.kind,
            "text": anomaly.text,
            "events": anomaly.events,
        })
    };
    anomalies(timeline).iter().map(of).collect()
}
