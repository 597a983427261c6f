//! The root: holds the state, hosts the effects, lays out the cards. Must not know what it is mounted in.

use std::rc::Rc;

use yew::prelude::*;

use super::export::Export;
use super::header::Header;
use super::home::Home;
use super::keys_help::KeysHelp;
use super::notice::notice;
use super::questions::Questions;
use super::scenario::scenario;
use super::share::Share;
use crate::effects::outside::Outside;
use crate::effects::player::Beat;
use crate::effects::store::{Lab, Snapshot, StoreHandle, use_held};
use crate::effects::{address, dom, fetching, files, runner, storage, turned};
use crate::state::keys::KeyCommand;
use crate::state::{Action, AppState, Dialog, PageView, keys};

/// How an instance is wanted.
#[derive(Properties, PartialEq)]
pub(crate) struct AppProps {
    /// The handle of the instance.
    pub(crate) lab: Lab,
    /// Its state.
    pub(crate) held: Rc<StoreHandle<AppState>>,
    /// Whether drafts and settings are kept.
    pub(crate) storage: bool,
    /// The fragment of an address that may hold a scenario.
    pub(crate) link: Option<AttrValue>,
    /// The page around.
    pub(crate) outside: Outside,
    /// Where it stands.
    pub(crate) stands: InstancePlace,
}

/// Where an instance stands, and so what of it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InstancePlace {
    /// In a page of its own: everything, as high as the window.
    Alone,
    /// In somebody's page: everything, as high as it needs to be.
    Embedded,
    /// In somebody's page, without what surrounds picture and text.
    Bench,
}

impl InstancePlace {
    const fn class(self) -> &'static str {
        match self {
            Self::Alone => "lab",
            Self::Embedded => "lab embedded",
            Self::Bench => "lab embedded bench",
        }
    }
}

/// The whole app.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let state = Snapshot(use_held(&props.held));
    let lab = props.lab.clone();
    let is_whole = props.stands != InstancePlace::Bench;
    storage::use_storage(&state, &lab, props.storage);
    {
        // What was kept has been taken over: that stays where it is.
        let (lab, link) = (lab.clone(), props.link.clone());
        use_effect_with((), move |()| {
            if let Some(link) = link {
                lab.send(Action::OpenLink(link.as_str().into()));
            }
        });
    }
    fetching::use_files(&state, &lab);
    let root = use_node_ref();
    address::use_address(&state, &lab, &root);
    turned::use_turned(&root, &lab);
    runner::use_runner(state.jobs, state.job.as_ref(), &lab);
    use_memo((), |()| Beat::default()).follow(state.playing, state.settings.speed, &lab);
    html! {
        <ContextProvider<Lab> context={lab.clone()}>
            <div ref={root} class={props.stands.class()} tabindex="-1" data-theme={state.settings.theme.word()} onkeydown={keydown(&lab, state.look.view == PageView::Scenario)}
                ondragover={Callback::from(|event: DragEvent| files::drag_over(&event))} ondrop={drop(&lab)}>
                if is_whole {
                    <Header name={state.name.clone()} opening={state.files.is_opening()} drafts={state.drafts.clone()} view={state.look.view}
                        broker={state.broker().map(AttrValue::from)} theme={state.settings.theme} help={state.look.help} address={AttrValue::from(props.outside.address.clone())} />
                }
                { notice(&lab, state.notice.as_deref()) }
                { match state.look.view {
                    PageView::Scenario => scenario(&lab, &state, is_whole),
                    PageView::Home => html! { <Home missing={state.look.missing.clone()} drafts={state.drafts.clone()} progress={state.progress.clone()} /> },
                    PageView::Questions => html! { <Questions /> },
                } }
                if state.look.help {
                    <KeysHelp />
                }
                { match state.look.dialog {
                    Some(Dialog::Share) => html! { <Share state={state.clone()} outside={props.outside.clone()} /> },
                    Some(Dialog::Export) => html! { <Export state={state.clone()} /> },
                    None => Html::default(),
                } }
            </div>
        </ContextProvider<Lab>>
    }
}

/// A file that is dropped anywhere is opened.
fn drop(lab: &Lab) -> Callback<DragEvent> {
    let lab = lab.clone();
    Callback::from(move |event: DragEvent| files::dropped(&event, &lab))
}

/// The keys of the timeline: handled while the focus is inside, and kept from the page when they are ours. Where no
/// timeline is seen, only the list of keys is one's own.
pub(crate) fn keydown(lab: &Lab, has_time: bool) -> Callback<KeyboardEvent> {
    let lab = lab.clone();
    Callback::from(move |event: KeyboardEvent| {
        if !lab.keys || event.default_prevented() {
            return;
        }
        let key = event.key();
        let press = dom::press(&event, &key);
        let command = keys::command(press, dom::focus_kind(&event));
        if let Some(command) = command.filter(|command| has_time || *command == KeyCommand::Help) {
            event.prevent_default();
            event.stop_propagation();
            lab.send(command.action());
        }
    })
}
