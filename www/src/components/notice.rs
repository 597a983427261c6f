//! A message where the eye is. Must not know what it is about.

use yew::prelude::*;

use super::icon::{Icon, Shape};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct NoticeProps {
    /// The message.
    pub(crate) words: Option<AttrValue>,
}

/// The message, until it is put away.
#[component]
pub(crate) fn Notice(props: &NoticeProps) -> Html {
    let lab = use_lab();
    html! {
        <div class="notice-place" role="status">
            if let Some(words) = &props.words {
                <p class="notice">
                    <span>{ words }</span>
                    <button class="button square" aria-label="Put away" onclick={lab.on(|event: MouseEvent| {
                        dom::focus_in_lab(&event, "main");
                        Action::Dismiss
                    })}>
                        <Icon shape={Shape::Close} />
                    </button>
                </p>
            }
        </div>
    }
}
