//! Narration: words of the author, with facts in braces to be filled in where they are read. Knows no moment.

use alloc::string::String;
use alloc::sync::Arc;

use super::facts::FactRef;

/// Words of the author, paragraphs separated by an empty line. Inline Markdown is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narration {
    pub(super) pieces: Arc<[NarrationPiece]>,
}

/// A piece of narration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NarrationPiece {
    /// As it stands.
    Words(String),
    /// `{name.fact}`
    Fact(FactRef),
}

impl Narration {
    /// Whether there is something to be filled in.
    #[must_use]
    pub fn has_facts(&self) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| matches!(piece, NarrationPiece::Fact(_)))
    }

    /// The words, with the facts as `value` tells them.
    #[must_use]
    pub fn told(&self, mut value: impl FnMut(FactRef) -> String) -> String {
        let mut words = String::new();
        for piece in &*self.pieces {
            match piece {
                NarrationPiece::Words(piece) => words.push_str(piece),
                NarrationPiece::Fact(fact) => words.push_str(&value(*fact)),
            }
        }
        words
    }
}
