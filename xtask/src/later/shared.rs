//! What the two parts have in common: the memory, the tables and variables, and the functions of the first one that the
//! second one calls, each under a name that both know. It must not know how a part is written.

use std::convert::Infallible;

use anyhow::Context;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{EntityType, ExportKind, GlobalType, MemoryType, TableType};

use super::read::Read;

/// The function that the script gives for the first part to ask for the second.
pub(super) const IMPORT: &str = "__wbg_take_in_rest";
/// What the first part is called in the second.
pub(super) const FIRST: &str = "a";

/// What both parts know.
pub(super) struct Shared {
    /// The kind of a function that takes and gives nothing.
    pub(super) nothing: u32,
    /// The place of the first function of the second part, in the table of functions.
    pub(super) first_place: u32,
    /// The tables, with these places.
    pub(super) tables: Vec<TableType>,
    memories: Vec<MemoryType>,
    globals: Vec<GlobalType>,
    /// The functions of the first part that the second calls.
    pub(super) called: Vec<u32>,
    /// What tells that both come from one build.
    mark: String,
}

impl Shared {
    /// For so many functions of the second part that others call.
    pub(super) fn new(
        read: &Read<'_>,
        called: Vec<u32>,
        more: usize,
        mark: &str,
    ) -> anyhow::Result<Self> {
        let is_nothing =
            |kind: &wasmparser::FuncType| kind.params().is_empty() && kind.results().is_empty();
        let nothing = read.types.iter().position(is_nothing);
        let nothing = nothing.context("no function takes and gives nothing")?;
        let first_place = read.tables.get(read.table as usize);
        let first_place = first_place.context("it has no table of functions")?.initial;
        let types = types(read, more).context("what it has cannot be given to another")?;
        let (tables, memories, globals) = types;
        Ok(Self {
            nothing: u32::try_from(nothing)?,
            first_place: u32::try_from(first_place)?,
            tables,
            memories,
            globals,
            called,
            mark: mark.to_owned(),
        })
    }

    /// What the first part gives to the second: under which name, what, and its number.
    pub(super) fn given(&self) -> impl Iterator<Item = (String, ExportKind, u32)> {
        let all = [
            (ExportKind::Memory, self.memories.len()),
            (ExportKind::Table, self.tables.len()),
            (ExportKind::Global, self.globals.len()),
        ];
        let own = all
            .into_iter()
            .flat_map(|(kind, count)| (0..).take(count).map(move |at| (kind, at)));
        let called = self
            .called
            .iter()
            .map(|function| (ExportKind::Func, *function));
        own.chain(called).enumerate().map(|(at, (kind, number))| {
            let name = match at {
                0 => self.mark.clone(),
                at => name(at),
            };
            (name, kind, number)
        })
    }

    /// The type of one of these.
    pub(super) fn type_of(&self, read: &Read<'_>, kind: ExportKind, at: u32) -> EntityType {
        let place = at as usize;
        match kind {
            ExportKind::Memory => EntityType::Memory(self.memories[place]),
            ExportKind::Table => EntityType::Table(self.tables[place]),
            ExportKind::Global => EntityType::Global(self.globals[place]),
            ExportKind::Func | ExportKind::Tag => EntityType::Function(read.kinds[place]),
        }
    }
}

type Types = (Vec<TableType>, Vec<MemoryType>, Vec<GlobalType>);

fn types(read: &Read<'_>, more: usize) -> Result<Types, Error<Infallible>> {
    let mut same = RoundtripReencoder;
    let mut tables = Vec::new();
    for (at, table) in (0..).zip(&read.tables) {
        let mut table = same.table_type(*table)?;
        if at == read.table {
            table.minimum += more as u64;
            table.maximum = table.maximum.map(|most| most + more as u64);
        }
        tables.push(table);
    }
    let memories = read.memories.iter().map(|memory| same.memory_type(*memory));
    let memories = memories.collect::<Result<_, _>>()?;
    let globals = read.globals.iter().map(|global| same.global_type(*global));
    Ok((tables, memories, globals.collect::<Result<_, _>>()?))
}

/// Names that no function of Rust has: they begin with a digit.
fn name(at: usize) -> String {
    const LETTERS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let letter = |at: usize| char::from(LETTERS[at % LETTERS.len()]);
    let mut name = String::from(letter(at % 10));
    let mut left = at / 10;
    while left > 0 {
        name.push(letter(left));
        left /= LETTERS.len();
    }
    name
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::name;

    #[test]
    fn each_has_a_name_of_its_own() {
        let names: BTreeSet<String> = (0..20_000).map(name).collect();
        assert_eq!(names.len(), 20_000);
        assert!(
            names
                .iter()
                .all(|name| name.starts_with(|c: char| c.is_ascii_digit()))
        );
    }
}
