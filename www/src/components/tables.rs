//! The card below the stage: console, events, tables, inspector. Must not know what they show.

use yew::prelude::*;

use super::console::Console;
use super::events::Events;
use super::inspector::InspectorPanel;
use super::table::DataTable;
use super::tabs::{TabItem, Tabs};
use crate::effects::store::{Snapshot, use_lab};
use crate::state::{Action, Tab};

const TABS: [(Tab, &str); 6] = [
    (Tab::Console, "Console"),
    (Tab::Events, "Events"),
    (Tab::Consumers, "Consumers"),
    (Tab::Producers, "Producers"),
    (Tab::Streams, "Stream"),
    (Tab::Inspector, "Inspector"),
];

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct TablesProps {
    /// The state.
    pub(crate) state: Snapshot,
}

/// The card.
#[component]
pub(crate) fn Tables(props: &TablesProps) -> Html {
    let lab = use_lab();
    let state = &props.state;
    let item = |(tab, name)| TabItem {
        name,
        count: (tab == Tab::Events).then(|| state.events()),
        chosen: state.look.tab == tab,
    };
    let choose = lab.on(|place: usize| Action::Tab(TABS[place].0));
    let panel = match (state.look.tab, &state.frame, &state.good) {
        (_, None, _) | (_, _, None) => html! { <p class="empty">{ "Nothing has run yet." }</p> },
        (Tab::Console, Some(frame), Some(_)) => html! { <Console lines={frame.console.clone()} /> },
        (Tab::Events, Some(_), Some(good)) => html! {
            <Events good={good.clone()} at={state.cursor.event} />
        },
        (tab @ (Tab::Consumers | Tab::Producers | Tab::Streams), Some(_), Some(_)) => html! {
          <>
            <DataTable table={state.table(tab).cloned()} selected={state.look.selected} />
            if let Some(nodes) = state.nodes_beside(tab) {
                <DataTable table={nodes.clone()} selected={state.look.selected} />
            }
          </>
        },
        (Tab::Inspector, Some(frame), Some(_)) => html! {
            <InspectorPanel inspector={frame.inspector.clone()} state={state.clone()} />
        },
    };
    html! {
        <section class="card tables" aria-label="Tables">
            <Tabs label="Tables" panel="tables" items={TABS.map(item).to_vec()} {choose} />
            <div id={lab.id("tables")} role="tabpanel" class="table-panel" tabindex="0">{ panel }</div>
        </section>
    }
}
