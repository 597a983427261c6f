//! `offset-lab run --explain`: the anomalies of a run, each with the causes of its first event.

use std::io;

use offset_lab::Timeline;
use offset_lab::explain::{Anomaly, anomalies, why};
use serde_json::{Value as Json, json};

use crate::screen::{Mark, Screen};

/// Events named of one anomaly at the most.
const EVENTS: usize = 8;

/// The anomalies for people.
pub(crate) fn text(timeline: &Timeline, screen: &mut Screen) -> io::Result<()> {
    let all = anomalies(timeline);
    if all.is_empty() {
        return screen.line(format_args!("nothing unusual happened"));
    }
    for anomaly in &all {
        let name = anomaly.kind.name();
        screen.line(format_args!(""))?;
        screen.marked(Mark::Strong, name, format_args!(": {}", anomaly.text))?;
        screen.line(format_args!("  {}", events(anomaly)))?;
        if let Some(first) = anomaly.events.first() {
            for link in why(timeline, *first) {
                match link.event {
                    Some(event) => screen.line(format_args!("  #{event} {}", link.text))?,
                    None => screen.line(format_args!("  {}", link.text))?,
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
        let events: Vec<u32> = anomaly.events.iter().map(|event| event.0).collect();
        json!({
            "kind": anomaly.kind.name().replace(' ', "_"),
            "text": anomaly.text,
            "events": events,
        })
    };
    anomalies(timeline).iter().map(of).collect()
}
