//! Bytes that only panics read, such as the tables of which characters can be printed: where panics trap, nobody reads
//! them. It must not know what is written there, nor which functions panic.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::mem;

use anyhow::Context;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, ImportSection, Instruction, MemArg, Module};
use wasmparser::{
    CustomSectionReader, FunctionBody, ImportSectionReader, Operator, Parser, TypeRef,
};

use crate::laid::Laid;

/// The file with zeros for what only functions name that are to trap, or that only such ones call. Functions are told
/// apart by their place among those that have a body. What nobody names stays: it may be counted from something else.
pub(crate) fn blank(wasm: &[u8], is_trap: impl Fn(usize) -> bool) -> anyhow::Result<Vec<u8>> {
    let laid = Laid::read(wasm)?;
    let mut code = Code::new(is_trap);
    code.parse_core_module(&mut Module::new(), Parser::new(0), wasm)
        .context("cannot read functions")?;
    let mut read = code.read_by_living();
    for part in laid.parts() {
        let first = part.address.next_multiple_of(4) - part.address;
        let bytes = &wasm[part.begin..part.begin + part.length];
        let (words, _) = bytes.get(first..).unwrap_or(&[]).as_chunks::<4>();
        let words = words.iter().copied().map(u32::from_le_bytes);
        read.extend(words.filter_map(|word| usize::try_from(word).ok()));
    }
    let named = code.bodies.iter();
    let named = named.flat_map(|body| body.numbers.iter().chain(&body.told));
    let named: BTreeSet<_> = named.collect();
    let mut blank = wasm.to_vec();
    for part in laid.parts() {
        let mut readers = read.range(part.address..part.address + part.length);
        if named.contains(&part.address) && readers.next().is_none() {
            blank[part.begin..part.begin + part.length].fill(0);
        }
    }
    Ok(blank)
}

/// What a function, or all that is none, names.
#[derive(Default)]
struct Named {
    /// Numbers that may be addresses.
    numbers: BTreeSet<usize>,
    /// Those of them that only a function is told that traps.
    told: BTreeSet<usize>,
    functions: BTreeSet<u32>,
}

/// Goes through a file, and notes who names what.
struct Code<F> {
    is_trap: F,
    /// How many functions have no body.
    imported: u32,
    /// What the function names that is being read; before and behind all of them, what exports and tables name.
    now: Named,
    /// Numbers on the stack, until it shows who takes them.
    held: Vec<usize>,
    bodies: Vec<Named>,
}

impl<F: Fn(usize) -> bool> Code<F> {
    fn new(is_trap: F) -> Self {
        Self {
            is_trap,
            imported: 0,
            now: Named::default(),
            held: Vec::new(),
            bodies: Vec::new(),
        }
    }

    /// The place of a function among those with bodies.
    fn body(&self, function: u32) -> Option<usize> {
        usize::try_from(function.checked_sub(self.imported)?).ok()
    }

    fn traps(&self, function: u32) -> bool {
        self.body(function).is_some_and(&self.is_trap)
    }

    /// The numbers in functions that can be called and do not trap.
    fn read_by_living(&self) -> BTreeSet<usize> {
        let mut read = self.now.numbers.clone();
        let mut met = vec![false; self.bodies.len()];
        let mut next: Vec<_> = self.now.functions.iter().collect();
        while let Some(function) = next.pop() {
            if let Some(at) = self.body(*function)
                && !(self.is_trap)(at)
                && !mem::replace(&mut met[at], true)
            {
                read.extend(&self.bodies[at].numbers);
                next.extend(&self.bodies[at].functions);
            }
        }
        read
    }
}

