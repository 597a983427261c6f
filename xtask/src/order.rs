//! The order of the functions in a WebAssembly file: those that are alike come to lie one behind the other, which brotli
//! makes less of. It must not know what they do.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::Context;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// Bytes of a piece: functions are alike that have pieces in common.
const PIECE: usize = 4;
/// What more functions than these have in common tells nothing.
const COMMON: usize = 1_500;

/// The file with its functions in an order in which each lies behind one that it is like.
pub(crate) fn alike(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::CodeSectionEntry(body) = &payload {
            bodies.push(&wasm[body.range()]);
        }
        if let Payload::ImportSection(imports) = payload {
            for import in imports.into_imports() {
                imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        }
    }
    let order = order(&bodies);
    let mut places = vec![0; order.len()];
    for (place, at) in order.iter().enumerate() {
        places[*at] = imported + u32::try_from(place)?;
    }
    let mut ordered = Ordered {
        imported,
        order,
        places,
    };
    let mut module = Module::new();
    let parser = Parser::new(0);
    let done = ordered.parse_core_module(&mut module, parser, wasm);
    done.context("cannot order functions")?;
    Ok(module.finish())
}

/// Which comes when: behind the first, the one that is most like the one before it, of those that are left.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let mut holders: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (at, body) in bodies.iter().enumerate() {
        for piece in body.windows(PIECE) {
            let holders = holders.entry(piece).or_default();
            if holders.last() != Some(&at) {
                holders.push(at);
            }
        }
    }
    let mut shared: Vec<Vec<&[usize]>> = vec![Vec::new(); bodies.len()];
    for holders in holders.values() {
        if (2..COMMON).contains(&holders.len()) {
            for at in holders {
                shared[*at].push(holders);
            }
        }
    }
    let mut left = vec![true; bodies.len()];
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = left.iter().position(|left| *left);
    while let Some(at) = next {
        left[at] = false;
        order.push(at);
        let mut common = BTreeMap::new();
        for other in shared[at].iter().copied().flatten() {
            *common.entry(*other).or_insert(0) += 1;
        }
        // A long one has something in common with all.
        let likeness =
            |(other, common): &(usize, usize)| common * 1_000_000 / (shared[*other].len() + 20);
        let others = common.into_iter().filter(|(other, _)| left[*other]);
        let nearest = others.max_by_key(likeness).map(|(other, _)| other);
        next = nearest.or_else(|| left.iter().position(|left| *left));
    }
    order
}

/// Writes a file with its functions in another order.
struct Ordered {
    imported: u32,
    /// Which function comes when, of those with bodies.
    order: Vec<usize>,
    /// The number that each of these gets.
    places: Vec<u32>,
}

impl Reencode for Ordered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let at = function.checked_sub(self.imported);
        Ok(at.map_or(function, |at| self.places[at as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let kinds = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for at in &self.order {
            functions.function(kinds[*at]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for at in self.order.clone() {
            self.parse_function_body(code, bodies[at].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection, Function,
        FunctionSection, Instruction, Module, NameMap, NameSection, RefType, TableSection,
        TableType, TypeSection,
    };
    use wasmparser::{Operator, Parser, Payload};

    use super::{alike, order};
    use crate::names::Names;

    #[test]
    fn what_is_alike_lies_together() {
        let bodies: [&[u8]; 5] = [b"abcdefgh", b"12345678", b"abcdefxx", b"1234xxxx", b"....."];
        assert_eq!(order(&bodies), [0, 2, 1, 3, 4]);
        assert!(order(&[]).is_empty());
    }

    /// Three functions, of which the last one is exported, stands in a table, and calls the second.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for number in [1, 2, 1] {
            functions.function(0);
            let mut body = Function::new([]);
            for _ in 0..9 {
                body.instruction(&Instruction::I32Const(number * 1_000_000));
                body.instruction(&Instruction::Drop);
            }
            if functions.len() == 3 {
                body.instruction(&Instruction::Call(1));
            }
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 1,
            maximum: None,
            shared: false,
        });
        let mut exports = ExportSection::new();
        exports.export("last", ExportKind::Func, 2);
        let mut elements = ElementSection::new();
        let held = Elements::Functions([2].as_slice().into());
        elements.active(None, &ConstExpr::i32_const(0), held);
        let mut map = NameMap::new();
        for (at, name) in ["first", "second", "last"].into_iter().enumerate() {
            map.append(at as u32, name);
        }
        let mut names = NameSection::new();
        names.functions(&map);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables);
        module.section(&exports).section(&elements).section(&code);
        module.section(&names);
        module.finish()
    }

    #[test]
    fn what_names_a_function_names_the_same_one() {
        let (mut exported, mut held, mut called) = (None, None, Vec::new());
        let wasm = alike(&module()).expect("a module");
        for payload in Parser::new(0).parse_all(&wasm) {
            let payload = payload.expect("a module");
            if let Payload::CodeSectionEntry(body) = &payload {
                let operators = body.get_operators_reader().expect("operators");
                called.push(operators.into_iter().find_map(|operator| match operator {
                    Ok(Operator::Call { function_index }) => Some(function_index),
                    Ok(_) | Err(_) => None,
                }));
            }
            if let Payload::ExportSection(exports) = &payload {
                let export = exports.clone().into_iter().next();
                exported = export.map(|export| export.expect("one").index);
            }
            if let Payload::ElementSection(elements) = payload {
                let element = elements.into_iter().next().expect("one").expect("one");
                if let wasmparser::ElementItems::Functions(functions) = element.items {
                    held = functions.into_iter().next().map(|held| held.expect("one"));
                }
            }
        }
        assert_eq!((exported, held), (Some(1), Some(1)));
        assert_eq!(called, [None, Some(2), None]);
        let names = Names::read(&wasm).expect("names");
        assert_eq!(
            [0, 1, 2].map(|at| names.of_body(at)),
            ["first", "last", "second"].map(Some)
        );
    }
}
