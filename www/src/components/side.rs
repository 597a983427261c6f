//! The card on the left above the text: story, lessons or the language, and on a phone the way to the text itself.
//! Must not know what they show.

use std::rc::Rc;

use yew::prelude::*;

use super::beside::beside;
use super::lessons::lessons;
use super::story::{go_on, story};
use super::syntax::syntax;
use super::tabs::{TabItem, tabs};
use super::templates::templates;
use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::slices::StorySlice;
use crate::state::{Action, CardSide};

const SIDES: [(CardSide, &str); 4] = [
    (CardSide::Story, "Story"),
    (CardSide::Lessons, "Lessons"),
    (CardSide::Syntax, "Syntax"),
    (CardSide::Text, "Text"),
];

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct SideProps {
    /// The side that is shown.
    pub(crate) side: CardSide,
    /// The scenario that is open.
    pub(crate) name: AttrValue,
    /// Its story.
    pub(crate) telling: StorySlice,
}

/// The card.
#[component]
pub(crate) fn SideCard(props: &SideProps) -> Html {
    let lab = use_lab();
    let item = |(side, name): (CardSide, &'static str)| TabItem {
        name: name.into(),
        count: None,
        chosen: props.side == side,
    };
    let choose = lab.on(|place: usize| Action::Side(SIDES[place].0));
    let foot = use_node_ref();
    let go = use_go_on(&foot, &props.telling);
    html! {
        <section class="card side" aria-label="Story">
            { tabs(&lab, "Story, lessons, syntax", "side", &SIDES.map(item), &choose) }
            <div id={lab.id("side")} role="tabpanel" class="side-panel" tabindex="0">
                { match props.side {
                    CardSide::Story | CardSide::Text if props.telling.is_empty => templates(&lab),
                    // Where the text has its own place, nobody gets here by its tab, which is on a phone alone.
                    CardSide::Story | CardSide::Text => story(&lab, &props.telling),
                    CardSide::Lessons => lessons(&lab, &props.name),
                    CardSide::Syntax => syntax(),
                } }
            </div>
            // Where nothing is written nothing goes on.
            if matches!(props.side, CardSide::Story | CardSide::Text) && !props.telling.is_empty {
                { go_on(&props.telling, &foot, &go) }
                { beside(&lab, &props.name) }
            }
        </section>
    }
}

/// Goes on to the next beat. What is told there, and the picture, may be higher than before: the button comes back to where
/// the thumb finds it.
#[hook]
fn use_go_on(foot: &NodeRef, telling: &StorySlice) -> Callback<MouseEvent> {
    let lab = use_lab();
    let pressed = use_mut_ref(|| false);
    let (foot, was_pressed) = (foot.clone(), Rc::clone(&pressed));
    use_after(After::new(telling.story.clone(), move |_| {
        if was_pressed.replace(false) {
            dom::keep_in_reach(&foot);
        }
    }));
    lab.on(move |_: MouseEvent| {
        pressed.replace(true);
        Action::Continue
    })
}
