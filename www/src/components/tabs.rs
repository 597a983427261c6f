//! A row of tabs: one is chosen, arrow keys walk along. Must not know what the tabs show.

use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::use_lab;

/// One tab.
#[derive(Clone, PartialEq)]
pub(crate) struct TabItem {
    /// Its name.
    pub(crate) name: &'static str,
    /// How much there is, if that says something.
    pub(crate) count: Option<u32>,
    /// Whether it is the chosen one.
    pub(crate) chosen: bool,
}

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct TabsProps {
    /// What the row is for.
    pub(crate) label: AttrValue,
    /// The id of the panel that they choose for.
    pub(crate) panel: AttrValue,
    /// The tabs.
    pub(crate) items: Vec<TabItem>,
    /// Told the place of the tab that is chosen.
    pub(crate) choose: Callback<usize>,
}

/// A row of tabs.
#[component]
pub(crate) fn Tabs(props: &TabsProps) -> Html {
    let lab = use_lab();
    let panel = lab.id(&props.panel);
    let walk = {
        let choose = props.choose.clone();
        let count = props.items.len();
        let chosen = props.items.iter().position(|item| item.chosen).unwrap_or(0);
        Callback::from(move |event: KeyboardEvent| {
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
            dom::focus_nth(&event, "[role=tab]", to);
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={&props.label} onkeydown={walk}>
            for (place, item) in props.items.iter().enumerate() {
                <button role="tab" class="tab" aria-selected={item.chosen.to_string()} aria-controls={&panel}
                    tabindex={if item.chosen { "0" } else { "-1" }}
                    onclick={props.choose.reform(move |_| place)}>
                    { item.name }
                    if let Some(count) = item.count {
                        <span class="count">{ count }</span>
                    }
                </button>
            }
        </div>
    }
}
