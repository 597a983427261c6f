//! What the tables of every family are made of: pages of rows, and values as people read them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::frame::{FrameOptions, TABLE_ROWS, Table, TableRow};
use crate::explain::english::number;
use crate::language::ast::Value;

/// What stands above the rows of a table.
pub(crate) struct TableHead {
    /// Which table it is.
    pub(crate) id: &'static str,
    /// Its caption.
    pub(crate) title: &'static str,
    /// Column names, those of the real tools first.
    pub(crate) columns: &'static [&'static str],
}

impl TableHead {
    /// The table with the page of `all` things that begins at `from`: the last page when there are not so many.
    pub(crate) fn table<T: Copy>(
        self,
        all: &[T],
        from: usize,
        row: impl Fn(T) -> Option<TableRow>,
    ) -> Table {
        let from = from.min(all.len().saturating_sub(1) / TABLE_ROWS * TABLE_ROWS);
        let shown = &all[from..all.len().min(from + TABLE_ROWS)];
        Table {
            id: self.id,
            title: self.title,
            columns: self.columns.to_vec(),
            rows: shown.iter().filter_map(|thing| row(*thing)).collect(),
            from,
            all: all.len(),
        }
    }
}

/// The row that a table was turned over to.
pub(crate) fn turned(options: &FrameOptions, id: &str) -> usize {
    let found = options.tables.iter().find(|(table, _)| *table == id);
    found.map_or(0, |(_, from)| *from)
}

/// What is known, or a dash.
pub(crate) fn or_dash(value: Option<u64>) -> String {
    value.map_or_else(|| "—".into(), number)
}

/// A value for people.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::None => "—".into(),
        Value::Number(n) => number(*n),
        Value::Below(n) => alloc::format!("−{}", number(*n)),
        Value::Text(text) => text.to_string(),
    }
}

/// The things of a list by their places in it.
pub(crate) fn all_of<T, Id>(list: &[T], id: fn(usize) -> Id) -> Vec<Id> {
    (0..list.len()).map(id).collect()
}
