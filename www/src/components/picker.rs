//! The list of all scenarios. Must not know what they say.

use std::rc::Rc;

use offset_lab::base::SmallSet;
use offset_lab::lessons;
use yew::prelude::*;

use crate::effects::after::{After, use_after};
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::drafts::Drafts;
use crate::state::{Action, OWN};

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct PickerProps {
    /// The scenario that is open.
    pub(super) name: Rc<str>,
    /// Whether another one is being fetched.
    pub(super) opening: bool,
    /// Changed texts.
    pub(super) drafts: Drafts,
}

/// All scenarios; a changed one says so.
#[component]
pub(super) fn Picker(props: &PickerProps) -> Html {
    let lab = use_lab();
    let PickerProps {
        name,
        opening,
        drafts,
    } = props;
    let list = use_node_ref();
    {
        // What was chosen and cannot be had is not what is open.
        let (list, name) = (list.clone(), Rc::clone(name));
        let is_open = (Rc::clone(&name), *opening);
        use_after(After::new(is_open, move |(_, opening)| {
            if !opening {
                dom::choose(&list, &name);
            }
        }));
    }
    let choose = lab.on(|event: Event| Action::Open(dom::value(&event).into()));
    let of_ones_own = |name: &str| lessons::find(name).is_none();
    let names = drafts.texts.keys().chain([name]);
    let own: SmallSet<Rc<str>> = names.filter(|name| of_ones_own(name)).cloned().collect();
    let option = |slug: &str, number: &str, title: &str| {
        let changed = if !of_ones_own(slug) && drafts.texts.contains_key(slug) {
            " (changed)"
        } else {
            ""
        };
        html! {
            <option value={slug.to_owned()} selected={**name == *slug}>{ [number, title, changed].concat() }</option>
        }
    };
    html! {
        <label class="picker">
            <span class="for-readers">{ "Scenario" }</span>
            <select ref={list} onchange={choose}>
                for track in lessons::TRACKS {
                    <optgroup label={track.title}>
                        for (place, lesson) in track.lessons.iter().enumerate() {
                            { option(lesson.slug, &format!("{} · ", place + 1), lesson.title()) }
                        }
                    </optgroup>
                }
                <optgroup label="Questions">
                    for question in lessons::QUESTIONS {
                        { option(question.slug, "", question.title()) }
                    }
                </optgroup>
                for name in &own {
                    { option(name, "A scenario of your own", &name.replace(OWN, "").replace('-', " ")) }
                }
            </select>
        </label>
    }
}
