//! The player as a page calls it: a small WebAssembly module that shows and lets move, and nothing else.

use std::sync::atomic::{AtomicU32, Ordering};

use offset_lab_www::bridge::options::{Options, whole};
use offset_lab_www::bridge::player::{Mounted, mount as show};
use offset_lab_www::bridge::reins::Reins;
use offset_lab_www::player::{Controls, Player, Wish};
use offset_lab_www::state::settings::Theme;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// The styles of the player, each as the app has it.
const SHEETS: &str = concat!(
    include_str!("../../styles/tokens.css"),
    include_str!("../../styles/base.css"),
    include_str!("../../styles/controls.css"),
    include_str!("../../styles/story.css"),
    include_str!("../../styles/stage-card.css"),
    include_str!("../../../src/view/stage.css"),
    include_str!("../../styles/transport.css"),
    include_str!("../../styles/player.css"),
);

/// How long they are without what browsers do not read.
const LENGTH: usize = squeezed::<{ SHEETS.len() }>(SHEETS.as_bytes()).1;
/// They themselves.
const STYLES: &str = match str::from_utf8(&squeezed::<LENGTH>(SHEETS.as_bytes()).0) {
    Ok(styles) => styles,
    Err(_) => panic!("what is left out of a style sheet are letters of ASCII"),
};

/// A style sheet without comments and needless spaces, and its length.
const fn squeezed<const ROOM: usize>(sheet: &[u8]) -> ([u8; ROOM], usize) {
    let (mut out, mut length, mut at) = ([0; ROOM], 0, 0);
    while at < sheet.len() {
        if sheet[at] == b'/' && sheet[at + 1] == b'*' {
            at += 2;
            while sheet[at] != b'*' || sheet[at + 1] != b'/' {
                at += 1;
            }
            at += 2;
            continue;
        }
        let letter = sheet[at];
        at += 1;
        let is_space = letter.is_ascii_whitespace();
        let before = if length == 0 { b' ' } else { out[length - 1] };
        let needs_none = matches!(before, b' ' | b'{' | b'}' | b';' | b',' | b':')
            || at < sheet.len() && sheet[at] == b'{';
        if !(is_space && needs_none) {
            out[length] = if is_space { b' ' } else { letter };
            length += 1;
        }
    }
    (out, length)
}

/// Instances so far on this page.
static INSTANCES: AtomicU32 = AtomicU32::new(0);

/// A mounted player.
#[wasm_bindgen]
pub struct Handle {
    mounted: Mounted,
    reins: Reins<Player>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the player out of its element and ends whatever it runs. Doing so again does nothing.
    pub fn destroy(&mut self) {
        self.mounted.destroy();
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

    /// `auto`, `light` or `dark`; anything else changes nothing.
    pub fn set_theme(&self, theme: &str) {
        if let Some(theme) = Theme::from_word(theme) {
            let held = &self.mounted.held;
            held.put(held.now().with_theme(theme).into());
        }
    }
}

/// Shows a player inside `root`, in place of what the element holds. `options` is an object; each of its fields may be
/// missing, and is a string unless it says otherwise:
///
/// - `scenario`: the text
/// - `name`: how the text is called where its problems are drawn
/// - `step`, a number: the moment to begin with
/// - `controls`: `mini` or `none`
/// - `theme`: `auto`, `light` or `dark`
/// - `keys`: `off`: no key is handled
/// - `poster`, a number: the width in its own units of the picture that stands in its place until now
/// - `tell`, a function: is called with what happens, an object whose `kind` is `step`, `answer`, `solved` or `error`
///
/// # Errors
/// When `options` or a field of it is something else, says what.
#[wasm_bindgen]
pub fn mount(root: Element, options: JsValue) -> Result<Handle, JsValue> {
    let options = Options::new(&options)?;
    let theme = options.text("theme")?;
    let wish = Wish {
        text: options.text("scenario")?.unwrap_or_default().into(),
        name: options.text("name")?.unwrap_or_default().into(),
        step: options.number("step")?,
        controls: match options.text("controls")?.as_deref() {
            Some("none") => Controls::None,
            Some(_) | None => Controls::Mini,
        },
        theme: theme
            .and_then(|word| Theme::from_word(&word))
            .unwrap_or_default(),
        poster: options.number("poster")?.unwrap_or(0),
    };
    let keys = options.text("keys")?.as_deref() != Some("off");
    let tell = options.function("tell")?;
    let number = INSTANCES.fetch_add(1, Ordering::Relaxed);
    let mounted = show(root, format!("offset-lab-player-{number}-"), keys, wish);
    let reins = Reins::new(&mounted.held);
    if let Some(listener) = tell {
        reins.tell(listener);
    }
    Ok(Handle { mounted, reins })
}

/// The text of the style sheet that a player needs in its root.
#[wasm_bindgen]
#[must_use]
pub fn styles() -> String {
    STYLES.to_owned()
}
