//! The keys of the app as a table: what the help lists is exactly what works. Knows no browser event.

use super::action::Action;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyCommand {
    /// Play to the next pause of the story.
    Continue,
    /// Play, or pause.
    PlayPause,
    /// One step forward.
    Forward,
    /// One step back.
    Back,
    /// Ten steps forward.
    TenForward,
    /// Ten steps back.
    TenBack,
    /// The next chapter.
    NextChapter,
    /// The chapter before.
    PreviousChapter,
    /// The start.
    First,
    /// The end.
    Last,
    /// A tenth of the timeline, 0 to 9.
    Tenth(u8),
    /// One step forward, into a range however long.
    Into,
    /// Explain what is selected, or what happened last.
    Why,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// The list of keys.
    Help,
}

/// A row of the help.
pub struct KeyHelp {
    /// The keys as printed.
    pub keys: &'static str,
    /// What they do.
    pub does: &'static str,
}

/// The keys of the timeline.
pub const KEYS: &[KeyHelp] = &[
    help("Enter", "continue to the next beat of the story"),
    help("Space", "play or pause"),
    help("← →", "one step back or forward"),
    help("Shift+← Shift+→", "ten steps"),
    help("[ ]", "chapter before, next chapter"),
    help("Home End", "first, last"),
    help("0 – 9", "a tenth of the timeline"),
    help("Alt+→", "step into a long range, message by message"),
    help(
        "w",
        "why: what led to what is selected, or to what just happened",
    ),
    help("Ctrl+Z", "undo (⌘Z)"),
    help("Shift+Ctrl+Z", "redo (⇧⌘Z)"),
    help("?", "this list"),
];

/// The keys that only the text has.
pub const EDITOR_KEYS: &[KeyHelp] = &[
    help("Ctrl+Space", "complete the word"),
    help("Ctrl+.", "mend the problem at the caret, or the next one"),
    help("Ctrl+Enter", "run to the line of the caret"),
];

/// The keys that a mark of the stage has in place of the timeline's.
pub const STAGE_KEYS: &[KeyHelp] = &[
    help(
        "← →",
        "the mark before or behind it in its row; cells go on behind the window",
    ),
    help("↑ ↓", "the nearest mark above or below it"),
    help(
        "Home End",
        "the first or last of its row; of cells: of the stream",
    ),
    help("Enter Space", "look into it"),
    help("w", "why it is as it is"),
    help("Esc", "look into nothing, and back to the stage"),
];

/// The keys of the window on a whole stream.
pub const WINDOW_KEYS: &[KeyHelp] = &[
    help("← →", "a third of the window back or on"),
    help("PgUp PgDn", "a window back or on"),
    help("Home End", "to the first offset, to the newest"),
];

const fn help(keys: &'static str, does: &'static str) -> KeyHelp {
    KeyHelp { keys, does }
}

/// A key press, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Press<'a> {
    /// The browser's name of the key.
    pub key: &'a str,
    /// Ctrl or Cmd.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// What has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A place for text: all keys but undo and redo are its own.
    Text,
    /// A control with keys of its own (a list, the speed, a row of tabs): only the keys that it does not know are ours.
    Control,
    /// A button: Space presses it.
    Button,
    /// Anything else.
    Other,
}

/// What a key press means there; `None`: it is not ours.
#[must_use]
pub fn command(press: Press<'_>, focus: Focus) -> Option<KeyCommand> {
    let Press {
        key,
        ctrl,
        shift,
        alt,
    } = press;
    if ctrl {
        return match (key, shift, alt) {
            ("z" | "Z", false, false) => Some(KeyCommand::Undo),
            ("z" | "Z", true, false) => Some(KeyCommand::Redo),
            _ => None,
        };
    }
    if focus == Focus::Text {
        return None;
    }
    if alt {
        return (key == "ArrowRight" && !shift).then_some(KeyCommand::Into);
    }
    let digit = key.bytes().next().filter(u8::is_ascii_digit);
    let digit = digit.filter(|_| key.len() == 1 && !shift);
    let digit = digit.map(|digit| digit - b'0');
    let found = match key {
        "Enter" if !shift => KeyCommand::Continue,
        " " => KeyCommand::PlayPause,
        "ArrowRight" if shift => KeyCommand::TenForward,
        "ArrowLeft" if shift => KeyCommand::TenBack,
        "ArrowRight" => KeyCommand::Forward,
        "ArrowLeft" => KeyCommand::Back,
        "Home" => KeyCommand::First,
        "End" => KeyCommand::Last,
        "]" => KeyCommand::NextChapter,
        "[" => KeyCommand::PreviousChapter,
        "w" => KeyCommand::Why,
        "?" => KeyCommand::Help,
        _ => KeyCommand::Tenth(digit?),
    };
    let own = match focus {
        Focus::Button => matches!(found, KeyCommand::PlayPause | KeyCommand::Continue),
        Focus::Control => !matches!(
            found,
            KeyCommand::NextChapter | KeyCommand::PreviousChapter | KeyCommand::Help
        ),
        Focus::Text | Focus::Other => false,
    };
    (!own).then_some(found)
}

