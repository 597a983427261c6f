//! The names of the functions in a WebAssembly file, as a build left them in it. It must not know what they are for.

use std::collections::BTreeMap;

use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Names by the place of a function among those that have a body.
pub(crate) struct Names {
    imported: u32,
    names: BTreeMap<u32, String>,
}

impl Names {
    /// The names in a file; none where they were taken out.
    pub(crate) fn read(wasm: &[u8]) -> anyhow::Result<Self> {
        let mut all = Self {
            imported: 0,
            names: BTreeMap::new(),
        };
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Payload::CustomSection(section) = &payload
                && let KnownCustom::Name(sections) = section.as_known()
            {
                for section in sections {
                    all.add(section?)?;
                }
            }
            if let Payload::ImportSection(imports) = payload {
                for import in imports.into_imports() {
                    all.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
        }
        Ok(all)
    }

    fn add(&mut self, section: Name<'_>) -> anyhow::Result<()> {
        if let Name::Function(map) = section {
            for naming in map {
                let naming = naming?;
                self.names.insert(naming.index, plain(naming.name));
            }
        }
        Ok(())
    }

    /// The name of the function with that body, counted from 0.
    pub(crate) fn of_body(&self, at: usize) -> Option<&str> {
        let index = self.imported.checked_add(u32::try_from(at).ok()?)?;
        Some(self.names.get(&index)?)
    }

    /// Whether there are any.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// The name without the numbers of crates: `core[c5930c85a12de822]::fmt` is `core::fmt`.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let number = after.split_once(']').filter(|(number, _)| {
            number.len() == 16 && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        rest = match number {
            Some((_, behind)) => behind,
            None => {
                plain.push('[');
                after
            }
        };
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn the_numbers_of_crates_are_left_out_and_other_brackets_stay() {
        assert_eq!(
            plain("<f64 as core[c5930c85a12de822]::fmt::Display>::fmt"),
            "<f64 as core::fmt::Display>::fmt"
        );
        assert_eq!(plain("<[u8] as x::Y>::z"), "<[u8] as x::Y>::z");
    }
}
