//! Inline Markdown of narration: emphasis, code, links. Must not know where it stands.

use offset_lab::base::split_once;

use crate::effects::node::{Node, tag};
use crate::state::inline_markdown::{Inline, pieces};

/// Paragraphs, separated by an empty line, with their inline marks.
pub(crate) fn markdown(text: &str) -> Node {
    let (mut paragraphs, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (paragraph, behind) = split_once(rest, "\n\n").unwrap_or((rest, ""));
        if !paragraph.trim().is_empty() {
            paragraphs.push(tag!("p").with(inline(paragraph)).into());
        }
        rest = behind;
    }
    Node::Many(paragraphs)
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
