//! Undo and redo over text and moment together: differences, typing coalesced, bounded. Knows no scenario.

use std::rc::Rc;

use offset_lab::world::Cursor;

/// Edits kept at most.
const DEPTH: usize = 200;
/// Bytes of removed and inserted text kept at most; the oldest edits go first.
const BYTES: usize = 32 * 1024 * 1024;

/// How an edit came about: only typing is coalesced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Keys pressed in the editor.
    Typing,
    /// An action, a fix, a completion, an opened file.
    Whole,
}

/// Where the caret and the moment were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaretPlace {
    /// A byte of the text.
    pub caret: usize,
    /// The moment of the timeline.
    pub cursor: Cursor,
}

/// One edit: at a byte, something was removed and something inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TextEdit {
    at: usize,
    removed: Rc<str>,
    inserted: Rc<str>,
    before: CaretPlace,
    after: CaretPlace,
    kind: EditKind,
}

/// What can be undone and redone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    past: Vec<TextEdit>,
    future: Vec<TextEdit>,
}

impl History {
    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Remembers the way from `old` to `new`. Forgets what could be redone.
    pub fn record(
        &mut self,
        old: &str,
        new: &str,
        before: CaretPlace,
        after: CaretPlace,
        kind: EditKind,
    ) {
        let Some(edit) = difference(old, new, before, after, kind) else {
            return;
        };
        self.future.clear();
        if let Some(last) = self.past.last_mut()
            && kind == EditKind::Typing
            && last.kind == EditKind::Typing
            && join(last, &edit)
        {
            return;
        }
        self.past.push(edit);
        let size = |e: &TextEdit| e.removed.len() + e.inserted.len();
        let mut bytes: usize = self.past.iter().map(size).sum();
        while self.past.len() > DEPTH || (bytes > BYTES && self.past.len() > 1) {
            bytes -= size(&self.past.remove(0));
        }
    }

    /// The text before the last edit, and where caret and moment were.
    pub fn undo(&mut self, text: &str) -> Option<(String, CaretPlace)> {
        let edit = self.past.pop()?;
        let back = splice(text, edit.at, edit.inserted.len(), &edit.removed);
        let place = edit.before;
        self.future.push(edit);
        Some((back, place))
    }

    /// The text after the edit that was undone last.
    pub fn redo(&mut self, text: &str) -> Option<(String, CaretPlace)> {
        let edit = self.future.pop()?;
        let forth = splice(text, edit.at, edit.removed.len(), &edit.inserted);
        let place = edit.after;
        self.past.push(edit);
        Some((forth, place))
    }

    /// Says where the moment came to rest after the last edit, once its run is there.
    pub fn settle(&mut self, cursor: Cursor) {
        if let Some(edit) = self.past.last_mut() {
            edit.after.cursor = cursor;
        }
    }
}

fn splice(text: &str, at: usize, len: usize, with: &str) -> String {
    let mut out = String::with_capacity(text.len() - len + with.len());
    out.push_str(&text[..at]);
    out.push_str(with);
    out.push_str(&text[at + len..]);
    out
}

/// What lies between the common start and the common end of two texts; `None` when they are equal.
fn difference(
    old: &str,
    new: &str,
    before: CaretPlace,
    after: CaretPlace,
    kind: EditKind,
) -> Option<TextEdit> {
    if old == new {
        return None;
    }
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let mut at = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    while !old.is_char_boundary(at) || !new.is_char_boundary(at) {
        at -= 1;
    }
    let most = a.len().min(b.len()) - at;
    let ends = a.iter().rev().zip(b.iter().rev()).take(most);
    let mut tail = ends.take_while(|(x, y)| x == y).count();
    while !old.is_char_boundary(a.len() - tail) || !new.is_char_boundary(b.len() - tail) {
        tail -= 1;
    }
    Some(TextEdit {
        at,
        removed: old[at..a.len() - tail].into(),
        inserted: new[at..b.len() - tail].into(),
        before,
        after,
        kind,
    })
}

