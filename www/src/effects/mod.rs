//! What touches the browser on the app's behalf: timers, storage, sizes, files, the focus. Decides nothing
//! about scenarios: it carries out what the state asks for and reports back as actions.

pub(crate) mod address;
pub(crate) mod after;
pub(crate) mod dom;
pub(crate) mod drawing;
pub(crate) mod fetching;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod html;
pub(crate) mod layers;
pub(crate) mod mark_elements;
pub(crate) mod node;
pub(crate) mod outside;
pub(crate) mod pause;
pub(crate) mod player;
pub(crate) mod player_runner;
#[cfg(all(test, target_arch = "wasm32"))]
mod renders;
pub(crate) mod runner;
pub(crate) mod shown;
pub(crate) mod storage;
pub(crate) mod store;
pub(crate) mod turned;
pub(crate) mod watch;
