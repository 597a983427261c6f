//! The boundary to JavaScript: what a page that holds the app or the player may call. No rule of the lab lives here.

#[cfg(feature = "app")]
pub(crate) mod app;
#[cfg(feature = "app")]
pub use app::{Handle, all_lessons, mount};
#[cfg(feature = "app")]
pub use ran::run;
mod facts;
pub mod options;
pub mod player;
#[cfg(feature = "app")]
mod ran;
pub mod reins;

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;
