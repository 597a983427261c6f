//! The card below the stage: console, events, tables, inspector. Must not know what they show.

use std::rc::Rc;

use offset_lab::trace::Level;
use offset_lab::view::frame::Table;
use offset_lab::view::{Frame, Target};
use yew::prelude::*;

use super::console::Console;
use super::events::Events;
use super::inspector::inspector;
use super::table::DataTable;
use super::tabs::{TabItem, tabs};
use crate::effects::store::use_lab;
use crate::state::slices::{Acting, Of, table};
use crate::state::{Action, Good, Tab};

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
    /// The table that is shown.
    pub(crate) tab: Tab,
    /// What is selected.
    pub(crate) selected: Option<Target>,
    /// Events that have happened at the moment shown.
    pub(crate) at: u32,
    /// How much is shown.
    pub(crate) level: Level,
    /// Beyond how many events nothing is told.
    pub(crate) veil: Option<u32>,
    /// The picture.
    pub(crate) frame: Option<Rc<Frame>>,
    /// The run.
    pub(crate) good: Option<Good>,
    /// What can be done.
    pub(crate) acting: Acting,
}

/// The card.
#[component]
pub(crate) fn Tables(props: &TablesProps) -> Html {
    let lab = use_lab();
    let events = props.good.as_ref().map_or(0, |good| good.timeline().len());
    let item = |(tab, name)| TabItem {
        name,
        count: (tab == Tab::Events).then_some(events),
        chosen: props.tab == tab,
    };
    let choose = lab.on(|place: usize| Action::Tab(TABS[place].0));
    let data = |frame: &Rc<Frame>, table: fn(&Frame) -> Option<&Table>| {
        html! { <DataTable table={Of::new(frame, table)} selected={props.selected} /> }
    };
    let panel = match (props.tab, &props.frame, &props.good) {
        (_, None, _) | (_, _, None) => html! { <p class="empty">{ "Nothing has run yet." }</p> },
        (Tab::Console, Some(frame), Some(_)) => {
            html! { <Console lines={Of::new(frame, |frame| Some(&frame.console))} /> }
        }
        (Tab::Events, Some(_), Some(good)) => html! {
            <Events good={good.clone()} at={props.at} level={props.level} veil={props.veil} />
        },
        (Tab::Consumers, Some(frame), Some(_)) => data(frame, |frame| table(frame, "consumers")),
        (Tab::Producers, Some(frame), Some(_)) => data(frame, |frame| table(frame, "producers")),
        (Tab::Streams, Some(frame), Some(_)) => html! {
          <>
            { data(frame, |frame| table(frame, "streams")) }
            // Nodes are told of when there are several.
            if table(frame, "nodes").is_some() {
                { data(frame, |frame| table(frame, "nodes")) }
            }
          </>
        },
        (Tab::Inspector, Some(frame), Some(_)) => {
            inspector(&lab, frame.inspector.as_ref(), &props.acting)
        }
    };
    html! {
        <section class="card tables" aria-label="Tables">
            { tabs(&lab, "Tables", "tables", &TABS.map(item), &choose) }
            <div id={lab.id("tables")} role="tabpanel" class="table-panel" tabindex="0">{ panel }</div>
        </section>
    }
}
