//! The Offset Lab app: shows frames of the core and turns what a person does into edits of the text.
//! It must not know how the core decides anything; only `bridge` and `effects` may know the browser.
//!
//! Without the feature `app` this is what the player is made of: a page that only shows loads nothing else.
#![cfg_attr(
    not(feature = "app"),
    allow(dead_code, reason = "the build of the app judges what nobody uses")
)]

pub mod bridge;
#[cfg(feature = "app")]
pub use bridge::{Handle, all_lessons, mount, run};
mod components;
mod effects;
pub mod link;
pub mod player;
pub mod state;

/// An allocator that weighs 1 kB in a download; the standard library's weighs 7.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
