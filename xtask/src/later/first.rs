//! The first part: the file as it was, but where a function of the second part stood, a short one stands that asks for
//! that part, if it is not there, and calls it. It must not know which functions these are.

use std::collections::BTreeMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, DataSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, Instruction, TableSection,
};

use super::read::Read;
use super::shared::{IMPORT, Shared};
use crate::laid;

type Done = Result<(), Error<Infallible>>;

/// Writes the first part.
pub(super) struct First<'a> {
    pub(super) read: &'a Read<'a>,
    pub(super) shared: &'a Shared,
    /// Where the functions of the second part are found that somebody else calls; `None`: nobody does.
    pub(super) places: &'a BTreeMap<u32, Option<u32>>,
    /// By piece of data, whether the second part has it.
    pub(super) pieces: &'a [bool],
}

impl First<'_> {
    /// The function that asks for the second part if it is not there: behind all others.
    fn guard(&self) -> u32 {
        let all = u32::try_from(self.read.kinds.len()).unwrap_or(u32::MAX);
        all + 1
    }

    fn written_guard(&self) -> Function {
        let mut function = Function::new([]);
        for instruction in [
            Instruction::I32Const(self.shared.first_place.cast_signed()),
            Instruction::TableGet(self.read.table),
            Instruction::RefIsNull,
            Instruction::If(wasm_encoder::BlockType::Empty),
            // It comes behind all that the file asked for before.
            Instruction::Call(self.read.imported),
            Instruction::End,
            Instruction::End,
        ] {
            function.instruction(&instruction);
        }
        function
    }

    fn stub(&self, function: u32, place: Option<u32>) -> Function {
        let mut stub = Function::new([]);
        let Some(place) = place else {
            stub.instruction(&Instruction::Unreachable);
            stub.instruction(&Instruction::End);
            return stub;
        };
        let kind = self.read.kinds[function as usize];
        stub.instruction(&Instruction::Call(self.guard()));
        for at in (0_u32..).take(self.read.types[kind as usize].params().len()) {
            stub.instruction(&Instruction::LocalGet(at));
        }
        stub.instruction(&Instruction::I32Const(place.cast_signed()));
        stub.instruction(&Instruction::CallIndirect {
            type_index: kind,
            table_index: self.read.table,
        });
        stub.instruction(&Instruction::End);
        stub
    }
}

impl Reencode for First<'_> {
    type Error = Infallible;

    /// What asks for the second part comes from outside, too, so that all numbers behind move on by one.
    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(function + u32::from(function >= self.read.imported))
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Done {
        let from = section.clone().into_imports().next().transpose()?;
        let module = from.map_or("", |import| import.module);
        utils::parse_import_section(self, imports, section)?;
        imports.import(module, IMPORT, EntityType::Function(self.shared.nothing));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: wasmparser::FunctionSectionReader<'_>,
    ) -> Done {
        utils::parse_function_section(self, functions, section)?;
        functions.function(self.shared.nothing);
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: wasmparser::TableSectionReader<'_>,
    ) -> Done {
        for (table, ty) in section.into_iter().zip(&self.shared.tables) {
            match table?.init {
                wasmparser::TableInit::RefNull => tables.table(*ty),
                wasmparser::TableInit::Expr(first) => {
                    let first = self.const_expr(first)?;
                    tables.table_with_init(*ty, &first)
                }
            };
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: wasmparser::ExportSectionReader<'_>,
    ) -> Done {
        utils::parse_export_section(self, exports, section)?;
        for (name, kind, at) in self.shared.given() {
            let at = match kind {
                ExportKind::Func => self.function_index(at)?,
                ExportKind::Table | ExportKind::Memory | ExportKind::Global | ExportKind::Tag => at,
            };
            exports.export(&name, kind, at);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: wasmparser::CodeSectionReader<'_>,
    ) -> Done {
        for (function, body) in (self.read.imported..).zip(section) {
            match self.places.get(&function) {
                Some(place) => {
                    code.function(&self.stub(function, *place));
                }
                None => self.parse_function_body(code, body?)?,
            }
        }
        code.function(&self.written_guard());
        Ok(())
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        _: wasmparser::DataSectionReader<'_>,
    ) -> Done {
        laid::lay(self.read.pieces(self.pieces, false), data);
        Ok(())
    }
}
