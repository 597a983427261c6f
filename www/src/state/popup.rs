//! The completion at the caret: what could stand there, which of it is chosen, what keys do to it.
//! Knows no element; the candidates are the parser's.

use offset_lab::scenario::assist::{self, Completion};

use super::Action;
use super::keys::Press;

/// In longer texts completion comes only when it is asked for.
const LONG_TEXT: usize = 100_000;
/// Candidates shown at most.
const SHOWN: usize = 8;

/// An open completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Popup {
    /// What could stand at the caret; never empty.
    candidates: Vec<Completion>,
    /// The place of the chosen one.
    chosen: usize,
    /// Whether a key was pressed to open it: then Enter takes without a choice.
    asked: bool,
}

/// What a key did to a completion.
pub struct After {
    /// The completion, if it is still open.
    pub popup: Option<Popup>,
    /// What else happens.
    pub action: Option<Action>,
}

impl Popup {
    /// What comes up by itself while a word is being typed.
    #[must_use]
    pub fn while_typing(text: &str, caret: usize) -> Option<Self> {
        if text.len() > LONG_TEXT {
            return None;
        }
        let popup = Self::asked_for(text, caret)?;
        (popup.from() < caret).then_some(Self {
            asked: false,
            ..popup
        })
    }

    /// What comes up when it is asked for.
    #[must_use]
    pub fn asked_for(text: &str, caret: usize) -> Option<Self> {
        let mut candidates = assist::complete(text, caret);
        candidates.truncate(SHOWN);
        (!candidates.is_empty()).then_some(Self {
            candidates,
            chosen: 0,
            asked: true,
        })
    }

    /// What could stand at the caret.
    #[must_use]
    pub fn candidates(&self) -> &[Completion] {
        &self.candidates
    }

    /// The place of the chosen candidate.
    #[must_use]
    pub const fn chosen(&self) -> usize {
        self.chosen
    }

    /// The first byte that a candidate replaces.
    #[must_use]
    pub fn from(&self) -> usize {
        self.candidates[0].replace.start as usize
    }

    /// The choice in words.
    #[must_use]
    pub fn words(&self) -> String {
        let candidate = &self.candidates[self.chosen];
        let (place, all) = (self.chosen + 1, self.candidates.len());
        format!(
            "{}, completion {place} of {all}. {}",
            candidate.insert, candidate.about
        )
    }

    /// What takes a candidate.
    #[must_use]
    pub fn take(&self, place: usize) -> Option<Action> {
        let candidate = self.candidates.get(place)?;
        Some(Action::Replace {
            start: candidate.replace.start as usize,
            end: candidate.replace.end as usize,
            with: candidate.insert.as_str().into(),
        })
    }

    /// What a key does; `None`: it is the text's own. Tab only takes what was asked for or walked to, so
    /// that it never traps.
    #[must_use]
    pub fn key(&self, press: Press<'_>) -> Option<After> {
        if press.ctrl || press.alt || press.shift {
            return None;
        }
        let all = self.candidates.len();
        let walk = |chosen: usize| {
            Some(After {
                popup: Some(Self {
                    chosen,
                    asked: true,
                    ..self.clone()
                }),
                action: None,
            })
        };
        match press.key {
            "ArrowDown" if self.asked => walk((self.chosen + 1) % all),
            "ArrowDown" => walk(0),
            "ArrowUp" => walk((self.chosen + all - 1) % all),
            "Escape" => Some(After {
                popup: None,
                action: None,
            }),
            "Enter" | "Tab" if self.asked => Some(After {
                popup: None,
                action: self.take(self.chosen),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press {
            key,
            ..Press::default()
        }
    }

    #[test]
    fn a_half_word_is_completed_only_when_someone_chooses() {
        let popup = Popup::while_typing("cons", 4).expect("`consumer` goes on from there");
        assert!(
            popup.key(press("Enter")).is_none(),
            "Enter is still a new line"
        );
        assert!(popup.key(press("Tab")).is_none(), "Tab still leaves");
        let walked = popup
            .key(press("ArrowDown"))
            .and_then(|a| a.popup)
            .expect("open");
        let taken = walked.key(press("Enter")).and_then(|a| a.action);
        assert!(matches!(
            taken,
            Some(Action::Replace {
                start: 0,
                end: 4,
                ..
            })
        ));
    }

    #[test]
    fn nothing_comes_up_by_itself_where_no_word_was_begun() {
        assert!(Popup::while_typing("", 0).is_none());
        assert!(Popup::asked_for("", 0).is_some());
        assert!(Popup::asked_for("# note", 6).is_none());
    }
}
