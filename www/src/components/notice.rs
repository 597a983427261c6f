//! A message where the eye is. Must not know what it is about.

use yew::prelude::*;

use super::icon::{Shape, icon};
use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::Action;

/// The message, until it is put away.
pub(crate) fn notice(lab: &Lab, words: Option<&str>) -> Html {
    html! {
        <div class="notice-place" role="status">
            if let Some(words) = words {
                <p class="notice">
                    <span>{ words }</span>
                    <button class="button square" aria-label="Put away" onclick={lab.on(|event: MouseEvent| {
                        dom::focus_in_lab(&event, "main");
                        Action::Dismiss
                    })}>
                        { icon(Shape::Close) }
                    </button>
                </p>
            }
        </div>
    }
}
