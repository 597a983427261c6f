//! What an empty lab offers to start from. Must not know what is in it.

use offset_lab::lessons::TEMPLATES;
use yew::prelude::*;

use super::markdown::inline;
use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::Action;

/// The ways to begin; each puts its text into the editor, from where undo takes it back.
pub(crate) fn templates(lab: &Lab) -> Html {
    html! {
        <div class="story">
            <h2>{ "An empty lab" }</h2>
            <p>{ "Write the text line by line, or press the buttons under the picture: each writes a line. Or start from one of these:" }</p>
            <ul class="templates">
                for template in TEMPLATES {
                    <li>
                        <button class="button" onclick={lab.on(|event: MouseEvent| {
                            dom::focus_in_lab(&event, "main");
                            Action::Begin(template)
                        })}>{ inline(template.title()) }</button>
                        <span>{ inline(template.summary()) }</span>
                    </li>
                }
            </ul>
        </div>
    }
}
