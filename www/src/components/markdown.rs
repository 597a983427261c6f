//! Inline Markdown of narration: emphasis, code, links. Must not know where it stands.

use crate::effects::node::{Node, tag};
use crate::state::inline_markdown::{Inline, pieces};

/// Paragraphs, separated by an empty line, with their inline marks.
pub(crate) fn markdown(text: &str) -> Node {
    let paragraphs = text.split("\n\n").filter(|p| !p.trim().is_empty());
    paragraphs.map(|p| tag!("p").with(inline(p))).collect()
}

/// One line with its inline marks: a title, a message.
pub(crate) fn inline(text: &str) -> Node {
    pieces(text).into_iter().map(piece).collect()
}

fn piece(piece: Inline<'_>) -> Node {
    match piece {
        Inline::Plain(text) => text.to_owned().into(),
        Inline::Emphasis(text) => tag!("em").with(text.to_owned()).into(),
        Inline::Code(text) => tag!("code").with(text.to_owned()).into(),
        Inline::Link { text, to } => {
            let (target, rel) = ("_blank", "noopener noreferrer");
            let link = tag!("a", "href" = to.to_owned(), "target" = target, "rel" = rel);
            link.with(text.to_owned()).into()
        }
    }
}
