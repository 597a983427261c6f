//! The second part: a file with some functions of another one, which works in that one's memory and takes its places in
//! that one's table. It must not know which functions these are.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportSection, FunctionSection,
    GlobalSection, ImportSection, MemorySection, Module, NameMap, NameSection, TableSection,
};

use super::read::Read;
use super::shared::{FIRST, Shared};
use crate::laid;
use crate::names::Names;

type Done = Result<(), Error<Infallible>>;

/// Writes the second part.
pub(super) struct Rest<'a> {
    read: &'a Read<'a>,
    names: &'a Names,
    shared: &'a Shared,
    /// Its functions, and their places in the table where they have one.
    functions: &'a BTreeMap<u32, Option<u32>>,
    /// By piece of data, whether it is one of its own.
    pieces: &'a [bool],
    /// Which number a function has here.
    numbers: BTreeMap<u32, u32>,
}

impl<'a> Rest<'a> {
    /// With these functions.
    pub(super) fn new(
        read: &'a Read<'a>,
        names: &'a Names,
        shared: &'a Shared,
        functions: &'a BTreeMap<u32, Option<u32>>,
        pieces: &'a [bool],
    ) -> Self {
        let all = shared.called.iter().chain(functions.keys());
        let numbers = all.copied().zip(0..).collect();
        Self {
            read,
            names,
            shared,
            functions,
            pieces,
            numbers,
        }
    }
}

impl Reencode for Rest<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        // Everything that its functions call is among them or given to it.
        Ok(self.numbers.get(&function).copied().unwrap_or(u32::MAX))
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        _: wasmparser::ImportSectionReader<'_>,
    ) -> Done {
        for (name, kind, at) in self.shared.given() {
            let ty = self.shared.type_of(self.read, kind, at);
            imports.import(FIRST, &name, ty);
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: wasmparser::FunctionSectionReader<'_>,
    ) -> Done {
        for function in self.functions.keys() {
            functions.function(self.read.kinds[*function as usize]);
        }
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        _: &mut TableSection,
        _: wasmparser::TableSectionReader<'_>,
    ) -> Done {
        Ok(())
    }

    fn parse_memory_section(
        &mut self,
        _: &mut MemorySection,
        _: wasmparser::MemorySectionReader<'_>,
    ) -> Done {
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        _: &mut GlobalSection,
        _: wasmparser::GlobalSectionReader<'_>,
    ) -> Done {
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        _: &mut ExportSection,
        _: wasmparser::ExportSectionReader<'_>,
    ) -> Done {
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _: wasmparser::ElementSectionReader<'_>,
    ) -> Done {
        let placed = self.functions.iter().filter(|(_, place)| place.is_some());
        let placed: Vec<u32> = placed.map(|(function, _)| self.numbers[function]).collect();
        let begin = ConstExpr::i32_const(self.shared.first_place.cast_signed());
        elements.active(
            Some(self.read.table),
            &begin,
            Elements::Functions(placed.into()),
        );
        Ok(())
    }

    fn data_count(&mut self, _: u32) -> Result<u32, Error<Infallible>> {
        Ok(0)
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        _: wasmparser::DataSectionReader<'_>,
    ) -> Done {
        laid::lay(self.read.pieces(self.pieces, true), data);
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: wasmparser::CodeSectionReader<'_>,
    ) -> Done {
        for (function, body) in (self.read.imported..).zip(section) {
            if self.functions.contains_key(&function) {
                self.parse_function_body(code, body?)?;
            }
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        module: &mut Module,
        section: wasmparser::CustomSectionReader<'_>,
    ) -> Done {
        if section.name() == "name" {
            let mut map = NameMap::new();
            for (function, number) in &self.numbers {
                let body = self.read.body(*function);
                if let Some(name) = body.and_then(|body| self.names.of_body(body)) {
                    map.append(*number, name);
                }
            }
            let mut names = NameSection::new();
            names.functions(&map);
            module.section(&names);
        }
        Ok(())
    }
}

/// What the second part calls and is not in it; `ExportKind` has no more of functions.
pub(super) fn called(read: &Read<'_>, functions: &BTreeMap<u32, Option<u32>>) -> Vec<u32> {
    let bodies = functions.keys().filter_map(|function| read.body(*function));
    let called = bodies.flat_map(|body| read.calls[body].iter().copied());
    let outside: BTreeSet<u32> = called
        .filter(|function| !functions.contains_key(function))
        .collect();
    outside.into_iter().collect()
}
