//! What a WebAssembly file asks its script for, by short names: wasm-bindgen writes long ones, and a third of what a
//! player asks for is in the file only to be found in the script. It must not know what is asked for; it knows how
//! wasm-bindgen writes.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use wasm_encoder::{EntityType, ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload, TypeRef};

/// Before a function that a script gives: one of the object `imports`.
const INDENT: &str = "        ";

/// The two with short names between them; what the file asks for no more is left out of the script.
pub(crate) fn shorter(wasm: &[u8], script: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ImportSection(imports) = payload {
            let mut section = ImportSection::new();
            for import in imports.into_imports() {
                let import = import?;
                let TypeRef::Func(kind) = import.ty else {
                    bail!(
                        "{} is no function: xtask/src/glue.rs is to follow",
                        import.name
                    );
                };
                let name = short(names.len());
                section.import(import.module, &name, EntityType::Function(kind));
                if names.insert(import.name.to_owned(), name).is_some() {
                    bail!("{} is asked for twice", import.name);
                }
            }
            module.section(&section);
        } else if let Some((id, range)) = payload.as_section()
            && !matches!(payload, Payload::CodeSectionEntry(_))
        {
            let data = &wasm[range];
            module.section(&RawSection { id, data });
        }
    }
    Ok((module.finish(), renamed(script, &names)?))
}

/// The script with these names, and without what nobody asks for.
fn renamed(script: &str, names: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let mut text = String::with_capacity(script.len());
    let mut found = 0;
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        let given = line
            .strip_prefix(INDENT)
            .and_then(|rest| rest.split_once(": "));
        let given =
            given.filter(|(name, what)| name.starts_with("__wb") && what.starts_with("function("));
        let Some((long, what)) = given else {
            text.push_str(line);
            text.push('\n');
            continue;
        };
        let mut all = vec![what];
        while !all.last().is_some_and(|line| is_end(line)) {
            let line = lines.next();
            all.push(line.context("a function of the script does not end")?);
        }
        if let Some(name) = names.get(long) {
            text.push_str(&format!("{INDENT}{name}: {}\n", all.join("\n")));
            found += 1;
        }
    }
    if found != names.len() {
        bail!(
            "the script gives {found} of {} functions: wasm-bindgen writes otherwise than it did, xtask/src/glue.rs is to follow",
            names.len()
        );
    }
    Ok(text)
}

/// Whether a line is the last of a function that a script gives.
fn is_end(line: &str) -> bool {
    line.starts_with("        }") && line.ends_with("},")
}

/// The name of a place: `a` to `z`, then `a1` to `z1`.
fn short(place: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or(0));
    match place / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ImportSection, Module, TypeSection};

    use super::shorter;

    const SCRIPT: &str = "function imports() {\n    const import0 = {\n        __wbg_one_1f: function(arg0) {\n            one();\n        },\n        \
        __wbg_two_2f: function() { return handleError(function (arg0) {\n            if (two) {\n            }\n        }, arguments); },\n    };\n}\n";

    fn asks_for(names: &[&str]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in names {
            imports.import("./x.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn both_sides_have_the_short_name_and_what_nobody_asks_for_is_left_out() {
        let (wasm, script) = shorter(&asks_for(&["__wbg_two_2f"]), SCRIPT).expect("both fit");
        assert_eq!(wasm, asks_for(&["a"]));
        assert!(!script.contains("one"), "{script}");
        assert!(script.contains(
            "        a: function() { return handleError(function (arg0) {\n            if (two) {\n            }\n        }, arguments); },\n    };"
        ));
    }

    #[test]
    fn what_is_asked_for_has_to_be_there() {
        let error = shorter(&asks_for(&["__wbg_three_3f"]), SCRIPT).expect_err("it is not there");
        assert!(error.to_string().contains("gives 0 of 1"), "{error}");
    }
}
