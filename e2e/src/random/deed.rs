//! What a person can do in the app, as data. Places are numbers counted round, so that a deed makes sense in any
//! state. It must not know how it is done.

use std::fmt;

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// Something that a person does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Presses a key while nothing in particular has the focus.
    Press(String),
    /// Clicks the scrubber at so many thousandths of its width.
    Scrub(u32),
    /// Drags along the scrubber, between thousandths of its width.
    DragScrub(u32, u32),
    /// Clicks the number of a row in the list of events.
    Row(u64),
    /// Clicks a time in the console.
    Console(u64),
    /// Clicks the number of a line in the editor.
    Gutter(u64),
    /// Puts the caret into a line and presses the button that runs to it.
    RunToLine(u64),
    /// Plays, then goes to a tenth of the timeline.
    Play(u8),
    /// Chooses a speed, as a power of two.
    Speed(i8),
    /// Opens a menu and presses an act, possible or not, with what is written into its fields first.
    Act {
        /// Which menu.
        menu: u64,
        /// Which of its acts.
        act: u64,
        /// What is written into the fields, from the first on; the others keep their defaults.
        values: Vec<String>,
    },
    /// Presses the act in front of the menus.
    Quick,
    /// Clicks a mark of the picture.
    Mark(u64),
    /// Walks to a mark of the picture with the keyboard and presses Enter.
    MarkByKeys(u64),
    /// Clicks what the inspector opens.
    Child(u64),
    /// Presses an act in the inspector.
    ActThere {
        /// Which of those that are there.
        act: u64,
        /// What is written into the fields.
        values: Vec<String>,
    },
    /// Drags the cells of a lane so many pixels.
    DragLane(u64, i32),
    /// Types keys at a line of the text.
    Type {
        /// Which of the visible lines.
        line: u64,
        /// The keys.
        keys: String,
    },
    /// Writes a line below a line of the text.
    Write {
        /// Which of the visible lines.
        line: u64,
        /// The line below.
        text: String,
    },
    /// Presses a key so many times in the text.
    Keys {
        /// Which of the visible lines.
        line: u64,
        /// The key.
        key: String,
        /// How often.
        times: u8,
    },
    /// Presses the button that mends a problem.
    Fix(u64),
    /// Presses the editor's button.
    Undo,
    /// Presses the editor's button.
    Redo,
    /// Puts another text in place of all.
    Paste(String),
    /// Opens a lesson.
    Lesson(String),
    /// Takes the lesson back as it was written.
    Revert,
    /// Makes the window so large.
    Resize(u32, u32),
    /// Presses the button of the theme.
    Theme,
    /// Chooses a table.
    Tab(u64),
    /// Chooses a side of the left card.
    Side(u64),
    /// Looks at the list of keys.
    Help,
    /// Opens the page anew.
    Reload,
}

impl Deed {
    /// Reads what [`fmt::Display`] writes.
    ///
    /// # Errors
    ///
    /// When the line is no deed.
    pub fn read(line: &str) -> anyhow::Result<Self> {
        serde_json::from_str(line).with_context(|| format!("no deed: {line}"))
    }

    /// Whether it writes key by key, so that texts in between may have run.
    pub(super) fn types(&self) -> bool {
        match self {
            Self::Type { .. } | Self::Keys { .. } | Self::Write { .. } => true,
            Self::Press(key) => key.contains("ontrol"),
            Self::Act { .. } | Self::ActThere { .. } | Self::Quick => false,
            Self::Scrub(_) | Self::DragScrub(..) | Self::Row(_) | Self::Console(_) => false,
            Self::Gutter(_) | Self::RunToLine(_) | Self::Play(_) | Self::Speed(_) => false,
            Self::Mark(_) | Self::MarkByKeys(_) | Self::Child(_) | Self::DragLane(..) => false,
            Self::Fix(_) | Self::Undo | Self::Redo | Self::Paste(_) | Self::Lesson(_) => false,
            Self::Revert | Self::Resize(..) | Self::Theme | Self::Tab(_) | Self::Side(_) => false,
            Self::Help | Self::Reload => false,
        }
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::Deed;
    use crate::random::Dice;

    #[test]
    fn every_deed_can_be_written_down_and_read_back() {
        let mut dice = Dice::new(7);
        for _ in 0..2_000 {
            let deed = Deed::draw(&mut dice);
            assert_eq!(Deed::read(&deed.to_string()).expect("a deed"), deed);
        }
    }
}
