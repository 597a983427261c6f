//! The drawn lines of the editor: numbers, looks, the line in effect, results of checks. Only lines in view
//! are drawn, whatever the length of the text. Must not know what the lines say.

use std::rc::Rc;

use yew::prelude::*;

use super::LINE;
use super::completion::Popup;
use super::line::{Line, line_props};
use crate::effects::store::Snapshot;

/// Lines drawn before the first in view.
const BEFORE: usize = 16;
/// Lines drawn in all.
const DRAWN: usize = 100;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct LinesProps {
    /// The state.
    pub(super) state: Snapshot,
    /// The first byte of every line.
    pub(super) starts: Rc<Vec<u32>>,
    /// The first line in view, from 0.
    pub(super) top: i32,
    /// The completion at the caret.
    pub(super) popup: Option<Popup>,
}

/// The lines.
#[component]
pub(super) fn Lines(props: &LinesProps) -> Html {
    let LinesProps { starts, top, .. } = props;
    let all = starts.len();
    let from = usize::try_from(*top)
        .unwrap_or(0)
        .saturating_sub(BEFORE)
        .min(all);
    let to = from.saturating_add(DRAWN).min(all);
    let space = |lines: usize| (lines as u64 * LINE as u64).to_string();
    html! {
        <div class="lines" aria-hidden="true">
            <svg class="spacer" width="1" height={space(from)} />
            for number in from..to {
                <Line key={number} ..line_props(props, number) />
            }
            <svg class="spacer" width="1" height={space(all - to)} />
        </div>
    }
}