impl KeyCommand {
    /// Whether it moves through time and does nothing else.
    #[must_use]
    pub const fn is_of_time(self) -> bool {
        match self {
            Self::PlayPause
            | Self::Forward
            | Self::Back
            | Self::TenForward
            | Self::TenBack
            | Self::NextChapter
            | Self::PreviousChapter
            | Self::First
            | Self::Last
            | Self::Continue
            | Self::Tenth(_)
            | Self::Into => true,
            Self::Why | Self::Undo | Self::Redo | Self::Help => false,
        }
    }

    /// The action that it is.
    #[must_use]
    pub fn action(self) -> Action {
        use super::action::Seek;
        match self {
            Self::Continue => Action::Continue,
            Self::PlayPause => Action::PlayPause,
            Self::Forward => Action::Seek(Seek::Steps(1)),
            Self::Back => Action::Seek(Seek::Steps(-1)),
            Self::TenForward => Action::Seek(Seek::Steps(10)),
            Self::TenBack => Action::Seek(Seek::Steps(-10)),
            Self::NextChapter => Action::Seek(Seek::NextChapter),
            Self::PreviousChapter => Action::Seek(Seek::PreviousChapter),
            Self::First => Action::Seek(Seek::First),
            Self::Last => Action::Seek(Seek::Last),
            Self::Tenth(n) => Action::Seek(Seek::Tenth(n)),
            Self::Into => Action::Seek(Seek::Into),
            Self::Why => Action::Why(None),
            Self::Undo => Action::Undo,
            Self::Redo => Action::Redo,
            Self::Help => Action::ToggleHelp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(key: &str) -> Press<'_> {
        Press {
            key,
            ..Press::default()
        }
    }

    #[test]
    fn a_text_keeps_its_keys_and_a_button_its_space() {
        assert_eq!(command(plain(" "), Focus::Text), None);
        assert_eq!(command(plain(" "), Focus::Button), None);
        assert_eq!(
            command(plain(" "), Focus::Other),
            Some(KeyCommand::PlayPause)
        );
        assert_eq!(command(plain("Enter"), Focus::Button), None);
        assert_eq!(command(plain("Enter"), Focus::Text), None);
        assert_eq!(
            command(plain("Enter"), Focus::Other),
            Some(KeyCommand::Continue)
        );
        assert_eq!(command(plain("ArrowLeft"), Focus::Control), None);
        assert_eq!(
            command(plain("7"), Focus::Other),
            Some(KeyCommand::Tenth(7))
        );
        assert_eq!(command(plain("F5"), Focus::Other), None);
        assert_eq!(command(plain("a"), Focus::Other), None);
    }

    #[test]
    fn undo_is_ours_everywhere_and_other_browser_keys_are_not() {
        let ctrl = |key| Press {
            ctrl: true,
            ..plain(key)
        };
        assert_eq!(command(ctrl("z"), Focus::Text), Some(KeyCommand::Undo));
        let redo = Press {
            shift: true,
            ..ctrl("Z")
        };
        assert_eq!(command(redo, Focus::Other), Some(KeyCommand::Redo));
        assert_eq!(command(ctrl("r"), Focus::Other), None);
        let alt_left = Press {
            alt: true,
            ..plain("ArrowLeft")
        };
        assert_eq!(command(alt_left, Focus::Other), None, "the browser's own");
    }
}
