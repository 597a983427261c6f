//! Reads narration, line by line, with the facts that it names in braces. Knows no moment and no statement.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::context::Context;
use super::diagnostic::Span;
use super::facts::FactRef;
use super::lexer::lex;
use super::line::{Line, excerpt};
use super::lines::TextLine;
use super::narration::{Narration, NarrationPiece};
use super::statements::fact::fact;

/// Narration on its way to the statement that it belongs to.
#[derive(Debug, Default)]
pub(super) struct Telling {
    pieces: Vec<NarrationPiece>,
    /// The next line starts a paragraph.
    paragraph: bool,
}

impl Telling {
    /// Takes a line of narration, `words` without its `>`.
    pub(super) fn line(&mut self, text: &str, line: TextLine<'_>, words: &str, ctx: &mut Context) {
        if words.is_empty() {
            self.paragraph = true;
            return;
        }
        if !self.pieces.is_empty() {
            self.words(if self.paragraph { "\n\n" } else { " " });
        }
        self.paragraph = false;
        let from = words.as_ptr() as usize - line.text.as_ptr() as usize;
        let mut at = 0;
        while let Some(open) = words[at..].find('{').map(|open| at + open) {
            self.words(&words[at..open]);
            let inner = &words[open + 1..];
            if inner.starts_with('{') {
                self.words("{");
                at = open + 2;
                continue;
            }
            let place = line.start + u32::try_from(from + open).unwrap_or(u32::MAX);
            let Some(end) = inner.find('}') else {
                not_closed(text, line, place, &words[open..], ctx);
                at = words.len();
                break;
            };
            if let Some(fact) = braces(text, line, place, &inner[..end], ctx) {
                self.pieces.push(NarrationPiece::Fact(fact));
            }
            at = open + end + 2;
        }
        self.words(&words[at..]);
    }

    fn words(&mut self, words: &str) {
        if let Some(NarrationPiece::Words(last)) = self.pieces.last_mut() {
            last.push_str(words);
        } else if !words.is_empty() {
            self.pieces.push(NarrationPiece::Words(words.to_string()));
        }
    }

    /// What stands between two blocks parts them.
    pub(super) const fn interrupt(&mut self) {
        self.paragraph = true;
    }

    pub(super) fn take(&mut self) -> Option<Narration> {
        self.paragraph = false;
        let pieces = core::mem::take(&mut self.pieces);
        (!pieces.is_empty()).then(|| Narration {
            pieces: pieces.into(),
        })
    }
}

const SHAPE: &str =
    "a fact is written `{name.fact}`, such as `{c.last}`; a brace itself is written `{{`";

fn not_closed(text: &str, line: TextLine<'_>, place: u32, rest: &str, ctx: &mut Context) {
    let span = Span {
        start: place,
        end: place + u32::try_from(rest.len()).unwrap_or(0),
    };
    let mut reader = Line::new(text, &[], (line.number, line.start), ctx);
    let message = format!("the brace of {} is not closed", excerpt(rest));
    reader.report(span, message, SHAPE.to_string(), None);
}

/// The fact that stands in braces, of which the first is at byte `place`.
fn braces(
    text: &str,
    line: TextLine<'_>,
    place: u32,
    inner: &str,
    ctx: &mut Context,
) -> Option<FactRef> {
    let lexed = lex(inner, place + 1);
    let mut reader = Line::new(text, &lexed.tokens, (line.number, line.start), ctx);
    if lexed.tokens.is_empty() || lexed.comment.is_some() || lexed.unclosed.is_some() {
        let end = place + u32::try_from(inner.len()).unwrap_or(0) + 2;
        let span = Span { start: place, end };
        let message = format!("{} is not a fact", excerpt(inner));
        reader.report(span, message, SHAPE.to_string(), None);
        return None;
    }
    let found = fact(&mut reader).ok()?;
    reader.end().ok()?;
    (!reader.doubtful).then_some(found)
}
