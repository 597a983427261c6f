//! The card on the left above the text: story, lessons or the language, and on a phone the way to the text itself.
//! Must not know what they show.

use yew::prelude::*;

use super::beside::beside;
use super::lessons::lessons;
use super::story::{go_on, story};
use super::syntax::syntax;
use super::tabs::{TabItem, tabs};
use super::templates::templates;
use crate::effects::store::use_lab;
use crate::state::slices::Telling;
use crate::state::{Action, Side};

const SIDES: [(Side, &str); 4] = [
    (Side::Story, "Story"),
    (Side::Lessons, "Lessons"),
    (Side::Syntax, "Syntax"),
    (Side::Text, "Text"),
];

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct SideProps {
    /// The side that is shown.
    pub(crate) side: Side,
    /// The scenario that is open.
    pub(crate) name: AttrValue,
    /// Its story.
    pub(crate) telling: Telling,
}

/// The card.
#[component]
pub(crate) fn SideCard(props: &SideProps) -> Html {
    let lab = use_lab();
    let item = |(side, name): (Side, &'static str)| TabItem {
        name: name.into(),
        count: None,
        chosen: props.side == side,
    };
    let choose = lab.on(|place: usize| Action::Side(SIDES[place].0));
    html! {
        <section class="card side" aria-label="Story">
            { tabs(&lab, "Story, lessons, syntax", "side", &SIDES.map(item), &choose) }
            <div id={lab.id("side")} role="tabpanel" class="side-panel" tabindex="0">
                { match props.side {
                    Side::Story | Side::Text if props.telling.is_empty => templates(&lab),
                    // Where the text has its own place, nobody gets here by its tab, which is on a phone alone.
                    Side::Story | Side::Text => story(&lab, &props.telling),
                    Side::Lessons => lessons(&lab, &props.name),
                    Side::Syntax => syntax(),
                } }
            </div>
            if matches!(props.side, Side::Story | Side::Text) {
                { go_on(&lab, &props.telling) }
                { beside(&lab, &props.name) }
            }
        </section>
    }
}
