//! What a page can do with an instance, whichever it is: read and set text and moment, play, ask for facts, listen.

use std::rc::Rc;

use js_sys::Function;
use offset_lab::world::Cursor;
use wasm_bindgen::JsValue;

use super::facts;
use crate::effects::store::{State, StoreHandle};
use crate::state::glance::{Glance, news};
use crate::state::plain::Plain;
use crate::state::{Action, Seek};

/// The state of an instance in the hands of a page.
pub struct Reins<S>(Rc<StoreHandle<S>>);

impl<S: State> Reins<S> {
    /// The reins of a state.
    pub fn new(held: &Rc<StoreHandle<S>>) -> Self {
        Self(Rc::clone(held))
    }

    /// From now on `listener(kind, detail)` hears what happens.
    pub fn tell(&self, listener: Function) {
        self.0.listen(move |before: &Glance, after: &Glance| {
            for news in news(before, after) {
                call(&listener, &news.into());
            }
        });
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.now().glance().text.to_string()
    }

    /// Another text.
    pub fn set_text(&self, text: &str) {
        self.0.send(Action::OpenText(text.into()));
    }

    /// Events that have happened at the moment shown.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.0.now().glance().cursor.event
    }

    /// Shows the moment after so many events, or the end when there are fewer.
    pub fn set_step(&self, step: u32) {
        self.0.send(Action::Seek(Seek::To(Cursor::at(step))));
    }

    /// Events of the run.
    #[must_use]
    pub fn steps(&self) -> u32 {
        let good = self.0.now().glance().good;
        good.map_or(0, |good| good.timeline().len())
    }

    /// Plays, or pauses.
    pub fn play(&self, playing: bool) {
        if self.0.now().is_playing() != playing {
            self.0.send(Action::PlayPause);
        }
    }

    /// All facts at the moment shown; `undefined` before anything has run.
    ///
    /// # Errors
    /// None that a page can bring about.
    pub fn facts(&self) -> Result<JsValue, JsValue> {
        let glance = self.0.now().glance();
        glance.good.map_or(Ok(JsValue::UNDEFINED), |good| {
            facts::facts(good.timeline(), glance.cursor)
        })
    }
}

/// Hands news to a function of the page. What it throws is its own affair, and is reported as such.
fn call(listener: &Function, news: &Plain) {
    if let Ok(detail) = facts::value(news) {
        drop(listener.call1(&JsValue::NULL, &detail));
    }
}
