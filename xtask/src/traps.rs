//! Panics that trap at once. In a page nobody hears what a panic says: the standard library of WebAssembly prints it
//! nowhere, and traps. So what says it is left out, and so are the places in the sources that it would name.
//! It must not know what panics.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::Context;
use wasm_encoder::{CodeSection, Function, Instruction, Module, RawSection};
use wasmparser::{Parser, Payload};

use crate::laid::Laid;
use crate::names::Names;
use crate::unread;

/// What names of functions that only panic begin with, or hold.
const PANICS: &[&str] = &[
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already_",
    "core::slice::index::slice_index_fail",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "std::panicking::panic_handler",
    "std::panicking::panic_with_hook",
    "std::panicking::begin_panic",
    "__rustc::rust_begin_unwind",
    "::assert_failed",
    // What a cut in the middle of a character is told with; texts for people never have either.
    "<char as core::fmt::Debug>::fmt",
    "<core::ops::range::Range<usize> as core::fmt::Debug>::fmt",
];

/// The file with all of its panics as traps; where names were taken out, as it is.
pub(crate) fn at_once(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let names = Names::read(wasm)?;
    if names.is_empty() {
        return Ok(wasm.to_vec());
    }
    let is_trap = |at| names.of_body(at).is_some_and(panics);
    let wasm = unread::blank(&without_places(wasm)?, is_trap)?;
    let mut module = Module::new();
    let mut code = CodeSection::new();
    let mut left = 0;
    for payload in Parser::new(0).parse_all(&wasm) {
        let payload = payload?;
        if let Payload::CodeSectionStart { count, .. } = &payload {
            left = *count;
        } else if let Payload::CodeSectionEntry(body) = &payload {
            match is_trap(usize::try_from(code.len())?) {
                true => code.function(&trap()),
                false => code.raw(&wasm[body.range()]),
            };
            left -= 1;
            if left == 0 {
                module.section(&code);
            }
        } else if let Some((id, range)) = payload.as_section() {
            let data = &wasm[range];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

fn panics(name: &str) -> bool {
    PANICS.iter().any(|part| name.contains(part))
}

fn trap() -> Function {
    let mut function = Function::new([]);
    function.instruction(&Instruction::Unreachable);
    function.instruction(&Instruction::End);
    function
}

/// Bytes of a place in the sources: where the name of its file is, how long it is, the line, the column.
const PLACE: usize = 16;

/// The file with zeros for every place that a panic would name: only what panics reads them.
fn without_places(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let laid = Laid::read(wasm)?;
    let mut blank = wasm.to_vec();
    let mut files = BTreeSet::new();
    for part in laid.parts() {
        // A place lies on a multiple of 4, as its numbers do.
        let first = part.address.next_multiple_of(4) - part.address;
        for at in (first..part.length.saturating_sub(PLACE - 1)).step_by(4) {
            let at = part.begin + at;
            if let Some(file) = file_of(&wasm[at..at + PLACE], wasm, &laid)? {
                files.insert((file.start, file.end));
                blank[at..at + PLACE].fill(0);
            }
        }
    }
    for (begin, end) in files {
        blank[begin..end].fill(0);
    }
    Ok(blank)
}

/// Where in the WebAssembly file the name stands that a place points to; `None`: this is no place.
fn file_of(place: &[u8], wasm: &[u8], laid: &Laid) -> anyhow::Result<Option<Range<usize>>> {
    let (numbers, _) = place.as_chunks::<4>();
    let [name, length, line, column] = numbers else {
        return Ok(None);
    };
    let number = |bytes: &[u8; 4]| {
        usize::try_from(u32::from_le_bytes(*bytes)).context("addresses have 32 bits")
    };
    let (name, length) = (number(name)?, number(length)?);
    let is_place = (1..100_000).contains(&number(line)?) && (1..1_000).contains(&number(column)?);
    if !is_place || !(4..256).contains(&length) {
        return Ok(None);
    }
    let found = laid.in_file(name..name + length);
    Ok(found.filter(|found| {
        let name = &wasm[found.clone()];
        name.strip_suffix(b"\0").unwrap_or(name).ends_with(b".rs")
    }))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, Function, FunctionSection, Instruction, Module,
        NameMap, NameSection, TypeSection,
    };
    use wasmparser::{Parser, Payload};

    use super::{at_once, trap};
    use crate::laid::one_page;

    /// A module with a function of that name, and these bytes from address 8 on.
    fn module(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let memories = one_page();
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instruction(&Instruction::Nop);
        body.instruction(&Instruction::End);
        code.function(&body);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(8), bytes.iter().copied());
        let mut map = NameMap::new();
        map.append(0, name);
        let mut names = NameSection::new();
        names.functions(&map);
        module
            .section(&types)
            .section(&functions)
            .section(&memories);
        module.section(&code).section(&data).section(&names);
        module.finish()
    }

    /// The body of its function, and its bytes.
    fn parts(wasm: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut body, mut bytes) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.expect("a module");
            if let Payload::CodeSectionEntry(found) = &payload {
                body = wasm[found.range()].to_vec();
            }
            if let Payload::DataSection(data) = payload {
                for segment in data {
                    bytes.extend_from_slice(segment.expect("a segment").data);
                }
            }
        }
        (body, bytes)
    }

    #[test]
    fn what_only_panics_traps_and_all_else_stays() {
        let panics = module("core[c5930c85a12de822]::panicking::panic_fmt", b"");
        let (body, _) = parts(&at_once(&panics).expect("a module"));
        assert_eq!(body, trap().into_raw_body());
        let works = module("a::panicking", b"");
        assert_eq!(at_once(&works).expect("a module"), works);
    }

    #[test]
    fn a_place_in_the_sources_is_zeros_and_what_looks_like_one_stays() {
        let numbers = |numbers: [u32; 4]| numbers.map(u32::to_le_bytes).concat();
        let name = b"src/a.rs";
        let place = [name.to_vec(), numbers([8, 8, 120, 9])].concat();
        let (_, bytes) = parts(&at_once(&module("a", &place)).expect("a module"));
        assert_eq!(bytes, [0; 24]);
        for other in [
            [8, 8, 0, 9],
            [8, 7, 120, 9],
            [9, 8, 120, 9],
            [80, 8, 120, 9],
        ] {
            let bytes = [name.to_vec(), numbers(other)].concat();
            let (_, kept) = parts(&at_once(&module("a", &bytes)).expect("a module"));
            assert_eq!(kept, bytes, "{other:?}");
        }
    }
}
