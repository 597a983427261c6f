//! The app as a page calls it.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use offset_lab::lessons;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use yew::AppHandle;

use super::options::{Options, whole};
use super::reins::Reins;
use crate::components::app::{App, AppProps, InstancePlace};
use crate::effects::outside::Outside;
use crate::effects::storage;
use crate::effects::store::{Lab, StoreHandle};
use crate::state::settings::Theme;
use crate::state::{Action, AppState};

/// Instances so far on this page.
static INSTANCES: AtomicU32 = AtomicU32::new(0);

/// A built-in lesson, for a page that offers them.
#[derive(Serialize)]
struct Lesson {
    /// What `mount` takes as `lesson`.
    slug: &'static str,
    /// Its title.
    title: &'static str,
}

/// A mounted app.
#[wasm_bindgen]
pub struct Handle {
    app: Option<AppHandle<App>>,
    held: Rc<StoreHandle<AppState>>,
    reins: Reins<AppState>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the app out of its element and ends whatever it runs. Doing so again does nothing.
    pub fn destroy(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }

    /// The text.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn text(&self) -> String {
        self.reins.text()
    }

    /// Another text.
    #[wasm_bindgen(setter)]
    pub fn set_text(&self, text: &str) {
        self.reins.set_text(text);
    }

    /// Events that have happened at the moment shown.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn step(&self) -> u32 {
        self.reins.step()
    }

    /// Shows the moment after so many events. What is no whole number from 0 changes nothing.
    #[wasm_bindgen(setter)]
    pub fn set_step(&self, step: f64) {
        whole(step).into_iter().for_each(|s| self.reins.set_step(s));
    }

    /// Events of the run.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn steps(&self) -> u32 {
        self.reins.steps()
    }

    /// Plays.
    pub fn play(&self) {
        self.reins.play(true);
    }

    /// Pauses.
    pub fn pause(&self) {
        self.reins.play(false);
    }

    /// All facts at the moment shown, by the names of streams and programs; `undefined` before anything has run.
    ///
    /// # Errors
    /// None that a page can bring about.
    pub fn facts(&self) -> Result<JsValue, JsValue> {
        self.reins.facts()
    }

    /// Opens what a link holds: the fragment of an address. What is none changes nothing.
    pub fn open_link(&self, fragment: &str) {
        self.held.send(Action::OpenLink(fragment.into()));
    }

    /// `auto`, `light` or `dark`; anything else changes nothing.
    pub fn set_theme(&self, theme: &str) {
        if let Some(theme) = Theme::from_word(theme) {
            self.held.send(Action::Theme(theme));
        }
    }
}

/// Shows the app inside `root`, in place of what the element holds: any element of a page or of a shadow
/// root. Several instances may live on one page. `options` is an object or nothing; each of its fields may be missing,
/// and is a string unless it says otherwise:
///
/// - `theme`: `auto`, `light` or `dark`
/// - `keys`: `off`: no key is handled but those of the text itself
/// - `lesson`: the slug of a lesson
/// - `scenario`: a scenario of the page's own
/// - `step`, a number: the moment to begin with
/// - `link`: the fragment of an address that may hold a scenario and a moment
/// - `storage`: `off`: nothing is kept on the machine
/// - `fragment`, the fragment of the page's address: the address of the page is this instance's, which opens what it
///   names, and changes it with what it shows; for the app's own page, where `link` is not needed
/// - `address`: where the app's files lie, for links and for what an author puts into a page
/// - `preview`, a function: is called with an element, the attributes of an `<offset-lab>` and its text, and shows it there
/// - `stands`: `embedded`: no higher than it needs to be; `bench`: only picture and text as well
/// - `editable`: `off`: the text cannot be changed
/// - `tell`, a function: is called with what happens, an object whose `kind` is `step`, `answer`, `solved` or `error`
///
/// # Errors
/// When `options` or a field of it is something else, says what.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element, options: JsValue) -> Result<Handle, JsValue> {
    let options = Options::new(&options)?;
    let is_off = |name: &str| Ok::<_, JsValue>(options.text(name)?.as_deref() == Some("off"));
    let (lesson, scenario) = (options.text("lesson")?, options.text("scenario")?);
    let keeps = lesson.is_none() && scenario.is_none() && !is_off("storage")?;
    let mut state = AppState::default();
    let theme = options.text("theme")?;
    let fragment = options.text("fragment")?;
    let is_bare = lesson.is_none() && scenario.is_none() && fragment.is_none();
    let begin = [
        is_bare.then(|| Action::Open(lessons::TRACKS[0].lessons[0].slug.into())),
        lesson.map(|lesson| Action::Open(lesson.into())),
        scenario.map(|text| Action::OpenText(text.into())),
        theme.and_then(|word| Theme::from_word(&word).map(Action::Theme)),
    ];
    for action in begin.into_iter().flatten() {
        state = state.reduce(action);
    }
    if is_off("editable")? {
        state.lock();
    }
    if let Some(step) = options.number("step")? {
        state.begin_at(step);
    }
    let kept = if keeps { storage::kept() } else { None };
    state.begin(fragment.as_deref(), kept);
    let held = StoreHandle::new(state);
    let number = INSTANCES.fetch_add(1, Ordering::Relaxed);
    let prefix = format!("offset-lab-{number}-");
    let reins = Reins::new(&held);
    if let Some(listener) = options.function("tell")? {
        reins.tell(listener);
    }
    let mut lab = Lab::new(prefix.into(), !is_off("keys")?, &held);
    lab.addresses = fragment.is_some();
    let props = AppProps {
        lab,
        held: Rc::clone(&held),
        storage: keeps,
        link: options.text("link")?.map(Into::into),
        outside: Outside {
            preview: options.function("preview")?,
            address: options.text("address")?.unwrap_or_else(|| "./".to_owned()),
        },
        stands: match options.text("stands")?.as_deref() {
            Some("embedded") => InstancePlace::Embedded,
            Some("bench") => InstancePlace::Bench,
            Some(_) | None => InstancePlace::Alone,
        },
    };
    root.set_text_content(None);
    let app = yew::Renderer::<App>::with_root_and_props(root, props).render();
    Ok(Handle {
        app: Some(app),
        held,
        reins,
    })
}

/// The built-in lessons in the order of learning: an array of `{slug, title}`.
///
/// # Errors
/// None that a page can bring about.
#[wasm_bindgen(js_name = lessons)]
pub fn all_lessons() -> Result<JsValue, JsValue> {
    let all = lessons::all().map(|lesson| Lesson {
        slug: lesson.slug,
        title: lesson.title(),
    });
    Ok(serde_wasm_bindgen::to_value(&all.collect::<Vec<_>>())?)
}
