//! `offset-lab run --explain`: the anomalies of a run, each with the causes of its first event.

use std::io;

use offset_lab::Timeline;
use offset_lab::explain::{Anomaly, Sentence, anomalies, why};
use offset_lab::view::frame::LagMark;
use offset_lab::view::why::{Reason, WhyTarget, reason};
use offset_lab::view::{FrameOptions, frame_at};
use offset_lab::world::Cursor;
use serde_json::{Value as Json, json};

use crate::screen::{Emphasis, Screen};

/// What a lag is called that says something else than what is left to do.
const LAG: &str = "lag that lies";
/// Events named of one anomaly at the most.
const EVENTS: usize = 8;

/// The anomalies for people.
pub(crate) fn text(timeline: &Timeline, screen: &mut Screen) -> io::Result<()> {
    let all = anomalies(timeline);
    let lags = lags(timeline);
    if all.is_empty() && lags.is_empty() {
        return screen.line(format_args!("nothing unusual happened"));
    }
    for anomaly in &all {
        let name = anomaly.kind.name();
        screen.line(format_args!(""))?;
        screen.marked(Emphasis::Strong, name, format_args!(": {}", anomaly.text))?;
        screen.line(format_args!("  {}", events(anomaly)))?;
        if let Some(first) = anomaly.events.first() {
            chain(&why(timeline, *first), screen)?;
        }
    }
    for (lag, reason) in &lags {
        screen.line(format_args!(""))?;
        screen.marked(Emphasis::Strong, LAG, format_args!(": {}", lag.text))?;
        chain(&reason.chain, screen)?;
    }
    Ok(())
}

fn chain(links: &[Sentence], screen: &mut Screen) -> io::Result<()> {
    for link in links {
        match link.event {
            Some(event) => screen.line(format_args!("  #{event} {}", link.text))?,
            None => screen.line(format_args!("  {}", link.text))?,
        }
    }
    Ok(())
}

/// The lags at the end that say something else than what is left to do, and why they are what they are.
fn lags(timeline: &Timeline) -> Vec<(LagMark, Reason)> {
    let end = Cursor::at(timeline.len());
    let lags = frame_at(timeline, end, &FrameOptions::default()).lags;
    let why = |lag: LagMark| {
        let reason = reason(
            timeline,
            end,
            &WhyTarget::Fact(lag.target, lag.fact.clone()),
        )?;
        Some((lag, reason))
    };
    lags.into_iter().filter_map(why).collect()
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
    let lag = |(lag, reason): &(LagMark, Reason)| {
        let event = reason.chain.first().and_then(|link| link.event);
        json!({
            "kind": LAG.replace(' ', "_"),
            "text": lag.text,
            "events": event.iter().map(|event| event.0).collect::<Vec<u32>>(),
        })
    };
    let lags = lags(timeline);
    let found = anomalies(timeline);
    found.iter().map(of).chain(lags.iter().map(lag)).collect()
}
