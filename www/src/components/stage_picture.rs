//! The picture as a component of the app. Must not know what is drawn.

use std::rc::Rc;

use offset_lab::view::Frame;
use yew::prelude::*;

use super::picture::Picture;
use crate::effects::html::{at, use_drawn};
use crate::effects::store::use_lab;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct PictureProps {
    /// What to show.
    pub(crate) frame: Rc<Frame>,
    /// Too fast for motion.
    pub(crate) fast: bool,
}

/// The picture.
#[component]
pub(crate) fn StagePicture(props: &PictureProps) -> Html {
    let lab = use_lab();
    let update = use_force_update();
    let redraw = move |()| update.force_update();
    let picture = (*use_memo((), |()| Picture::new(&lab, Callback::from(redraw)))).clone();
    let node = use_node_ref();
    let (drawn, frame) = (Rc::clone(&picture), Rc::clone(&props.frame));
    use_drawn(&node, move |element| drawn.drawing.drawn(&frame, element));
    at(&node, picture.draw(&props.frame, props.fast))
}
