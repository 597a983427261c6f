//! The player as it comes into a page.

use std::rc::Rc;

use web_sys::Element;
use yew::AppHandle;

use crate::effects::store::{Lab, StoreHandle};
use crate::player::view::{View, ViewProps};
use crate::player::{Player, Wish};

/// A player in a page.
pub struct Mounted {
    app: Option<AppHandle<View>>,
    /// Its state.
    pub held: Rc<StoreHandle<Player>>,
}

/// Shows a player inside `root`, in place of what the element holds.
pub fn mount(root: Element, prefix: String, keys: bool, wish: Wish) -> Mounted {
    let held = StoreHandle::new(Player::new(wish));
    let props = ViewProps {
        lab: Lab::new(prefix.into(), keys, &held),
        held: Rc::clone(&held),
    };
    root.set_text_content(None);
    let app = yew::Renderer::<View>::with_root_and_props(root, props).render();
    Mounted {
        app: Some(app),
        held,
    }
}

impl Mounted {
    /// Takes the player out of its element and ends whatever it runs. Doing so again does nothing.
    pub fn destroy(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}
