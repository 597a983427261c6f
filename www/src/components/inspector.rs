//! All facts of what is selected, what can be opened from there, and its actions. Must not know what it is.

use std::sync::Arc;

use offset_lab::view::Target;
use offset_lab::view::frame::{CHILDREN, Inspector};
use offset_lab::view::why::WhyTarget;
use yew::prelude::*;

use super::form::ActForm;
use super::pager::{PageOfRows, pager};
use super::why::ask;
use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::Action;
use crate::state::slices::ActingSlice;

/// The inspector, and what can be done with what it shows.
#[inline(never)]
pub(crate) fn inspector(lab: &Lab, inspector: Option<&Inspector>, acting: &ActingSlice) -> Html {
    let Some(inspector) = inspector else {
        return html! { <p class="empty">{ "Select something on the stage or in a table to look into it." }</p> };
    };
    let acts = &acting.acts.about;
    let rows = PageOfRows {
        table: "children",
        things: "parts",
        from: inspector.from,
        shown: inspector.children.len(),
        room: CHILDREN,
        all: inspector.all,
    };
    let open = |target: Target| {
        lab.on(move |event: MouseEvent| {
            // What is listed changes: the focus stays where the next thing appears.
            dom::focus_in_lab(&event, ".table-panel");
            Action::Select(Some(target))
        })
    };
    html! {
        <div class="inspector">
            <div class="inspector-head">
                <h3>{ &inspector.title }</h3>
                { ask(lab, WhyTarget::Thing(inspector.target), &inspector.title, true) }
            </div>
            if !inspector.parents.is_empty() {
                <p class="parents">
                    <span>{ "in" }</span>
                    for (target, name) in inspector.parents.clone() {
                        <button class="link" onclick={open(target)}>{ name }</button>
                    }
                </p>
            }
            <dl class="facts">
                for (name, value) in &inspector.facts {
                    <div><dt>{ name }</dt><dd>{ value }{ ask(lab, WhyTarget::Fact(inspector.target, name.clone()), name, true) }</dd></div>
                }
            </dl>
            if !inspector.children.is_empty() {
                <ul class="children">
                    for (target, name) in inspector.children.clone() {
                        <li>
                            <button class="button small" onclick={open(target)}>{ name }</button>
                        </li>
                    }
                </ul>
                { pager(lab, &rows) }
            }
            if !acts.is_empty() {
                <div class="acts-list">
                    for act in acts {
                        <ActForm key={&*act.name} act={Arc::clone(act)} mistake={acting.mistake.clone()} about=true />
                    }
                </div>
            }
        </div>
    }
}
