//! The Offset Lab app: shows frames of the core and turns what a person does into edits of the text.
//! It must not know how the core decides anything; only `bridge` and `effects` may know the browser.

mod bridge;
pub use bridge::{Handle, all_lessons, mount};
mod components;
mod effects;
pub mod state;
