//! What a WebAssembly file says of its functions: of which kind they are, whom they call, where tables and data name
//! them. It must not know what is made of that.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use wasmparser::{
    ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, GlobalType, MemoryType,
    Operator, Parser, Payload, TableType, TypeRef,
};

use crate::laid::Laid;

/// A file, read.
#[derive(Default)]
pub(super) struct Read<'a> {
    /// How many functions come from outside: the first numbers.
    pub(super) imported: u32,
    /// The kind of each function, also of those from outside.
    pub(super) kinds: Vec<u32>,
    /// What each kind takes and gives.
    pub(super) types: Vec<FuncType>,
    /// The functions with a body.
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// By body: whom it calls.
    pub(super) calls: Vec<BTreeSet<u32>>,
    /// By body: the numbers in it, some of which are addresses.
    pub(super) numbers: Vec<BTreeSet<u32>>,
    /// What others may call.
    pub(super) exported: BTreeSet<u32>,
    /// Which table holds functions.
    pub(super) table: u32,
    /// The functions in it, by their place.
    pub(super) slots: BTreeMap<u32, u32>,
    /// Its tables, memories and variables.
    pub(super) tables: Vec<TableType>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<GlobalType>,
    /// What lies in memory at the beginning, in order of address: a piece for everything that has a name in the sources.
    pub(super) data: Vec<(u32, &'a [u8])>,
}

impl<'a> Read<'a> {
    /// Reads a file; one that does what no build of ours does is refused.
    pub(super) fn new(wasm: &'a [u8]) -> anyhow::Result<Self> {
        let mut read = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            read.section(payload?)?;
        }
        for part in Laid::read(wasm)?.parts() {
            let bytes = &wasm[part.begin..part.begin + part.length];
            read.data.push((u32::try_from(part.address)?, bytes));
        }
        read.data.sort_by_key(|(begin, _)| *begin);
        Ok(read)
    }

    /// The number of the function with that body.
    pub(super) fn function(&self, body: usize) -> u32 {
        self.imported + u32::try_from(body).unwrap_or(u32::MAX)
    }

    /// The place of a function's body, if it has one.
    pub(super) fn body(&self, function: u32) -> Option<usize> {
        Some(function.checked_sub(self.imported)? as usize)
    }

    /// The piece that begins at an address.
    pub(super) fn piece_at(&self, address: u32) -> Option<usize> {
        let found = self
            .data
            .binary_search_by_key(&address, |(begin, _)| *begin);
        found.ok()
    }

    /// The pieces that an address is in or behind the end of.
    pub(super) fn piece_with(&self, address: u32) -> impl Iterator<Item = usize> {
        let behind = self.data.partition_point(|(begin, _)| *begin <= address);
        let before = behind.saturating_sub(2)..behind;
        before.filter(move |at| {
            let (begin, bytes) = self.data[*at];
            (address - begin) as usize <= bytes.len()
        })
    }

    /// The pieces that go, or those that stay, where `goes` says of each whether it does.
    pub(super) fn pieces(
        &self,
        goes: &[bool],
        wanted: bool,
    ) -> impl Iterator<Item = (u32, &'a [u8])> {
        let all = self.data.iter().zip(goes);
        all.filter(move |(_, goes)| **goes == wanted)
            .map(|(piece, _)| *piece)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what else a file has is copied as it is"
    )]
    fn section(&mut self, payload: Payload<'a>) -> anyhow::Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                for kind in types.into_iter_err_on_gc_types() {
                    self.types.push(kind?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let TypeRef::Func(kind) = import?.ty else {
                        bail!("it asks for what is no function");
                    };
                    self.kinds.push(kind);
                    self.imported += 1;
                }
            }
            Payload::FunctionSection(kinds) => {
                for kind in kinds {
                    self.kinds.push(kind?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memories.push(memory?);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.exported.insert(export.index);
                    }
                }
            }
            Payload::StartSection { .. } => bail!("it begins by itself"),
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.element(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.code(body)?,
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, element: wasmparser::Element<'_>) -> anyhow::Result<()> {
        let ElementKind::Active {
            table_index,
            offset_expr,
        } = element.kind
        else {
            bail!("it has functions that stand in no table at the beginning");
        };
        let ElementItems::Functions(functions) = element.items else {
            return Ok(());
        };
        let table = table_index.unwrap_or(0);
        if !self.slots.is_empty() && self.table != table {
            bail!("it has two tables of functions");
        }
        self.table = table;
        let begin = number(offset_expr.get_operators_reader().read()?)?;
        for (slot, function) in (begin..).zip(functions) {
            self.slots.insert(slot, function?);
        }
        Ok(())
    }

    fn code(&mut self, body: FunctionBody<'a>) -> anyhow::Result<()> {
        let (mut calls, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            if let Operator::Call { function_index } | Operator::RefFunc { function_index } =
                operator
            {
                calls.insert(function_index);
            } else if let Operator::I32Const { value } = operator {
                numbers.insert(value.cast_unsigned());
            } else {
                numbers.extend(offset(&operator));
            }
        }
        self.calls.push(calls);
        self.numbers.push(numbers);
        self.bodies.push(body);
        Ok(())
    }
}

fn number(operator: Operator<'_>) -> anyhow::Result<u32> {
    let Operator::I32Const { value } = operator else {
        bail!("{operator:?} is no place");
    };
    u32::try_from(value).context("no place lies below zero")
}

/// How far behind an address an operator reads or writes: an address, too, where the other is a number.
fn offset(operator: &Operator<'_>) -> Option<u32> {
    let (Operator::I32Load { memarg }
    | Operator::I64Load { memarg }
    | Operator::F32Load { memarg }
    | Operator::F64Load { memarg }
    | Operator::I32Load8S { memarg }
    | Operator::I32Load8U { memarg }
    | Operator::I32Load16S { memarg }
    | Operator::I32Load16U { memarg }
    | Operator::I64Load8S { memarg }
    | Operator::I64Load8U { memarg }
    | Operator::I64Load16S { memarg }
    | Operator::I64Load16U { memarg }
    | Operator::I64Load32S { memarg }
    | Operator::I64Load32U { memarg }
    | Operator::I32Store { memarg }
    | Operator::I64Store { memarg }
    | Operator::F32Store { memarg }
    | Operator::F64Store { memarg }
    | Operator::I32Store8 { memarg }
    | Operator::I32Store16 { memarg }
    | Operator::I64Store8 { memarg }
    | Operator::I64Store16 { memarg }
    | Operator::I64Store32 { memarg }) = operator
    else {
        return None;
    };
    u32::try_from(memarg.offset).ok()
}
