//! Whose bytes a WebAssembly file holds: its functions by the names that a build left in it. It must not know what the
//! owners do.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use wasmparser::{Parser, Payload};

use super::{brotli, read};
use crate::names::Names;

/// What an owner has.
#[derive(Default)]
struct Share {
    functions: usize,
    bytes: Vec<u8>,
}

/// Prints a table of owners, the largest first.
pub(super) fn print(file: &Path) -> anyhow::Result<()> {
    let wasm = read(file)?;
    let mut rows = Vec::new();
    for (owner, share) in shares(&wasm).with_context(|| format!("{} is odd", file.display()))? {
        let travels = brotli(&share.bytes)?;
        rows.push((share.bytes.len(), travels, share.functions, owner));
    }
    rows.sort_by(|a, b| b.cmp(a));
    println!("Each owner compressed by itself: together they travel smaller than their sum.");
    println!(
        "{:<40} {:>10} {:>10} {:>10}",
        "owner", "raw", "brotli", "functions"
    );
    let mut sum = [0_usize; 3];
    for (raw, travels, functions, owner) in rows {
        println!("{owner:<40} {raw:>10} {travels:>10} {functions:>10}");
        for (sum, part) in sum.iter_mut().zip([raw, travels, functions]) {
            *sum += part;
        }
    }
    let [raw, travels, functions] = sum;
    println!("{:<40} {raw:>10} {travels:>10} {functions:>10}", "all");
    Ok(())
}

/// All bytes but those of custom sections, by owner.
fn shares(wasm: &[u8]) -> anyhow::Result<BTreeMap<String, Share>> {
    let names = Names::read(wasm)?;
    let mut bodies = Vec::new();
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::CodeSectionEntry(body) = &payload {
            bodies.push(body.range());
        } else if let Some((id, range)) = payload.as_section()
            && id != 0
            && !matches!(payload, Payload::CodeSectionStart { .. })
        {
            let owner = match matches!(payload, Payload::DataSection(_)) {
                true => "(data: texts, tables, places of panics)",
                false => "(tables, types, imports, exports)",
            };
            let share = shares.entry(owner.to_owned()).or_default();
            share.bytes.extend_from_slice(&wasm[range]);
        }
    }
    for (at, range) in bodies.into_iter().enumerate() {
        let owner = names.of_body(at).map_or("(no name)".to_owned(), owner);
        let share = shares.entry(owner).or_default();
        share.functions += 1;
        share.bytes.extend_from_slice(&wasm[range]);
    }
    Ok(shares)
}

/// What belongs together although its path says otherwise, by what a name holds.
const KINDS: &[(&str, &str)] = &[
    ("::btree::", "std: BTreeMap, BTreeSet"),
    ("slice::sort::", "std: sorts"),
    ("flt2dec", "std: printing of floats"),
    ("<f64 as core", "std: printing of floats"),
    ("drop_in_place", "std: dropping"),
    ("::hash::map::", "std: HashMap"),
    ("hashbrown::", "std: HashMap"),
    ("iter::", "std: iterators"),
    ("::fmt::", "std: printing"),
];

/// The owner of a function by its demangled name: of our own two packages the module, else the crate.
fn owner(name: &str) -> String {
    let own = path(name).and_then(|path| {
        let (package, rest) = path.split_once("::")?;
        let label = match package {
            "offset_lab" => "core",
            "offset_lab_www" => "www",
            _ => return None,
        };
        let module = rest.split("::").next().unwrap_or(rest);
        Some(format!("{label}: {module}"))
    });
    if let Some(own) = own {
        return own;
    }
    if let Some((_, kind)) = KINDS.iter().find(|(part, _)| name.contains(part)) {
        return (*kind).to_owned();
    }
    match path(name).and_then(|path| path.split("::").next()) {
        Some("core" | "alloc" | "std") => "std: the rest".to_owned(),
        Some(package) => package.to_owned(),
        None => "(glue)".to_owned(),
    }
}

/// The first path in a name: of the type in `<type as trait>`, or of the trait where the type is a parameter.
fn path(name: &str) -> Option<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    name.split(|c: char| !is_word(c))
        .find(|word| word.contains("::") && !word.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_function_belongs_to_the_module_or_crate_of_its_type() {
        let cases = [
            (
                "offset_lab::engine::Run::advance::h330262fa87bc46be",
                "core: engine",
            ),
            (
                "offset_lab_www::state::AppState::draw::h65916e4ee3fba72b",
                "www: state",
            ),
            (
                "<offset_lab_www::components::tabs::TabsProps as core::cmp::PartialEq>::eq::h74",
                "www: components",
            ),
            (
                "<yew::html::component::lifecycle::CompStateInner<COMP> as yew::x::Stateful>::view::he7",
                "yew",
            ),
            (
                "alloc::collections::btree::node::BalancingContext<K,V>::bulk_steal_left::h3d",
                "std: BTreeMap, BTreeSet",
            ),
            (
                "core::slice::sort::stable::driftsort_main::h12",
                "std: sorts",
            ),
            (
                "<f64 as core::fmt::Display>::fmt",
                "std: printing of floats",
            ),
            ("core::ptr::drop_in_place<yew::x::Y>::h12", "std: dropping"),
            (
                "<dlmalloc::dlmalloc::Dlmalloc<dlmalloc::sys::System>>::malloc",
                "dlmalloc",
            ),
            ("<T as core::any::Any>::type_id::h46", "std: the rest"),
            ("mount externref shim multivalue shim", "(glue)"),
        ];
        for (name, expected) in cases {
            assert_eq!(owner(name), expected, "{name}");
        }
    }
}
