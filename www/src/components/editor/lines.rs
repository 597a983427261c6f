//! The drawn lines of the editor: numbers, looks, the line in effect, results of checks. Blocks out of view are
//! bare text that only takes its room: so every row of the drawn layer stands where the text area has it, and a
//! keystroke costs what is in view. A text that is too long to be wrapped has rows of one height, and what is
//! out of view is empty. Must not know what the lines say.

use std::rc::Rc;

use yew::prelude::*;

use super::LINE;
use super::line::{Line, line_props};
use crate::effects::store::Snapshot;
use crate::state::blocks::Blocks;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct LinesProps {
    /// The state.
    pub(super) state: Snapshot,
    /// The text in blocks.
    pub(super) blocks: Rc<Blocks>,
    /// The first block in view and the last.
    pub(super) view: (usize, usize),
    /// The element.
    pub(super) node: NodeRef,
}

/// The lines.
#[component]
pub(super) fn Lines(props: &LinesProps) -> Html {
    let LinesProps {
        state,
        blocks,
        view: (from, to),
        node,
    } = props;
    html! {
        <div class="lines" ref={node.clone()} aria-hidden="true">
            for (at, block) in blocks.list.iter().enumerate() {
                <div class="block" key={block.id}>
                    if (*from..=*to).contains(&at) {
                        for (number, (start, line)) in (block.first..).zip(block.lines()) {
                            <Line key={number - block.first} ..line_props(state, number, start, line) />
                        }
                    } else if blocks.wraps {
                        <div class="rest">{ block.rows() }</div>
                    } else {
                        <svg class="spacer" width="1" height={(block.lines * LINE).to_string()} />
                    }
                </div>
            }
        </div>
    }
}
