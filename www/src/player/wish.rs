//! How a page wants a player. Plain data.

use std::rc::Rc;

use crate::state::settings::Theme;

/// What a page wants shown around the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Controls {
    /// The author's words, the sentence, the line of time.
    #[default]
    Mini,
    /// The picture alone.
    None,
}

/// How a page wants a player.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The text.
    pub text: Rc<str>,
    /// How the text is called where its problems are drawn.
    pub name: Rc<str>,
    /// The moment to begin with, as events; `None`: where time first moves.
    pub step: Option<u32>,
    /// What is shown around the picture.
    pub controls: Controls,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// The picture that stands in the page until this one comes is so many units wide: until a reader does something,
    /// this one is laid out as that one is. 0: there is none.
    pub poster: u32,
}
