//! The card below the stage: console, events, tables, inspector. Must not know what they show.

use std::rc::Rc;

use offset_lab::explain::english;
use offset_lab::trace::Level;
use offset_lab::view::frame::Table;
use offset_lab::view::why::Reason;
use offset_lab::view::{Frame, Target};
use yew::prelude::*;

use super::console::Console;
use super::events::Events;
use super::inspector::inspector;
use super::table::DataTable;
use super::tabs::{TabItem, tabs};
use super::why::why;
use crate::effects::store::use_lab;
use crate::state::slices::{ActingSlice, Of, table};
use crate::state::{Action, Good, Tab};

const TABS: [(Tab, &str); 7] = [
    (Tab::Console, "Console"),
    (Tab::Events, "Events"),
    (Tab::Consumers, "Consumers"),
    (Tab::Producers, "Producers"),
    (Tab::Streams, "Stream"),
    (Tab::Inspector, "Inspector"),
    (Tab::Why, "Why"),
];

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct TablesProps {
    /// The table that is shown.
    pub(crate) tab: Tab,
    /// What is selected.
    pub(crate) selected: Option<Target>,
    /// The answer to what was asked last.
    pub(crate) why: Option<Rc<Reason>>,
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
    pub(crate) acting: ActingSlice,
}

/// The card.
#[component]
pub(crate) fn Tables(props: &TablesProps) -> Html {
    let lab = use_lab();
    let events = props.good.as_ref().map_or(0, |good| good.timeline().len());
    // What has a log is called as the family calls it.
    let log = props.good.as_ref().map(|good| {
        let family = good.timeline().scenario().header.family;
        english::capital(family.log().doc().word)
    });
    let item = |(tab, name): (Tab, &'static str)| TabItem {
        name: match (tab, &log) {
            (Tab::Streams, Some(word)) => word.clone().into(),
            _ => name.into(),
        },
        count: (tab == Tab::Events).then_some(events),
        chosen: props.tab == tab,
    };
    let choose = lab.on(|place: usize| Action::Tab(TABS[place].0));
    let panel = match (props.tab, &props.frame, &props.good) {
        (_, None, _) | (_, _, None) => html! { <p class="empty">{ "Nothing has run yet." }</p> },
        (Tab::Console, Some(frame), Some(_)) => {
            html! { <Console lines={Of::new(frame, |frame| Some(&frame.console))} /> }
        }
        (Tab::Events, Some(_), Some(good)) => html! {
            <Events good={good.clone()} at={props.at} level={props.level} veil={props.veil} />
        },
        (Tab::Consumers, Some(frame), Some(_)) => readers(frame, props.selected),
        (Tab::Producers, Some(frame), Some(_)) => data_table(
            frame,
            |frame| table(frame, "producers"),
            props.selected,
            false,
        ),
        (Tab::Streams, Some(frame), Some(_)) => logs(frame, props.selected),
        (Tab::Inspector, Some(frame), Some(_)) => {
            inspector(&lab, frame.inspector.as_ref(), &props.acting)
        }
        (Tab::Why, Some(frame), Some(good)) => {
            why(&lab, props.why.as_ref(), frame, good, props.veil)
        }
    };
    html! {
        <section class="card tables" aria-label="Tables">
            { tabs(&lab, "Tables", "tables", &TABS.map(item), &choose) }
            <div id={lab.id("tables")} role="tabpanel" class="table-panel" tabindex="0">{ panel }</div>
        </section>
    }
}

/// A table; as one of several it stands under its title.
fn data_table(
    frame: &Rc<Frame>,
    part: fn(&Frame) -> Option<&Table>,
    selected: Option<Target>,
    is_one_of_several: bool,
) -> Html {
    html! { <DataTable table={Of::new(frame, part)} {selected} {is_one_of_several} /> }
}

/// Who reads, and of a family that has groups, where these stand on each log.
#[inline(never)]
fn readers(frame: &Rc<Frame>, selected: Option<Target>) -> Html {
    let has_groups = table(frame, "progress").is_some();
    html! {
      <>
        if has_groups {
            { data_table(frame, |frame| table(frame, "progress"), selected, true) }
            { data_table(frame, |frame| table(frame, "groups"), selected, true) }
        }
        { data_table(frame, |frame| table(frame, "consumers"), selected, has_groups) }
      </>
    }
}

/// What has offsets, the files that all of it shares, and nodes, which are told of when there are several.
#[inline(never)]
fn logs(frame: &Rc<Frame>, selected: Option<Target>) -> Html {
    let shares_files = table(frame, "files").is_some();
    html! {
      <>
        { data_table(frame, |frame| table(frame, "streams"), selected, shares_files) }
        if shares_files {
            { data_table(frame, |frame| table(frame, "files"), selected, true) }
        }
        if table(frame, "nodes").is_some() {
            { data_table(frame, |frame| table(frame, "nodes"), selected, false) }
        }
      </>
    }
}
