//! The completion at the caret: what could stand there, which of it is chosen, what keys do to it.
//! Knows no element; the candidates are the parser's.

use offset_lab::language::assist::{self, Completion};

use std::rc::Rc;

use super::Action;
use super::document::Document;
use super::keys::Press;

/// In longer texts completion comes by itself only when the typing pauses.
const LONG_TEXT: usize = 16_000;
/// For so long.
const PAUSE_MS: u32 = 150;
/// Candidates shown at most.
const SHOWN: usize = 8;

/// An open completion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Popup {
    /// What could stand at the caret; never empty.
    candidates: Vec<Completion>,
    /// The place of the chosen one.
    chosen: usize,
    /// Whether a key was pressed to open it or to walk in it: then Enter takes.
    asked: bool,
    /// For which text and caret it is.
    doc: Document,
}

/// What a key did to a completion.
pub struct KeyOutcome {
    /// The completion, if it is still open.
    pub popup: Option<Popup>,
    /// What else happens.
    pub action: Option<Action>,
}

impl Popup {
    /// How long to wait for a pause before something comes up by itself: the lines above have to be read for it.
    #[must_use]
    pub const fn patience_ms(text: &str) -> u32 {
        if text.len() > LONG_TEXT { PAUSE_MS } else { 0 }
    }

    /// What comes up by itself while a word is being typed.
    #[must_use]
    pub fn while_typing(text: &Rc<str>, caret: usize) -> Option<Self> {
        let popup = Self::asked_for(text, caret)?;
        (popup.from() < caret).then_some(Self {
            asked: false,
            ..popup
        })
    }

    /// What comes up when it is asked for.
    #[must_use]
    pub fn asked_for(text: &Rc<str>, caret: usize) -> Option<Self> {
        let mut candidates = assist::complete(text, caret);
        candidates.truncate(SHOWN);
        (!candidates.is_empty()).then_some(Self {
            candidates,
            chosen: 0,
            asked: true,
            doc: Document {
                text: Rc::clone(text),
                caret,
            },
        })
    }

    /// What could stand at the caret.
    #[must_use]
    pub fn candidates(&self) -> &[Completion] {
        &self.candidates
    }

    /// The place of the chosen candidate; nothing is chosen in a list that came up by itself.
    #[must_use]
    pub fn choice(&self) -> Option<usize> {
        self.asked.then_some(self.chosen)
    }

    /// Whether it is for this text and this caret.
    #[must_use]
    pub fn fits(&self, doc: &Document) -> bool {
        self.doc == *doc
    }

    /// The first byte that a candidate replaces.
    #[must_use]
    pub fn from(&self) -> usize {
        self.candidates[0].replace.start as usize
    }

    /// What a screen reader is told of it; the choice itself is the text area's active option.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self.asked {
            true => "",
            false => "Completions: Down chooses, Tab takes the first.",
        }
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

    /// What a key does; `None`: it is the text's own. Enter only takes what was asked for or walked to, for it
    /// ends a line; Tab takes from any open list, and leaves the text when there is none.
    #[must_use]
    pub fn key(&self, press: Press<'_>) -> Option<KeyOutcome> {
        if press.ctrl || press.alt || press.shift {
            return None;
        }
        let all = self.candidates.len();
        let walk = |chosen: usize| {
            Some(KeyOutcome {
                popup: Some(Self {
                    chosen,
                    asked: true,
                    ..self.clone()
                }),
                action: None,
            })
        };
        let taken = Some(KeyOutcome {
            popup: None,
            action: self.take(self.chosen),
        });
        match press.key {
            "ArrowDown" if self.asked => walk((self.chosen + 1) % all),
            "ArrowDown" => walk(0),
            "ArrowUp" => walk((self.chosen + all - 1) % all),
            "Escape" => Some(KeyOutcome {
                popup: None,
                action: None,
            }),
            "Tab" => taken,
            "Enter" if self.asked => taken,
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

    fn taken(popup: &Popup, key: &str) -> Option<Action> {
        popup.key(press(key)).and_then(|after| after.action)
    }

    #[test]
    fn a_half_word_is_completed_only_when_someone_chooses() {
        let popup = Popup::while_typing(&"cons".into(), 4).expect("`consumer` goes on from there");
        assert_eq!(popup.choice(), None);
        assert!(
            popup.key(press("Enter")).is_none(),
            "Enter is still a new line"
        );
        let walked = popup
            .key(press("ArrowDown"))
            .and_then(|a| a.popup)
            .expect("open");
        assert_eq!(walked.choice(), Some(0));
        for found in [taken(&popup, "Tab"), taken(&walked, "Enter")] {
            assert!(matches!(
                found,
                Some(Action::Replace {
                    start: 0,
                    end: 4,
                    ..
                })
            ));
        }
    }

    #[test]
    fn a_list_is_for_one_place_of_one_text() {
        let text: Rc<str> = "cons".into();
        let popup = Popup::while_typing(&text, 4).expect("`consumer` goes on from there");
        let doc = |caret| Document {
            text: Rc::clone(&text),
            caret,
        };
        assert!(popup.fits(&doc(4)));
        assert!(!popup.fits(&doc(3)), "the caret has moved");
        assert!(!popup.fits(&Document::new("")));
    }

    #[test]
    fn nothing_comes_up_by_itself_where_no_word_was_begun() {
        assert!(Popup::while_typing(&"".into(), 0).is_none());
        assert!(Popup::asked_for(&"".into(), 0).is_some());
        assert!(Popup::asked_for(&"# note".into(), 6).is_none());
    }
}
