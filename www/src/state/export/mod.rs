//! A run as files that can be taken elsewhere: pictures, words, the trace, the text. Knows no browser.

pub mod markup;
mod trace;

use std::fmt::Write as _;

use offset_lab::view::svg::{self, SvgTheme};
use offset_lab::view::{FrameOptions, Stage, animate, log, scene_of};
use offset_lab::world::{Cursor, Timeline};

pub use trace::trace_json;

use super::AppState;

/// How long an animated picture shows a step.
const STEP_MS: u32 = 700;
/// Steps of an animated picture at most.
pub const MOST_STEPS: u32 = 120;

/// What can be taken elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The scenario.
    Lab,
    /// The picture of the moment.
    Picture(SvgTheme),
    /// The pictures of a span of steps, one after the other.
    Animation(u32, u32),
    /// Everything that happened, a sentence each.
    Transcript,
    /// The same for programs.
    Trace,
}

impl FileKind {
    /// What its file is called, after the scenario.
    #[must_use]
    pub fn file(self, scenario: &str) -> String {
        let end = match self {
            Self::Lab => ".lab",
            Self::Picture(SvgTheme::Light) => ".svg",
            Self::Picture(SvgTheme::Dark) => "-dark.svg",
            Self::Animation(..) => "-steps.svg",
            Self::Transcript => ".txt",
            Self::Trace => ".json",
        };
        [scenario, end].concat()
    }

    /// Its kind, as the web names it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Lab | Self::Transcript => "text/plain;charset=utf-8",
            Self::Picture(_) | Self::Animation(..) => "image/svg+xml",
            Self::Trace => "application/json",
        }
    }
}

impl AppState {
    /// What is in a file; `None` before anything has run.
    #[must_use]
    pub fn export(&self, kind: FileKind) -> Option<String> {
        if kind == FileKind::Lab {
            return Some(self.doc.text.to_string());
        }
        let timeline = self.good.as_ref()?.timeline();
        Some(match kind {
            FileKind::Lab => return None,
            FileKind::Picture(theme) => {
                svg::write(&picture(timeline, self.cursor), theme, svg::STYLES)
            }
            FileKind::Animation(from, to) => animation(timeline, from, to),
            FileKind::Transcript => transcript(timeline),
            FileKind::Trace => trace_json(timeline),
        })
    }
}

/// The picture of a moment as any page has it, whatever is selected and however wide the window is here.
fn picture(timeline: &Timeline, cursor: Cursor) -> Stage {
    let world = timeline.world(cursor);
    scene_of(timeline, cursor, &world, &FrameOptions::default()).stage
}

fn animation(timeline: &Timeline, from: u32, to: u32) -> String {
    let to = to.min(timeline.len());
    let from = from.min(to).max(to.saturating_sub(MOST_STEPS - 1));
    let stages: Vec<Stage> = (from..=to)
        .map(|event| picture(timeline, Cursor::at(event)))
        .collect();
    animate(&stages, STEP_MS, SvgTheme::Light, svg::STYLES)
}

fn transcript(timeline: &Timeline) -> String {
    let mut out = String::new();
    for row in (0..timeline.len()).filter_map(|number| log::row(timeline, number)) {
        let step = row.event + 1;
        let _ = writeln!(out, "{step:>6}  {:>12}  {}", row.time.to_string(), row.text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, open};
    use super::*;
    use crate::state::{Action, Seek};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 3 \"a\\\"b{n}\"\nrun\n";

    #[test]
    fn a_run_is_had_as_files() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let events = state.events();
        assert_eq!(state.export(FileKind::Lab).as_deref(), Some(TEXT));
        let all = |kind| state.export(kind).unwrap_or_default();
        assert!(all(FileKind::Picture(SvgTheme::Dark)).contains("#1c212c"));
        assert!(all(FileKind::Picture(SvgTheme::Light)).starts_with("<svg"));
        let steps = all(FileKind::Animation(2, u32::MAX));
        let shown = steps.matches("<g class=\"step ").count() as u32;
        assert_eq!(shown, events - 1);
        let lines = all(FileKind::Transcript);
        assert_eq!(lines.lines().count() as u32, events);
        assert!(lines.contains("p was handed 3 messages"), "{lines}");
        let trace = all(FileKind::Trace);
        assert_eq!(trace.lines().count() as u32, events + 2);
        assert!(
            trace.starts_with("[\n{\"event\":0,\"time_us\":0,\"cause\":null,\"kind\":\""),
            "{trace}"
        );
        assert!(trace.ends_with("}\n]\n"));
        assert_eq!(
            FileKind::Picture(SvgTheme::Dark).file("own"),
            "own-dark.svg"
        );
    }
}
