//! The top bar: which scenario, files, theme, help. Must not know what a scenario says.

use std::rc::Rc;

use offset_lab::base::SmallSet;
use offset_lab::lessons;
use yew::prelude::*;

use super::icon::{Shape, icon};
use crate::effects::store::{Lab, use_lab};
use crate::effects::{dom, files};
use crate::state::address::Place;
use crate::state::drafts::Drafts;
use crate::state::settings::Theme;
use crate::state::{Action, Dialog, OWN, View};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    /// The name of the scenario.
    pub(crate) name: Rc<str>,
    /// Changed texts.
    pub(crate) drafts: Drafts,
    /// What the page shows.
    pub(crate) view: View,
    /// The broker of the scenario.
    pub(crate) broker: Option<AttrValue>,
    /// The theme.
    pub(crate) theme: Theme,
    /// Whether the list of keys is shown.
    pub(crate) help: bool,
}

/// The top bar.
#[component]
pub(crate) fn Header(props: &HeaderProps) -> Html {
    let lab = use_lab();
    let theme = props.theme;
    html! {
        <header class="header">
            { brand(&lab) }
            { match props.view {
                View::Scenario => of_scenario(props, &lab),
                View::Home => html! { <span class="space" /> },
            } }
            <button class="button square" onclick={lab.on(move |_| Action::Theme(theme.next()))}
                aria-label={theme_name(theme)} title={theme_name(theme)}>
                { icon(theme_icon(theme)) }
            </button>
            <button class="button square" onclick={lab.on(|_| Action::ToggleHelp)} aria-label="Keys" title="Keys (?)"
                aria-expanded={props.help.to_string()}>{ "?" }</button>
        </header>
    }
}

/// The name of the lab, which leads home where there are addresses.
fn brand(lab: &Lab) -> Html {
    html! {
        <h1 class="brand">
            if lab.addresses {
                <a href={Place::Home.write()} title="Tracks and lessons">{ icon(Shape::Home) }<span>{ "Offset Lab" }</span></a>
            } else {
                <span>{ "Offset Lab" }</span>
            }
        </h1>
    }
}

/// What there is to do with a scenario.
fn of_scenario(props: &HeaderProps, lab: &Lab) -> Html {
    html! {
        <>
            { picker(props, lab) }
            if let Some(broker) = &props.broker {
                <a class="chip" href="./fidelity.md" target="_blank" rel="noopener" title="What is modelled, and how we know">{ broker }</a>
            }
            <span class="space" />
            { open_button(lab) }
            <button class="button" onclick={lab.on(|_| Action::Dialog(Some(Dialog::Share)))} title="Share a link, or embed this in a page">
                { icon(Shape::Share) }<span class="wide">{ "Share" }</span>
            </button>
            <button class="button" onclick={lab.on(|_| Action::Dialog(Some(Dialog::Export)))} title="Pictures, transcript, trace, and the scenario as files">
                { icon(Shape::Download) }<span class="wide">{ "Export" }</span>
            </button>
        </>
    }
}

/// All scenarios; a changed one says so.
fn picker(props: &HeaderProps, lab: &Lab) -> Html {
    let choose = lab.on(|event: Event| Action::Open(dom::value(&event).into()));
    let of_ones_own = |name: &str| lessons::find(name).is_none();
    let names = props.drafts.texts.keys().chain([&props.name]);
    let own: SmallSet<Rc<str>> = names.filter(|name| of_ones_own(name)).cloned().collect();
    let option = |slug: &str, number: &str, title: &str| {
        let changed = if !of_ones_own(slug) && props.drafts.texts.contains_key(slug) {
            " (changed)"
        } else {
            ""
        };
        html! {
            <option value={slug.to_owned()} selected={*props.name == *slug}>{ [number, title, changed].concat() }</option>
        }
    };
    html! {
        <label class="picker">
            <span class="for-readers">{ "Scenario" }</span>
            <select onchange={choose}>
                for track in lessons::TRACKS {
                    <optgroup label={track.title}>
                        for (place, lesson) in track.lessons.iter().enumerate() {
                            { option(lesson.slug, &format!("{} · ", place + 1), lesson.title()) }
                        }
                    </optgroup>
                }
                for name in &own {
                    { option(name, "A scenario of your own", &name.replace(OWN, "").replace('-', " ")) }
                }
            </select>
        </label>
    }
}

fn open_button(lab: &Lab) -> Html {
    let opener = lab.clone();
    let open = Callback::from(move |event: Event| files::open(&event, &opener));
    html! {
        <label class="button file" title="Open a .lab file">
            { icon(Shape::Open) }<span class="wide">{ "Open" }</span>
            <input class="for-readers" type="file" accept=".lab,text/plain" aria-label="Open a .lab file" onchange={open} />
        </label>
    }
}

const fn theme_icon(theme: Theme) -> Shape {
    match theme {
        Theme::Auto => Shape::Auto,
        Theme::Light => Shape::Light,
        Theme::Dark => Shape::Dark,
    }
}

const fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "Theme: as the system",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    }
}
