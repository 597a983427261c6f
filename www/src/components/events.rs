//! What happened, a row an event, at a level of detail; only rows in view are drawn. Must not know what events are.

use offset_lab::ids::EventId;
use offset_lab::trace::Level;
use offset_lab::view::log;
use offset_lab::view::why::WhyTarget;
use offset_lab::world::Cursor;
use yew::prelude::*;

use super::why::ask;
use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::{Action, Good, Seek};

/// Height of a row.
const ROW: i32 = 28;
/// Rows drawn, the reserve outside of the view included.
const DRAWN: u32 = 40;
/// Rows of that reserve on either side.
const RESERVE: u32 = 10;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct EventsProps {
    /// The run.
    pub(crate) good: Good,
    /// Events that have happened at the moment shown.
    pub(crate) at: u32,
    /// How much is shown.
    pub(crate) level: Level,
    /// Beyond how many events nothing is told.
    pub(crate) veil: Option<u32>,
}

/// The log; choosing a row goes to the moment behind it.
#[component]
pub(crate) fn Events(props: &EventsProps) -> Html {
    let lab = use_lab();
    let place = use_node_ref();
    let top = use_state(|| 0_u32);
    let EventsProps {
        good,
        at,
        level,
        veil,
    } = props;
    let timeline = good.timeline();
    let rows = log::LogRows::new(timeline, *level);
    {
        let (place, at) = (place.clone(), rows.up_to(*at));
        use_after(After::new(at, move |at| {
            let row = i32::try_from(at.saturating_sub(1)).unwrap_or(i32::MAX / ROW);
            dom::reveal_rows(&place, row * ROW, (row + 1) * ROW);
        }));
    }
    let scroll = {
        let (place, top) = (place.clone(), top.clone());
        Callback::from(move |_: Event| {
            let row = dom::visible_rows(&place).map_or(0, |(first, _)| first / ROW);
            let row = u32::try_from(row).unwrap_or(0);
            // In steps, so that not every pixel draws anew.
            top.set(row / RESERVE * RESERVE);
        })
    };
    let all = veil.map_or(rows.len(), |veil| rows.up_to(veil));
    let from = top.saturating_sub(RESERVE).min(all);
    let to = from.saturating_add(DRAWN).min(all);
    let space = |rows: u32| (i64::from(rows) * i64::from(ROW)).to_string();
    let digest = good.found.as_ref().map_or("", |found| &found.digest);
    html! {
      <>
        <div class="events" ref={place} onscroll={scroll} role="table" aria-label="Events" aria-rowcount={all.to_string()}>
            <svg class="spacer" width="1" height={space(from)} aria-hidden="true" />
            for (place, row) in (from..).zip(rows.events(from..to).filter_map(|event| log::row(timeline, event))) {
                <div role="row" key={row.event} aria-rowindex={(place + 1).to_string()}
                    class={classes!("event", (row.event >= *at).then_some("future"), (row.event + 1 == *at).then_some("now"))}>
                    <span role="cell"><button class="go" title="Go to the moment behind it"
                        onclick={lab.on(behind(row.event))}>{ row.event + 1 }</button></span>
                    <span role="cell" class="time">{ row.time.to_string() }</span>
                    <span role="cell" class="what">{ &row.text }</span>
                    <span role="cell">{ ask(&lab, WhyTarget::Event(EventId(row.event)), &row.text, true) }</span>
                </div>
            }
            <svg class="spacer" width="1" height={space(all - to)} aria-hidden="true" />
        </div>
        <p class="digest">{ "Digest of this run, the same on every machine: " }<code>{ digest }</code></p>
      </>
    }
}

/// To the moment behind an event.
fn behind(event: u32) -> impl Fn(MouseEvent) -> Action {
    move |_| Action::Seek(Seek::To(Cursor::at(event + 1)))
}
