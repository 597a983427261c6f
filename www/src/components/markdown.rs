//! Inline Markdown of narration: emphasis, code, links. Must not know where it stands.

use yew::prelude::*;

use crate::state::inline_markdown::{Inline, pieces};

/// Paragraphs, separated by an empty line, with their inline marks.
pub(crate) fn markdown(text: &str) -> Html {
    html! {
        for paragraph in text.split("\n\n").filter(|p| !p.trim().is_empty()) {
            <p>{ for pieces(paragraph).into_iter().map(piece) }</p>
        }
    }
}

/// One line with its inline marks: a title, a message.
pub(crate) fn inline(text: &str) -> Html {
    html! { <>{ for pieces(text).into_iter().map(piece) }</> }
}

fn piece(piece: Inline<'_>) -> Html {
    match piece {
        Inline::Plain(text) => html! { { text.to_owned() } },
        Inline::Emphasis(text) => html! { <em>{ text.to_owned() }</em> },
        Inline::Code(text) => html! { <code>{ text.to_owned() }</code> },
        Inline::Link { text, to } => html! {
            <a href={to.to_owned()} target="_blank" rel="noopener noreferrer">{ text.to_owned() }</a>
        },
    }
}
