//! A row of tabs: one is chosen, arrow keys walk along. Must not know what the tabs show.

use std::borrow::Cow;

use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::Lab;

/// One tab.
pub(crate) struct TabItem {
    /// Its name.
    pub(crate) name: Cow<'static, str>,
    /// How much there is, if that says something.
    pub(crate) count: Option<u32>,
    /// Whether it is the chosen one.
    pub(crate) chosen: bool,
}

/// A row of tabs for what `label` says; `choose` is told the place of the tab that is chosen for `panel`.
pub(crate) fn tabs(
    lab: &Lab,
    label: &'static str,
    panel: &str,
    items: &[TabItem],
    choose: &Callback<usize>,
) -> Html {
    let panel = lab.id(panel);
    let walk = {
        let choose = choose.clone();
        let count = items.len();
        let chosen = items.iter().position(|item| item.chosen).unwrap_or(0);
        Callback::from(move |event: KeyboardEvent| walk(&event, chosen, count, &choose))
    };
    html! {
        <div class="tabs" role="tablist" aria-label={label} onkeydown={walk}>
            for (place, item) in items.iter().enumerate() {
                <button role="tab" class="tab" aria-selected={item.chosen.to_string()} aria-controls={&panel}
                    tabindex={if item.chosen { "0" } else { "-1" }}
                    onclick={choose.reform(move |_| place)}>
                    { item.name.clone() }
                    if let Some(count) = item.count {
                        <span class="count">{ count }</span>
                    }
                </button>
            }
        </div>
    }
}

/// Chooses another of so many tabs where a key asks for it.
#[inline(never)]
fn walk(event: &KeyboardEvent, chosen: usize, count: usize, choose: &Callback<usize>) {
    let to = match event.key().as_str() {
        "ArrowRight" => (chosen + 1) % count,
        "ArrowLeft" => (chosen + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    choose.emit(to);
    dom::focus_nth(event, "[role=tab]", to);
}