/// Joins an edit to the one before it when both are one stretch of typing or of deleting within a line.
fn join(last: &mut TextEdit, next: &TextEdit) -> bool {
    let typed = next.removed.is_empty()
        && last.removed.is_empty()
        && next.at == last.at + last.inserted.len()
        && !next.inserted.contains('\n')
        && !last.inserted.contains('\n');
    if typed {
        last.inserted = [&*last.inserted, &*next.inserted].concat().into();
        last.after = next.after;
        return true;
    }
    // Within what was just typed: a slip mended at once, or an input method that replaces what it composes.
    let within = last.removed.is_empty()
        && next.at >= last.at
        && next.at + next.removed.len() <= last.at + last.inserted.len()
        && !next.removed.is_empty()
        && !next.inserted.contains('\n')
        && !last.inserted.contains('\n');
    if within {
        let at = next.at - last.at;
        last.inserted = splice(&last.inserted, at, next.removed.len(), &next.inserted).into();
        last.after = next.after;
        return true;
    }
    let deleted = next.inserted.is_empty()
        && last.inserted.is_empty()
        && next.at + next.removed.len() == last.at
        && !next.removed.contains('\n');
    if deleted {
        last.removed = [&*next.removed, &*last.removed].concat().into();
        last.at = next.at;
        last.after = next.after;
    }
    deleted
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: CaretPlace = CaretPlace {
        caret: 0,
        cursor: Cursor { event: 0, part: 0 },
    };

    fn typed(history: &mut History, steps: &[&str]) {
        for pair in steps.windows(2) {
            history.record(pair[0], pair[1], HERE, HERE, EditKind::Typing);
        }
    }

    #[test]
    fn a_word_typed_is_one_undo() {
        let mut history = History::default();
        typed(&mut history, &["", "r", "ru", "run"]);
        assert_eq!(history.undo("run").map(|u| u.0).as_deref(), Some(""));
        assert!(!history.can_undo());
        assert_eq!(history.redo("").map(|u| u.0).as_deref(), Some("run"));
    }

    #[test]
    fn what_an_input_method_composes_is_one_undo() {
        let mut history = History::default();
        typed(&mut history, &["a", "ak", "aか", "aかn", "aかん", "a漢"]);
        assert_eq!(history.undo("a漢").map(|u| u.0).as_deref(), Some("a"));
        assert!(!history.can_undo());
        assert_eq!(history.redo("a").map(|u| u.0).as_deref(), Some("a漢"));
    }

    #[test]
    fn a_new_line_ends_a_stretch() {
        let mut history = History::default();
        typed(&mut history, &["", "a", "a\n", "a\nb", "a\nbc"]);
        assert_eq!(history.undo("a\nbc").map(|u| u.0).as_deref(), Some("a\n"));
        assert_eq!(history.undo("a\n").map(|u| u.0).as_deref(), Some("a"));
    }

    #[test]
    fn deleting_backwards_is_one_undo_and_characters_stay_whole() {
        let mut history = History::default();
        typed(&mut history, &["aé😀", "aé", "a"]);
        assert_eq!(history.undo("a").map(|u| u.0).as_deref(), Some("aé😀"));
    }

    #[test]
    fn characters_that_share_bytes_are_not_cut() {
        let mut history = History::default();
        history.record("é", "è", HERE, HERE, EditKind::Whole);
        assert_eq!(history.undo("è").map(|u| u.0).as_deref(), Some("é"));
    }

    #[test]
    fn two_hundred_edits_are_kept() {
        let mut history = History::default();
        let texts: Vec<String> = (0..300).map(|n| n.to_string()).collect();
        for pair in texts.windows(2) {
            history.record(&pair[0], &pair[1], HERE, HERE, EditKind::Whole);
        }
        let mut text = texts[299].clone();
        let mut undone = 0;
        while let Some((back, _)) = history.undo(&text) {
            text = back;
            undone += 1;
        }
        assert_eq!((undone, text.as_str()), (DEPTH, "99"));
    }

    #[test]
    fn a_new_edit_forgets_the_redo() {
        let mut history = History::default();
        typed(&mut history, &["", "a"]);
        history.undo("a");
        typed(&mut history, &["", "b"]);
        assert!(!history.can_redo());
    }
}
