//! The root: holds the state, hosts the effects, lays out the cards. Must not know what it is mounted in.

use std::rc::Rc;

use yew::prelude::*;

use super::editor::Editor;
use super::header::Header;
use super::keys_help::KeysHelp;
use super::notice::notice;
use super::side::SideCard;
use super::stage::StageCard;
use super::tables::Tables;
use crate::effects::store::{Lab, Snapshot, Store};
use crate::effects::{dom, files, player, runner, storage};
use crate::state::settings::Theme;
use crate::state::{Action, AppState, keys};

/// How an instance is wanted.
#[derive(Properties, PartialEq)]
pub(crate) struct AppProps {
    /// Before every id.
    pub(crate) prefix: AttrValue,
    /// Whether keys are handled.
    pub(crate) keys: bool,
    /// Whether drafts and settings are kept.
    pub(crate) storage: bool,
    /// The theme, unless the learner's own is to be used.
    pub(crate) theme: Option<AttrValue>,
    /// The lesson to open.
    pub(crate) lesson: Option<AttrValue>,
    /// The text to open.
    pub(crate) scenario: Option<AttrValue>,
}

impl AppProps {
    fn initial(&self) -> Store {
        let mut state = AppState::default();
        if let Some(lesson) = &self.lesson {
            state = state.reduce(Action::Open(lesson.as_str().into()));
        }
        if let Some(text) = &self.scenario {
            state = state.reduce(Action::OpenText(text.as_str().into()));
        }
        let theme = self.theme.as_ref().and_then(|word| Theme::from_word(word));
        Store(Snapshot(Rc::new(match theme {
            Some(theme) => state.reduce(Action::Theme(theme)),
            None => state,
        })))
    }
}

/// The whole app.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let store = use_reducer(|| props.initial());
    let state = store.0.clone();
    let lab = Lab {
        prefix: props.prefix.clone(),
        keys: props.keys,
        dispatch: store.dispatcher(),
    };
    let own = props.lesson.is_none() && props.scenario.is_none();
    storage::use_storage(&state, &lab, props.storage && own);
    runner::use_runner(state.jobs, state.job.as_ref(), &lab);
    player::use_player(state.playing, state.settings.speed, &lab);
    html! {
        <ContextProvider<Lab> context={lab.clone()}>
            <div class="lab" tabindex="-1" data-theme={state.settings.theme.word()} onkeydown={keydown(&lab)}
                ondragover={Callback::from(|event: DragEvent| files::drag_over(&event))} ondrop={drop(&lab)}>
                <Header name={state.name.clone()} text={state.doc.text.clone()} drafts={state.drafts.clone()}
                    broker={state.broker().map(AttrValue::from)} theme={state.settings.theme} help={state.look.help} />
                { notice(&lab, state.notice.as_deref()) }
                <main class="lab-cards" tabindex="-1">
                    <div class="lab-left">
                        <SideCard side={state.look.side} name={AttrValue::from(state.name.clone())} telling={state.telling()} />
                        <Editor state={state.clone()} />
                    </div>
                    <div class="lab-right">
                        <StageCard frame={state.frame.clone()} still={state.moves_fast() || state.look.unseen}
                            stale={state.stale_words().map(AttrValue::from)} acting={state.acting()} timing={state.timing()} />
                        <Tables tab={state.look.tab} selected={state.look.selected} at={state.cursor.event} level={state.settings.level} veil={state.veil()}
                            frame={state.frame.clone()} good={state.good.clone()} acting={state.acting()} />
                    </div>
                </main>
                if state.look.help {
                    <KeysHelp />
                }
            </div>
        </ContextProvider<Lab>>
    }
}

/// A file that is dropped anywhere is opened.
fn drop(lab: &Lab) -> Callback<DragEvent> {
    let lab = lab.clone();
    Callback::from(move |event: DragEvent| files::dropped(&event, &lab))
}

/// The keys of the timeline: handled while the focus is inside, and kept from the page when they are ours.
fn keydown(lab: &Lab) -> Callback<KeyboardEvent> {
    let lab = lab.clone();
    Callback::from(move |event: KeyboardEvent| {
        if !lab.keys || event.default_prevented() {
            return;
        }
        let key = event.key();
        let press = dom::press(&event, &key);
        if let Some(command) = keys::command(press, dom::focus_kind(&event)) {
            event.prevent_default();
            event.stop_propagation();
            lab.send(command.action());
        }
    })
}
