//! A table of the frame, in the words of the real tools. Must not know its columns.

use offset_lab::view::Target;
use offset_lab::view::frame::{TABLE_ROWS, Table, TableRow};
use offset_lab::view::why::WhyTarget;
use yew::prelude::*;

use super::pager::{PageOfRows, pager};
use super::why::ask;
use crate::effects::dom;
use crate::effects::store::use_lab;
use crate::state::Action;
use crate::state::slices::Of;

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct TableProps {
    /// The table.
    pub(crate) table: Of<Table>,
    /// What is selected.
    pub(crate) selected: Option<Target>,
    /// Whether it stands among others, so that its title has to be seen.
    #[prop_or_default]
    pub(crate) is_one_of_several: bool,
}

/// The table; its rows select what they are about, by mouse anywhere, by keys in their first cells.
#[component]
pub(crate) fn DataTable(props: &TableProps) -> Html {
    let lab = use_lab();
    let Some(table) = props.table.get().filter(|table| !table.rows.is_empty()) else {
        return html! { <p class="empty">{ "There is none at this moment." }</p> };
    };
    let cell_of = |row, column| WhyTarget::Cell {
        table: table.id,
        from: table.from,
        row,
        column,
    };
    let row = |(at, row): (usize, &TableRow)| {
        let target = row.target;
        let selected = props.selected == Some(target);
        html! {
            <tr class={selected.then_some("selected")} onclick={lab.on(move |event: MouseEvent| {
                // The table gives way to the inspector: the focus stays where that appears.
                dom::focus_in_lab(&event, ".table-panel");
                Action::Select(Some(target))
            })}>
                for (place, cell) in row.cells.iter().enumerate() {
                    if place == 0 {
                        <th scope="row">
                            <button class="link">{ cell }</button>
                        </th>
                    } else {
                        <td>
                            { value(table.columns.get(place).copied(), cell) }
                            { ask(&lab, cell_of(at, place), table.columns.get(place).copied().unwrap_or_default(), false) }
                        </td>
                    }
                }
            </tr>
        }
    };
    let rows = PageOfRows {
        table: table.id,
        things: table.id,
        from: table.from,
        shown: table.rows.len(),
        room: TABLE_ROWS,
        all: table.all,
    };
    html! {
      <>
        <table class="data">
            <caption class={if props.is_one_of_several { "table-title" } else { "for-readers" }}>{ table.title }</caption>
            <thead><tr>{ for table.columns.iter().map(|name| html! { <th scope="col">{ *name }</th> }) }</tr></thead>
            <tbody>{ for table.rows.iter().enumerate().map(row) }</tbody>
        </table>
        { pager(&lab, &rows) }
      </>
    }
}

/// A state is a badge; everything else is text.
fn value(column: Option<&str>, cell: &str) -> Html {
    match column {
        Some("State") => html! { <span class={classes!("badge", cell.to_owned())}>{ cell }</span> },
        Some(_) | None => html! { { cell } },
    }
}
