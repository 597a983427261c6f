//! What the layers of the editor follow: the text in blocks, what of it is in view, where the caret was put.
//! Must not know how anything is drawn.

use std::rc::Rc;

use yew::prelude::*;

use crate::effects::after::{After, use_after};
use crate::effects::store::Snapshot;
use crate::effects::{dom, layers};
use crate::state::blocks::Blocks;
use crate::state::document::start_of_line;

/// What is seen of the text.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct View {
    /// The first block and the last.
    pub(super) blocks: (usize, usize),
    /// Pixels above.
    pub(super) scrolled: i32,
}

/// The text in blocks: what did not change is what it was before.
#[hook]
pub(super) fn use_blocks(text: &Rc<str>) -> Rc<Blocks> {
    let before = use_mut_ref(|| Rc::new(Blocks::default()));
    let blocks = use_memo(Rc::clone(text), |text| {
        let next = Rc::new(before.borrow().update(text));
        *before.borrow_mut() = Rc::clone(&next);
        next
    });
    Rc::clone(&blocks)
}

/// What is in view, and what to call when that changes.
#[hook]
pub(super) fn use_view(
    scroller: &NodeRef,
    lines: &NodeRef,
    blocks: &Rc<Blocks>,
) -> (View, Callback<Event>) {
    let view = use_state_eq(|| View {
        blocks: (0, 1),
        scrolled: 0,
    });
    let look = {
        let (scroller, lines, view) = (scroller.clone(), lines.clone(), view.setter());
        Callback::from(move |()| {
            if let Some(blocks) = layers::blocks_in_view(&scroller, &lines) {
                let scrolled = dom::visible_rows(&scroller).map_or(0, |rows| rows.0);
                view.set(View { blocks, scrolled });
            }
        })
    };
    {
        let look = look.clone();
        use_after(After::new(Rc::clone(blocks), move |_| look.emit(())));
    }
    (*view, look.reform(|_: Event| ()))
}

/// Keeps the area's text the state's, its caret when the app itself placed it, and in view what matters.
#[hook]
pub(super) fn use_placing(
    state: &Snapshot,
    blocks: &Rc<Blocks>,
    area: &NodeRef,
    scroller: &NodeRef,
    lines: &NodeRef,
) {
    let reveal = |byte: usize, around: (i32, i32)| {
        let (scroller, lines, blocks) = (scroller.clone(), lines.clone(), Rc::clone(blocks));
        move || {
            if let Some(spot) = blocks.spot(byte) {
                layers::reveal(&scroller, &lines, spot, around);
            }
        }
    };
    {
        let in_effect = state.line_in_effect();
        let start = in_effect.map(|line| start_of_line(&state.doc.text, line));
        let reveal = start.map(|start| reveal(start, (2, 3)));
        use_after(After::new(in_effect, move |_| {
            reveal.iter().for_each(|reveal| reveal())
        }));
    }
    {
        // The line of the caret stays in view while one writes, also when the problems take up room.
        let reveal = reveal(state.doc.caret, (0, 0));
        use_after(After::new(
            (state.doc.caret_line(), state.problems().len()),
            move |_| reveal(),
        ));
    }
    let reveal = reveal(state.doc.caret, (1, 1));
    let (area, state) = (area.clone(), state.clone());
    use_after(After::new(state.placed, move |_| {
        dom::place(&area, &state.doc.text, state.doc.caret);
        reveal();
    }));
}
