//! The player: shows a run, and lets a reader move through it. It changes no text, and must not know the app's editor,
//! forms and inspector: a page that only shows does not load them.

mod asking;
mod problem;
mod state;
pub(crate) mod view;
mod wish;
pub(crate) mod work;

pub use state::Player;
pub use wish::{Controls, Wish};

#[cfg(test)]
mod tests;
