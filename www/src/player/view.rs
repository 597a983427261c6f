//! What a reader sees of a player, as data. Must not know what page it is in.

use std::rc::Rc;

use yew::{AttrValue, Callback, Event};

use super::problem;
use super::state::Player;
use super::wish::Controls;
use crate::components::icon::{Shape, icon};
use crate::components::markdown::markdown;
use crate::components::narration::sentence;
use crate::components::picture::Picture;
use crate::components::question::{answered, question};
use crate::components::transport::transport;
use crate::effects::dom;
use crate::effects::node::{Heard, Tag, tag};
use crate::effects::player::Told;
use crate::effects::store::{Lab, StoreHandle};
use crate::state::marks::KeptMarks;
use crate::state::{Action, keys};

/// The whole player, and what it keeps from one moment to the next.
pub(crate) struct View {
    lab: Lab,
    held: Rc<StoreHandle<Player>>,
    redraw: Callback<()>,
    /// Its picture.
    pub(crate) picture: Rc<Picture>,
    told: Told,
    marks: KeptMarks,
}

impl View {
    /// Nothing is drawn yet. `redraw` has it drawn again.
    pub(crate) fn new(lab: &Lab, held: &Rc<StoreHandle<Player>>, redraw: Callback<()>) -> Self {
        Self {
            lab: lab.clone(),
            held: Rc::clone(held),
            picture: Picture::new(lab, redraw.clone()),
            redraw,
            told: Told::default(),
            marks: KeptMarks::default(),
        }
    }

    /// What is seen of a state.
    pub(crate) fn draw(&self, state: &Player) -> Tag {
        let is_compact = state.is_compact();
        let is_mini = state.wish.controls == Controls::Mini;
        let held = Rc::clone(&self.held);
        let class = if is_compact {
            "lab player compact"
        } else {
            "lab player"
        };
        let picture = state.frame.as_ref();
        let picture = picture.map(|frame| self.picture.draw(frame, moves_fast(state)));
        tag!(
            "section",
            "class" = class,
            "tabindex" = "-1",
            "aria-label" = title(state),
            "data-theme" = state.wish.theme.word()
        )
        .on("keydown", keydown(&self.lab, is_mini, &self.held))
        .on("click", Rc::new(move |_: &Event| open(&held)))
        .with((!state.has_no_problem()).then(|| problems(state)))
        .with(
            (is_mini && !is_compact)
                .then(|| told(&self.lab, state))
                .flatten(),
        )
        .with(tag!("div", "class" = "stage-place").key(2).with(picture))
        .with((is_mini && state.frame.is_some()).then(|| self.foot(state, is_compact)))
    }

    /// The sentence and the line of time; as long as nobody has done anything in the place of a poster, only how to begin.
    fn foot(&self, state: &Player, is_compact: bool) -> Tag {
        if is_compact {
            return tag!("button", "class" = "button primary player-begin")
                .on("click", self.lab.when(|_| Action::PlayPause))
                .with(icon(Shape::Play))
                .with("Play");
        }
        let words = state.frame.as_ref().map(|frame| frame.narration.clone());
        let words = AttrValue::from(words.unwrap_or_default());
        let told = self.told.of(&words, state.playing, &self.redraw);
        let timing = state.timing();
        tag!("div", "class" = "player-foot")
            .key(3)
            .with(tag!("div", "class" = "narration").with(sentence(words, told)))
            .with(transport(&self.lab, &timing, &self.marks.of(&timing)))
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
fn open(held: &StoreHandle<Player>) {
    let now = held.now();
    if now.is_compact() {
        held.put(Rc::new(now.opened()));
    }
}

fn problems(state: &Player) -> Tag {
    let parsed = state.parsed.as_ref();
    let drawn = parsed.map(|parsed| problem::drawn(&state.wish.name, &state.wish.text, parsed));
    let words = "This scenario has problems, so it does not run:";
    tag!("div", "class" = "player-problems", "role" = "alert")
        .with(tag!("p").with(words))
        .with(tag!("pre", "tabindex" = "0").with(drawn.unwrap_or_default()))
}

/// The words of the author, when there are any at this moment.
fn told(lab: &Lab, state: &Player) -> Option<Tag> {
    let story = &state.frame.as_ref()?.story;
    let open = state.asked.as_ref().filter(|_| state.veil().is_some());
    let asked = story.question.as_ref().zip(open).map(|(asked, open)| {
        let prediction = Some(&*open.prediction).filter(|_| asked.line == open.line);
        question(lab, asked, prediction, None)
    });
    let answer = state.answer.as_ref();
    let answer = answer.filter(|answer| answer.is_shown(state.asked.as_ref(), state.cursor));
    let chapter = story.chapter.clone();
    let told = tag!("div", "class" = "story player-story")
        .key(1)
        .with(chapter.map(|title| tag!("p", "class" = "chapter-title").with(title)))
        .with(markdown(&story.text))
        .with(asked)
        .with(answer.map(|answer| answered(lab, answer, state.cursor.event)));
    Some(told)
}

fn moves_fast(state: &Player) -> bool {
    !state.seen
        || state.is_compact()
        || (state.playing && state.settings.speed.beat().every_ms < 250)
}

/// The keys of the timeline: handled while the focus is inside, and kept from the page when they are ours.
fn keydown(lab: &Lab, is_mini: bool, held: &Rc<StoreHandle<Player>>) -> Heard {
    let (lab, held) = (lab.clone(), Rc::clone(held));
    Rc::new(move |event| {
        if !lab.keys || !is_mini || event.default_prevented() {
            return;
        }
        let pressed = dom::of_key(event);
        let key = pressed.key();
        let command = keys::command(dom::press(pressed, &key), dom::focus_kind(pressed));
        let Some(command) = command.filter(|command| command.is_of_time()) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        open(&held);
        lab.send(command.action());
    })
}
