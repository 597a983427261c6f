//! What a reader sees of a player. Must not know what page it is in.

use std::rc::Rc;

use yew::prelude::*;

use super::problem;
use super::state::Player;
use super::wish::Controls;
use crate::components::icon::{Shape, icon};
use crate::components::markdown::markdown;
use crate::components::narration::Narration;
use crate::components::picture::Picture;
use crate::components::question::{QuestionCard, answered};
use crate::components::transport::Transport;
use crate::effects::player_runner::use_player_runner;
use crate::effects::store::{Lab, StoreHandle, use_held};
use crate::effects::watch::{use_visible, use_width};
use crate::effects::{dom, player};
use crate::state::{Action, keys};

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ViewProps {
    /// The handle of the instance.
    pub(crate) lab: Lab,
    /// Its state.
    pub(crate) held: Rc<StoreHandle<Player>>,
}

/// The whole player.
#[component]
pub(crate) fn View(props: &ViewProps) -> Html {
    let state = use_held(&props.held);
    let (lab, held) = (props.lab.clone(), &props.held);
    use_player_runner(&state, held);
    player::use_player(state.playing && state.seen, state.settings.speed, &lab);
    let place = use_node_ref();
    use_width(&place, lab.on(Action::Width));
    use_visible(&place, lab.on(Action::Shown));
    let is_compact = state.is_compact();
    let is_mini = state.wish.controls == Controls::Mini;
    let open = open(held);
    html! {
        <ContextProvider<Lab> context={lab.clone()}>
            <section class={classes!("lab", "player", is_compact.then_some("compact"))} tabindex="-1"
                aria-label={title(&state)} data-theme={state.wish.theme.word()}
                onkeydown={keydown(&lab, is_mini, &open)} onclick={open.reform(|_: MouseEvent| ())}>
                if !state.has_no_problem() {
                    { problems(&state) }
                }
                if is_mini && !is_compact {
                    { told(&lab, &state) }
                }
                <div class="stage-place" ref={place}>
                    if let Some(frame) = &state.frame {
                        <Picture frame={Rc::clone(frame)} fast={moves_fast(&state)} />
                    }
                </div>
                if is_mini {
                    { foot(&lab, &state, is_compact) }
                }
            </section>
        </ContextProvider<Lab>>
    }
}

fn title(state: &Player) -> AttrValue {
    let title = state.frame.as_ref().map_or("", |f| &f.story.title);
    match title {
        "" => "A run of Offset Lab".into(),
        title => ["A run of Offset Lab: ", title].concat().into(),
    }
}

/// What the reader does first makes room for everything.
fn open(held: &Rc<StoreHandle<Player>>) -> Callback<()> {
    let held = Rc::clone(held);
    Callback::from(move |()| {
        let now = held.now();
        if now.is_compact() {
            held.put(Rc::new(now.opened()));
        }
    })
}

fn problems(state: &Player) -> Html {
    let drawn = state
        .parsed
        .as_ref()
        .map(|parsed| problem::drawn(&state.wish.name, &state.wish.text, parsed));
    html! {
        <div class="player-problems" role="alert">
            <p>{ "This scenario has problems, so it does not run:" }</p>
            <pre tabindex="0">{ drawn }</pre>
        </div>
    }
}

/// The words of the author, when there are any at this moment.
fn told(lab: &Lab, state: &Player) -> Html {
    let Some(frame) = &state.frame else {
        return Html::default();
    };
    let story = &frame.story;
    let asked = state.asked.as_ref().filter(|_| state.veil().is_some());
    let answer = state.answer.as_ref();
    let answer = answer.filter(|answer| answer.is_shown(state.asked.as_ref(), state.cursor));
    html! {
        <div class="story player-story">
            if let Some(chapter) = &story.chapter {
                <p class="chapter-title">{ chapter }</p>
            }
            { markdown(&story.text) }
            if let Some((question, asked)) = story.question.as_ref().zip(asked) {
                <QuestionCard key={question.line} question={question.clone()}
                    prediction={(question.line == asked.line).then(|| Rc::clone(&asked.prediction))} />
            }
            if let Some(answer) = answer {
                { answered(lab, answer, state.cursor.event) }
            }
        </div>
    }
}

/// The sentence and the line of time; as long as nobody has done anything in the place of a poster, only how to begin.
fn foot(lab: &Lab, state: &Player, is_compact: bool) -> Html {
    if state.frame.is_none() {
        return Html::default();
    }
    if is_compact {
        return html! {
            <button class="button primary player-begin" onclick={lab.on(|_: MouseEvent| Action::PlayPause)}>
                { icon(Shape::Play) }{ "Play" }
            </button>
        };
    }
    let words = state.frame.as_ref().map(|frame| frame.narration.clone());
    html! {
        <div class="player-foot">
            <Narration words={AttrValue::from(words.unwrap_or_default())} event={None} playing={state.playing} stale={false} />
            <Transport timing={state.timing()} />
        </div>
    }
}

fn moves_fast(state: &Player) -> bool {
    !state.seen
        || state.is_compact()
        || (state.playing && state.settings.speed.beat().every_ms < 250)
}

/// The keys of the timeline: handled while the focus is inside, and kept from the page when they are ours.
fn keydown(lab: &Lab, is_mini: bool, open: &Callback<()>) -> Callback<KeyboardEvent> {
    let (lab, open) = (lab.clone(), open.clone());
    Callback::from(move |event: KeyboardEvent| {
        if !lab.keys || !is_mini || event.default_prevented() {
            return;
        }
        let key = event.key();
        let command = keys::command(dom::press(&event, &key), dom::focus_kind(&event));
        let Some(command) = command.filter(|command| command.is_of_time()) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        open.emit(());
        lab.send(command.action());
    })
}
