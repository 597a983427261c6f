//! The card on the left above the text: story, lessons or the language. Must not know what they show.

use yew::prelude::*;

use super::lessons::Lessons;
use super::story::StorySide;
use super::syntax::Syntax;
use super::tabs::{TabItem, Tabs};
use crate::effects::store::{Snapshot, use_lab};
use crate::state::{Action, Side};

const SIDES: [(Side, &str); 3] = [
    (Side::Story, "Story"),
    (Side::Lessons, "Lessons"),
    (Side::Syntax, "Syntax"),
];

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct SideProps {
    /// The state.
    pub(crate) state: Snapshot,
}

/// The card.
#[component]
pub(crate) fn SideCard(props: &SideProps) -> Html {
    let lab = use_lab();
    let state = &props.state;
    let item = |(side, name)| TabItem {
        name,
        count: None,
        chosen: state.look.side == side,
    };
    let choose = lab.on(|place: usize| Action::Side(SIDES[place].0));
    html! {
        <section class="card side" aria-label="Story">
            <Tabs label="Story, lessons, syntax" panel="side" items={SIDES.map(item).to_vec()} {choose} />
            <div id={lab.id("side")} role="tabpanel" class="side-panel" tabindex="0">
                { match state.look.side {
                    Side::Story => html! { <StorySide state={state.clone()} /> },
                    Side::Lessons => html! { <Lessons name={AttrValue::from(state.name.clone())} /> },
                    Side::Syntax => html! { <Syntax /> },
                } }
            </div>
        </section>
    }
}
