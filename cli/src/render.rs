//! `offset-lab render`: the picture of a moment as a file of its own.

use std::io;
use std::path::Path;

use offset_lab::ids::StatementId;
use offset_lab::view::frame::FrameOptions;
use offset_lab::view::{beats, frame_at, svg};
use offset_lab::{Cursor, Timeline};

use crate::args::PictureTheme;
use crate::drawing::Named;
use crate::escape::Syntax;
use crate::run::simulated;
use crate::screen::{Outcome, Screen};
use crate::source;

/// Which moment is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DrawnMoment {
    /// After so many events.
    Step(u32),
    /// After the statement of this line.
    Line(u32),
    /// Where a page begins: before time first moves, or where the story first pauses.
    Opening,
    /// At the end.
    End,
}

impl DrawnMoment {
    /// What was asked for.
    pub(crate) fn of(step: Option<u32>, line: Option<u32>, opening: bool) -> Self {
        match (step, line) {
            (Some(step), _) => Self::Step(step),
            (None, Some(line)) => Self::Line(line),
            (None, None) if opening => Self::Opening,
            (None, None) => Self::End,
        }
    }

    /// Events that have happened at that moment.
    fn events(self, timeline: &Timeline) -> u32 {
        match self {
            Self::Step(step) => step.min(timeline.len()),
            Self::End => timeline.len(),
            Self::Opening => beats::opening(timeline).event,
            Self::Line(line) => {
                let statements = &timeline.scenario().statements;
                let above = statements.partition_point(|statement| statement.line <= line);
                let last = u32::try_from(above).ok().and_then(|n| n.checked_sub(1));
                // A run that a limit ended has statements without an end.
                last.map_or(0, |last| {
                    timeline.end_of(StatementId(last)).unwrap_or(timeline.len())
                })
            }
        }
    }
}

/// A moment as a picture.
pub(crate) struct Picture {
    /// The file.
    pub(crate) svg: String,
    /// How wide it is, in its own units.
    pub(crate) width: u32,
    /// How high.
    pub(crate) height: u32,
    /// What it shows, for those who do not see it.
    pub(crate) description: String,
}

impl Picture {
    /// Draws a moment.
    pub(crate) fn of(timeline: &Timeline, moment: DrawnMoment, theme: PictureTheme) -> Self {
        let cursor = Cursor::at(moment.events(timeline));
        let stage = frame_at(timeline, cursor, &FrameOptions::default()).stage;
        let theme = match theme {
            PictureTheme::Light => svg::SvgTheme::Light,
            PictureTheme::Dark => svg::SvgTheme::Dark,
        };
        Self {
            svg: svg::write(&stage, theme, svg::STYLES),
            width: stage.width,
            height: stage.height,
            description: stage.description,
        }
    }
}

/// Draws a moment of the scenario in `file` into `output`.
pub(crate) fn render(
    file: &Path,
    moment: DrawnMoment,
    theme: PictureTheme,
    output: &Path,
    screen: &mut Screen,
) -> io::Result<Outcome> {
    let source = match source::read(file) {
        Ok(source) => source,
        Err(message) => {
            screen.problem(&message)?;
            return Ok(Outcome::Bad);
        }
    };
    let (timeline, diagnostics, more) =
        simulated(&source.text, &format!("running {}", source.name), screen);
    let of = Named {
        name: &source.name,
        text: &source.text,
        above: 0,
    };
    screen.diagnostics(of, &diagnostics, more)?;
    let Some(timeline) = timeline.filter(|_| diagnostics.is_empty()) else {
        return Ok(Outcome::Bad);
    };
    let picture = Picture::of(&timeline, moment, theme).svg;
    if output.as_os_str() == "-" {
        screen.document(&picture, Syntax::Xml)?;
    } else if let Err(error) = std::fs::write(output, picture) {
        let reason = source::reason(&error);
        screen.problem(&format!("cannot write {}: {reason}", output.display()))?;
        return Ok(Outcome::Bad);
    }
    Ok(Outcome::Good)
}