impl<F: Fn(usize) -> bool> Reencode for Code<F> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        _: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            self.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Infallible>> {
        let outside = mem::take(&mut self.now);
        utils::parse_function_body(self, code, body)?;
        self.bodies.push(mem::replace(&mut self.now, outside));
        Ok(())
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<Instruction<'a>, Error<Infallible>> {
        if let Operator::I32Const { value } = operator {
            self.held.extend(usize::try_from(value));
        } else if let Operator::Call { function_index } = operator
            && self.traps(function_index)
        {
            // Nothing comes behind it, so nobody else takes what was held.
            self.now.told.extend(self.held.drain(..));
        } else if !matches!(
            operator,
            Operator::LocalGet { .. } | Operator::GlobalGet { .. } | Operator::I32Add
        ) {
            self.now.numbers.extend(self.held.drain(..));
        }
        utils::instruction(self, operator)
    }

    fn mem_arg(&mut self, place: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        let offset = usize::try_from(place.offset);
        self.now.numbers.extend(offset);
        utils::mem_arg(self, place)
    }

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        self.now.functions.insert(function);
        Ok(function)
    }

    /// What functions are called names none of them.
    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection,
        Instruction, MemArg, Module, TypeSection, ValType,
    };

    use super::blank;
    use crate::laid::{Laid, one_page};

    /// Where its bytes begin, which are all 7 but for one number.
    const BEGIN: i32 = 64;
    /// Its pieces: where each begins, and how long it is.
    const PIECES: [(i32, usize); 8] = [
        (BEGIN, 30),
        (96, 16),
        (112, 16),
        (128, 15),
        (144, 30),
        (176, 20),
        (196, 4),
        (200, 8),
    ];

    /// A function that drops these numbers, loads from there, and calls one.
    fn function(numbers: &[i32], from: u64, call: Option<(i32, u32)>) -> Function {
        let mut body = Function::new([]);
        for number in numbers {
            body.instruction(&Instruction::I32Const(*number));
            body.instruction(&Instruction::Drop);
        }
        let from = MemArg {
            offset: from,
            align: 0,
            memory_index: 0,
        };
        body.instruction(&Instruction::I32Const(0));
        body.instruction(&Instruction::I32Load8U(from));
        body.instruction(&Instruction::Drop);
        if let Some((told, function)) = call {
            body.instruction(&Instruction::I32Const(told));
            body.instruction(&Instruction::LocalGet(0));
            body.instruction(&Instruction::I32Add);
            body.instruction(&Instruction::Call(function));
        }
        body.instruction(&Instruction::End);
        body
    }

    /// The first function is exported and calls the second, which calls the third.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], []);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for body in [
            function(&[BEGIN, 204], 96, Some((128, 1))),
            function(&[BEGIN + 8, 112, 176, 200], 0, Some((0, 2))),
            function(&[], 144, None),
        ] {
            functions.function(0);
            code.function(&body);
        }
        let memories = one_page();
        let mut exports = ExportSection::new();
        exports.export("first", ExportKind::Func, 0);
        let mut data = DataSection::new();
        for (begin, length) in PIECES {
            let mut bytes = vec![7; length];
            if begin == BEGIN {
                bytes[16..20].copy_from_slice(&176_u32.to_le_bytes());
            }
            data.active(0, &ConstExpr::i32_const(begin), bytes);
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&memories);
        module.section(&exports).section(&code).section(&data);
        module.finish()
    }

    /// Which of these addresses hold something.
    fn kept(wasm: &[u8], addresses: &[usize]) -> Vec<bool> {
        let laid = Laid::read(wasm).expect("a module");
        let byte = |at: &usize| wasm[laid.in_file(*at..at + 1).expect("it is laid").start];
        addresses.iter().map(|at| byte(at) != 0).collect()
    }

    #[test]
    fn what_only_traps_and_those_they_call_name_is_zeros() {
        let wasm = blank(&module(), |at| at == 1).expect("a module");
        // Of the trap, told to it, of what it calls.
        assert_eq!(kept(&wasm, &[112, 127, 128, 142, 144, 173]), [false; 6]);
        // Named by a function, loaded from, named by a number in the memory, by nobody, read from its middle.
        assert_eq!(
            kept(&wasm, &[64, 72, 96, 111, 176, 195, 196, 200, 207]),
            [true; 9]
        );
    }

    #[test]
    fn where_nothing_traps_all_stays() {
        assert_eq!(blank(&module(), |_| false).expect("a module"), module());
    }
}
