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
/// Rows drawn, the reserve outside of the view included. Their elements go round: a row far away takes over those of one
/// that went out of view.
const DRAWN: u32 = 40;
/// Rows of that reserve before the view once it was scrolled beyond what was drawn.
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
    let drawn = use_mut_ref(|| (0_u32, u32::MAX));
    let update = use_force_update();
    let EventsProps {
        good,
        at,
        level,
        veil,
    } = props;
    let timeline = good.timeline();
    let rows = log::LogRows::new(timeline, *level);
    let now = rows.up_to(*at).saturating_sub(1);
    {
        let place = place.clone();
        use_after(After::new(now, move |now| {
            let row = i32::try_from(*now).unwrap_or(i32::MAX / ROW - 1);
            dom::reveal_rows(&place, row * ROW, (row + 1) * ROW);
        }));
    }
    let all = veil.map_or(rows.len(), |veil| rows.up_to(veil));
    let from = first_drawn(&mut drawn.borrow_mut(), now).min(all);
    let scroll = {
        let place = place.clone();
        Callback::from(move |_: Event| {
            let Some((top, bottom)) = dom::visible_rows(&place) else {
                return;
            };
            let row = |place: i32| u32::try_from(place / ROW).unwrap_or(0);
            // Not every pixel draws anew.
            if row(top) < from || row(bottom - 1) >= from.saturating_add(DRAWN) {
                drawn.borrow_mut().0 = row(top).saturating_sub(RESERVE);
                update.force_update();
            }
        })
    };
    let to = from.saturating_add(DRAWN).min(all);
    let space = |rows: u32| (i64::from(rows) * i64::from(ROW)).to_string();
    let digest = good.found.as_ref().map_or("", |found| &found.digest);
    html! {
      <>
        <div class="events" ref={place} onscroll={scroll} role="table" aria-label="Events" aria-rowcount={all.to_string()}>
            <svg class="spacer" width="1" height={space(from)} aria-hidden="true" />
            for (place, row) in (from..).zip(rows.events(from..to).filter_map(|event| log::row(timeline, event))) {
                <div role="row" key={place % DRAWN} aria-rowindex={(place + 1).to_string()}
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

/// The first row to be drawn: the same as before, unless the moment has gone to a row that was not.
fn first_drawn(drawn: &mut (u32, u32), now: u32) -> u32 {
    let (first, before) = *drawn;
    if before != now {
        let is_drawn = (first..first.saturating_add(DRAWN)).contains(&now);
        let first = if is_drawn {
            first
        } else {
            now.saturating_sub(DRAWN / 2)
        };
        *drawn = (first, now);
    }
    drawn.0
}

/// To the moment behind an event.
fn behind(event: u32) -> impl Fn(MouseEvent) -> Action {
    move |_| Action::Seek(Seek::To(Cursor::at(event + 1)))
}
