//! The row of actions below the stage: each writes a line at the moment shown. Must not know what is possible.

use std::sync::Arc;

use yew::prelude::*;

use super::form::ActForm;
use super::icon::{Shape, icon};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::slices::ActingSlice;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ActionsProps {
    /// What can be done, and the menu that is open.
    pub(crate) acting: ActingSlice,
}

/// The row.
#[component]
pub(crate) fn Actions(props: &ActionsProps) -> Html {
    let lab = use_lab();
    let ActingSlice {
        acts,
        menu: open,
        refused,
        mistake,
    } = &props.acting;
    let open = *open;
    let chosen = acts.menus.iter().find(|menu| Some(menu.name) == open);
    let escape = {
        let lab = lab.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && open.is_some() {
                event.prevent_default();
                event.stop_propagation();
                // The fields go with the menu: the focus stays at its button.
                dom::focus_in_lab(&event, ".actions [aria-expanded=true]");
                lab.send(Action::Menu(None));
            }
        })
    };
    html! {
        <div class="actions" role="group" aria-label="Do something now" onkeydown={escape}>
            <div class="row">
                <span class="do">{ "Do:" }</span>
                for quick in &acts.quick {
                    <ActForm key="quick" act={Arc::clone(quick)} mistake={mistake.clone()} />
                }
                for menu in &acts.menus {
                    <button class="button small" aria-expanded={(open == Some(menu.name)).to_string()}
                        aria-controls={lab.id("menu")}
                        onclick={let_open(&lab, menu.name, open)}>{ menu.name }{ icon(Shape::Down) }</button>
                }
                <span class="hint">{ "each click writes a line" }</span>
            </div>
            <div id={lab.id("menu")}>
                if let Some(menu) = chosen {
                    <div class="menu">
                        for act in &menu.acts {
                            <ActForm key={&*act.name} act={Arc::clone(act)} mistake={mistake.clone()} />
                        }
                        if let Some(why) = refused.clone() {
                            <p class="refused" role="alert">{ why }</p>
                        }
                    </div>
                }
            </div>
        </div>
    }
}

/// Opens a menu, or closes it when it is the open one.
fn let_open(
    lab: &crate::effects::store::Lab,
    name: &'static str,
    open: Option<&'static str>,
) -> Callback<MouseEvent> {
    let to = (open != Some(name)).then_some(name);
    lab.on(move |_| Action::Menu(to))
}
