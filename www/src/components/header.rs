//! The top bar: which scenario, files, theme, help. Must not know what a scenario says.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::{Shape, icon};
use super::picker::Picker;
use crate::effects::files;
use crate::effects::store::{Lab, use_lab};
use crate::state::address::AddressedView;
use crate::state::drafts::Drafts;
use crate::state::settings::Theme;
use crate::state::{Action, Dialog, PageView};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    /// The name of the scenario.
    pub(crate) name: Rc<str>,
    /// Whether another one is being fetched.
    pub(crate) opening: bool,
    /// Changed texts.
    pub(crate) drafts: Drafts,
    /// What the page shows.
    pub(crate) view: PageView,
    /// The broker of the scenario.
    pub(crate) broker: Option<AttrValue>,
    /// The theme.
    pub(crate) theme: Theme,
    /// Whether the list of keys is shown.
    pub(crate) help: bool,
    /// Where the app's files lie.
    pub(crate) address: AttrValue,
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
                PageView::Scenario => of_scenario(props, &lab),
                PageView::Home | PageView::Questions => places(),
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
                <a href={AddressedView::Home.write()} title="Tracks and lessons">{ icon(Shape::Home) }<span>{ "Offset Lab" }</span></a>
            } else {
                <span>{ "Offset Lab" }</span>
            }
        </h1>
    }
}

/// Where one can go from a view that shows no scenario.
fn places() -> Html {
    html! {
        <>
            <span class="space" />
            <a class="button" href={AddressedView::Questions.write()}>{ "Questions" }</a>
            <a class="button" href={AddressedView::Empty.write()}>{ "Lab" }</a>
        </>
    }
}

/// What there is to do with a scenario.
fn of_scenario(props: &HeaderProps, lab: &Lab) -> Html {
    html! {
        <>
            <Picker name={Rc::clone(&props.name)} opening={props.opening} drafts={props.drafts.clone()} />
            if let Some(broker) = &props.broker {
                <a class="chip" href={[&props.address, "fidelity.md"].concat()} target="_blank" rel="noopener" title="What is modelled, and how we know">{ broker }</a>
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
