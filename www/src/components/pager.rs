//! Which rows of many are shown, and the ways to the others. Must not know what the rows are.

use yew::prelude::*;

use crate::effects::store::Lab;
use crate::state::Action;

/// Rows of many.
pub(crate) struct PageOfRows {
    /// Which table.
    pub(crate) table: &'static str,
    /// What the rows are, in the plural.
    pub(crate) things: &'static str,
    /// The place of the first row shown.
    pub(crate) from: usize,
    /// Rows shown.
    pub(crate) shown: usize,
    /// Rows that fit.
    pub(crate) room: usize,
    /// Rows in all.
    pub(crate) all: usize,
}

/// The row of the pager; nothing when all rows are shown.
pub(crate) fn pager(lab: &Lab, rows: &PageOfRows) -> Html {
    let PageOfRows {
        table, from, all, ..
    } = *rows;
    if all <= rows.shown {
        return html! {};
    }
    let to = from + rows.shown;
    let way = |name: &'static str, to: usize, off: bool| {
        html! {
            <button class="button small" aria-disabled={off.to_string()}
                onclick={lab.on(move |_| Action::Rows(table, to))}>{ name }</button>
        }
    };
    let last = all.saturating_sub(1) / rows.room * rows.room;
    html! {
        <div class="pager" role="group" aria-label={format!("{} shown", rows.things)}>
            <span>{ format!("{} {} to {to} of {all}", rows.things, from + 1) }</span>
            { way("First", 0, from == 0) }
            { way("Before", from.saturating_sub(rows.room), from == 0) }
            { way("Next", if to < all { to } else { from }, to >= all) }
            { way("Last", last, to >= all) }
        </div>
    }
}
