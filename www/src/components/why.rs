//! The answer to a "Why?", what was unusual in the run, and the buttons that ask. Must not know how it is found out.

use std::rc::Rc;

use offset_lab::ids::EventId;
use offset_lab::view::frame::Frame;
use offset_lab::view::why::{Reason, WhyTarget};
use offset_lab::world::Cursor;
use yew::prelude::*;

use crate::effects::dom;
use crate::effects::store::Lab;
use crate::state::{Action, Good, Seek};

/// A button that asks; `of` says to readers what about. Where there are many it is left out of the order of tabs.
pub(crate) fn ask(lab: &Lab, asked: WhyTarget, of: &str, in_tab_order: bool) -> Html {
    let click = lab.on(move |event: MouseEvent| {
        event.stop_propagation();
        // What is shown changes: the focus goes to where the answer appears.
        dom::focus_in_lab(&event, ".table-panel");
        Action::Why(Some(asked.clone()))
    });
    html! {
        <button class="ask-why" title="Why?" aria-label={["Why: ", of].concat()}
            tabindex={(!in_tab_order).then_some("-1")} onclick={click}>{ "?" }</button>
    }
}

/// What was asked last and its answer, and what was unusual.
#[inline(never)]
pub(crate) fn why(
    lab: &Lab,
    reason: Option<&Rc<Reason>>,
    frame: &Frame,
    good: &Good,
    veil: Option<u32>,
) -> Html {
    html! {
        <div class="why">
            if let Some(reason) = reason {
                { answer(lab, reason) }
            } else {
                <p class="empty">{ "Press a question mark beside an event, a fact or the sentence below the picture, or the key w: it is explained here, from what led to it." }</p>
            }
            { unusual(lab, frame, good, veil) }
        </div>
    }
}

fn answer(lab: &Lab, reason: &Reason) -> Html {
    let go = |event: EventId| lab.on(move |_| Action::Seek(Seek::To(Cursor::at(event.0 + 1))));
    html! {
        <section aria-label="Why">
            <div role="status">
                <h3>{ ["Why: ", &*reason.about].concat() }</h3>
                if !reason.since.is_empty() {
                    <p>{ &reason.since }</p>
                }
            </div>
            <ol class="reasons">
                for link in &reason.chain {
                    <li>
                        if let Some(event) = link.event {
                            <button class="link" title="Go to that moment" onclick={go(event)}>{ &link.text }</button>
                        } else {
                            { &link.text }
                        }
                    </li>
                }
            </ol>
        </section>
    }
}

/// The anomalies, as far as they may be told, and lags that say something else than what is left to do.
fn unusual(lab: &Lab, frame: &Frame, good: &Good, veil: Option<u32>) -> Html {
    let found = good
        .found
        .as_ref()
        .map_or(&[][..], |found| &found.anomalies);
    let told = found.iter().filter_map(|anomaly| {
        let first = *anomaly.events.first()?;
        let is_told = veil.is_none_or(|veil| first.0 < veil);
        is_told.then(|| (anomaly.kind.name(), &anomaly.text, WhyTarget::Event(first)))
    });
    let lags = frame.lags.iter().map(|lag| {
        let asked = WhyTarget::Fact(lag.target, lag.fact.clone());
        ("lag that lies", &lag.text, asked)
    });
    let all: Vec<_> = told.chain(lags).collect();
    if all.is_empty() {
        return html! { <p class="aside">{ "Nothing unusual happened up to here." }</p> };
    }
    html! {
        <section aria-label="Unusual">
            <h3>{ "Unusual" }</h3>
            <ul class="unusual-list">
                for (kind, text, asked) in all {
                    <li><b>{ kind }</b><span>{ text }</span>{ ask(lab, asked, text, true) }</li>
                }
            </ul>
        </section>
    }
}
