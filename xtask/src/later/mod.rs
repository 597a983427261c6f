//! A WebAssembly file in two parts: the first has what a page begins with, the second what it needs later or never. It
//! must not know what that is: a list names it.

mod choice;
mod data;
mod first;
mod read;
mod rest;
mod script;
mod shared;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use sha2::{Digest, Sha256};
use wasm_encoder::Module;
use wasm_encoder::reencode::Reencode;
use wasmparser::Parser;

use self::choice::Choice;
use self::first::First;
use self::read::Read;
use self::rest::Rest;
use self::shared::Shared;
use crate::names::Names;

/// The two parts.
pub(crate) struct Parts {
    /// What the page begins with.
    pub(crate) first: Vec<u8>,
    /// What comes later.
    pub(crate) rest: Vec<u8>,
    /// What loads both.
    pub(crate) script: String,
    /// The lines of the list that name nothing.
    pub(crate) idle: Vec<String>,
}

/// Splits a file and changes its script, for a second part in a file of this name. `list` has a line for what names of
/// functions hold that go into the second part.
pub(crate) fn split(wasm: &[u8], script: &str, file: &str, list: &str) -> anyhow::Result<Parts> {
    let names = Names::read(wasm)?;
    let read = Read::new(wasm)?;
    let Choice { later, idle } = choice::later(&read, &names, list);
    let is_later = |function: &u32| later.contains(function);
    let mut placed: BTreeSet<u32> = read.exported.iter().copied().filter(is_later).collect();
    placed.extend(read.slots.values().copied().filter(is_later));
    for (body, calls) in read.calls.iter().enumerate() {
        if !is_later(&read.function(body)) {
            placed.extend(calls.iter().copied().filter(is_later));
        }
    }
    let begin = read
        .tables
        .get(read.table as usize)
        .map_or(0, |table| table.initial);
    let mut next = u32::try_from(begin)?;
    let mut functions = BTreeMap::new();
    let pieces = data::later(&read, &later);
    for function in later {
        let place = placed.contains(&function).then_some(next);
        next += u32::from(place.is_some());
        functions.insert(function, place);
    }
    let called = rest::called(&read, &functions);
    let mark = mark(wasm);
    let shared = Shared::new(&read, called, placed.len(), &mark)?;
    let mut first = Module::new();
    let done = First {
        read: &read,
        shared: &shared,
        places: &functions,
        pieces: &pieces,
    }
    .parse_core_module(&mut first, Parser::new(0), wasm);
    done.context("cannot write the first part")?;
    let mut rest = Module::new();
    let done = Rest::new(&read, &names, &shared, &functions, &pieces).parse_core_module(
        &mut rest,
        Parser::new(0),
        wasm,
    );
    done.context("cannot write the second part")?;
    Ok(Parts {
        first: first.finish(),
        rest: rest.finish(),
        script: script::with_rest(script, file, &mark)?,
        idle: idle.into_iter().map(str::to_owned).collect(),
    })
}

/// What tells one build from another.
fn mark(wasm: &[u8]) -> String {
    let digest = Sha256::digest(wasm);
    digest[..6]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests;
