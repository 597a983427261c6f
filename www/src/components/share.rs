//! The dialog of links and of what an author puts into a page, with a preview. Must not know how they are written.

use std::rc::Rc;

use yew::prelude::*;

use super::copied::Copied;
use super::dialog::Dialog;
use super::share_options::options;
use super::tabs::{TabItem, tabs};
use crate::effects::dom;
use crate::effects::outside::Outside;
use crate::effects::store::{Lab, Snapshot, use_lab};
use crate::state::export::markup::MarkupOptions;
use crate::state::{Action, Dialog as Which};

const WAYS: [&str; 5] = ["Link", "Element", "Frame", "Markdown", "Picture"];
/// Some programs cut longer addresses.
const LONG: usize = 2_000;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ShareProps {
    /// The state.
    pub(crate) state: Snapshot,
    /// The page around.
    pub(crate) outside: Outside,
}

/// The dialog.
#[component]
pub(crate) fn Share(props: &ShareProps) -> Html {
    let lab = use_lab();
    let way = use_state(|| 0_usize);
    let choice = use_state(MarkupOptions::default);
    let ShareProps { state, outside } = props;
    let address = &outside.address;
    let link = state.files.dictionary().map(|dictionary| {
        let mut link = state.link();
        if !choice.from_here && *way > 0 {
            link.cursor = offset_lab::world::Cursor::default();
        }
        link.write(dictionary)
    });
    let text = match *way {
        0 => link.map(|link| format!("{address}#{link}")),
        1 => Some(state.element(&choice, address)),
        2 => link.map(|link| state.frame_markup(&choice, address, &link)),
        3 => Some(state.fence(&choice)),
        _ => Some(state.picture_markup()),
    };
    let item = |(place, name): (usize, &'static str)| TabItem {
        name: name.into(),
        count: None,
        chosen: place == *way,
    };
    let items: Vec<TabItem> = WAYS.into_iter().enumerate().map(item).collect();
    let choose = {
        let way = way.setter();
        Callback::from(move |place| way.set(place))
    };
    let export = lab.on(|_: MouseEvent| Action::Dialog(Some(Which::Export)));
    html! {
        <Dialog title="Share and embed">
            { tabs(&lab, "Ways to share", "share", &items, &choose) }
            <div id={lab.id("share")} role="tabpanel" class="dialog-panel" tabindex="0">
                { match (*way, &text) {
                    (0 | 2, None) => no_link(&lab, state.files.no_dictionary()),
                    (0, Some(text)) => length(text.len(), &export),
                    (4, _) => html! { <p>{ "Two files, light and dark, from " }
                        <button class="link" onclick={export}>{ "Export" }</button>{ "; a page or a README shows that which fits." }</p> },
                    _ => options(&choice),
                } }
                <Copied label={WAYS[*way]} text={text.map(AttrValue::from)} />
                if let Some(hidden) = state.hidden_address().filter(|_| *way == 0) {
                    <p>{ "For a class: the lesson from its beginning, with answers hidden until they are asked for." }</p>
                    <Copied label="Link with hidden answers" text={AttrValue::from([address.as_str(), hidden.as_str()].concat())} />
                }
                if matches!(*way, 1..=3) {
                    <Preview state={state.clone()} outside={outside.clone()} choice={(*choice).clone()} />
                }
            </div>
        </Dialog>
    }
}

/// What there is in place of a link that is not there yet.
fn no_link(lab: &Lab, why: Option<&Rc<str>>) -> Html {
    html! {
        <p role="status">
            { "Opens this text at this moment. Nothing is stored anywhere: the link holds all of it. " }
            if let Some(why) = why {
                <strong>{ "It cannot be made. " }{ why }{ " " }</strong>
                <button class="link" onclick={lab.on(|event: MouseEvent| {
                    // The button goes while it is tried.
                    dom::focus_in_lab(&event, ".dialog .tab[aria-selected=true]");
                    Action::Dialog(Some(Which::Share))
                })}>{ "Try again" }</button>
            } else {
                { "It is being made …" }
            }
        </p>
    }
}

/// How long a link is, and what to do when that is too long.
fn length(length: usize, export: &Callback<MouseEvent>) -> Html {
    html! {
        <p>
            { format!("Opens this text at this moment. Nothing is stored anywhere: the link holds all of it, in {length} characters. ") }
            if length > LONG {
                <strong>{ "That is longer than some programs pass on. " }</strong>
                <button class="link" onclick={export}>{ "Send the .lab file instead" }</button>
            }
        </p>
    }
}

/// Properties of the preview.
#[derive(Properties, PartialEq)]
struct PreviewProps {
    state: Snapshot,
    outside: Outside,
    choice: MarkupOptions,
}

/// What a page would show.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let place = use_node_ref();
    {
        let (place, outside) = (place.clone(), props.outside.clone());
        let attributes = props.state.attributes(&props.choice);
        let text = props.state.doc.text.clone();
        use_effect_with((attributes, text), move |(attributes, text)| {
            outside.show(&place, attributes, text);
        });
    }
    html! {
        <div class="preview">
            <h3>{ "Preview" }</h3>
            <div ref={place} class="preview-place" />
        </div>
    }
}
