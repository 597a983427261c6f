//! A form of straight lines, drawn by the commands of an SVG path.

use alloc::vec::Vec;
use core::fmt;

use super::part::Bounds;

/// A command of a path, in absolute units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathCommand {
    /// Goes on from this point.
    MoveTo(i32, i32),
    /// A line to this point.
    LineTo(i32, i32),
    /// A line to this `x`.
    HorizontalTo(i32),
    /// A line to this `y`.
    VerticalTo(i32),
    /// A line back to where the pen was set down.
    Close,
}

/// Lines, in the order in which a pen draws them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline(Vec<PathCommand>);

impl Outline {
    /// Lines that these commands draw.
    #[must_use]
    pub fn new(commands: &[PathCommand]) -> Self {
        Self(commands.to_vec())
    }

    /// Draws on.
    pub fn draw(&mut self, commands: &[PathCommand]) {
        self.0.extend_from_slice(commands);
    }

    /// Whether nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The box around its points.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let (mut xs, mut ys) = (Span::default(), Span::default());
        for command in &self.0 {
            match *command {
                PathCommand::MoveTo(x, y) | PathCommand::LineTo(x, y) => {
                    xs.take(x);
                    ys.take(y);
                }
                PathCommand::HorizontalTo(x) => xs.take(x),
                PathCommand::VerticalTo(y) => ys.take(y),
                PathCommand::Close => {}
            }
        }
        Bounds {
            x: xs.from(),
            y: ys.from(),
            width: xs.length(),
            height: ys.length(),
        }
    }
}

/// The data of an SVG path.
impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for command in &self.0 {
            match command {
                PathCommand::MoveTo(x, y) => write!(f, "M{x} {y}")?,
                PathCommand::LineTo(x, y) => write!(f, "L{x} {y}")?,
                PathCommand::HorizontalTo(x) => write!(f, "H{x}")?,
                PathCommand::VerticalTo(y) => write!(f, "V{y}")?,
                PathCommand::Close => f.write_str("Z")?,
            }
        }
        Ok(())
    }
}

/// The lowest and the highest of some numbers.
#[derive(Clone, Copy, Default)]
struct Span(Option<(i32, i32)>);

impl Span {
    fn take(&mut self, at: i32) {
        let (low, high) = self.0.unwrap_or((at, at));
        self.0 = Some((low.min(at), high.max(at)));
    }

    fn from(self) -> i32 {
        self.0.map_or(0, |(low, _)| low)
    }

    fn length(self) -> i32 {
        self.0.map_or(0, |(low, high)| high.saturating_sub(low))
    }
}
