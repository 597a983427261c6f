//! What the programs printed, oldest first. Must not know the programs.

use offset_lab::ids::EventId;
use offset_lab::units::SimTime;
use offset_lab::view::frame::ConsoleLine;
use offset_lab::view::why::WhyTarget;
use offset_lab::world::Cursor;
use yew::prelude::*;

use super::why::ask;
use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::slices::Of;
use crate::state::{Action, Seek};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ConsoleProps {
    /// The lines.
    pub(crate) lines: Of<Vec<ConsoleLine>>,
}

/// The lines; the youngest is in view.
#[component]
pub(crate) fn Console(props: &ConsoleProps) -> Html {
    let lab = use_lab();
    let lines = props.lines.get().map_or(&[][..], Vec::as_slice);
    let list = use_node_ref();
    {
        let list = list.clone();
        use_after(After::new(lines.len(), move |_| dom::scroll_to_end(&list)));
    }
    if lines.is_empty() {
        return html! { <p class="empty">{ "No program has printed anything yet." }</p> };
    }
    html! {
        <ol class="console" ref={list}>
            for (at, line) in lines.iter().enumerate() {
                // With a key, the line that was clicked is still there when younger ones are gone.
                <li key={at}>
                    <button class="time" title="Go to this moment"
                        onclick={lab.on(to(line.event))}>
                        { SimTime(line.time_us).to_string() }
                    </button>
                    <b>{ &line.actor }</b>
                    <span>{ &line.text }</span>
                    { ask(&lab, WhyTarget::Event(EventId(line.event)), &line.text, true) }
                </li>
            }
        </ol>
    }
}

/// To the moment behind an event.
fn to(event: u32) -> impl Fn(MouseEvent) -> Action {
    move |_| Action::Seek(Seek::To(Cursor::at(event + 1)))
}
