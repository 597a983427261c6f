//! What a WebAssembly file lays into the memory before it runs, by address. It must not know what is written there.

use std::convert::Infallible;
use std::ops::Range;

use anyhow::Context;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ConstExpr, DataSection, Module, NameSection};
use wasmparser::{DataKind, DataSectionReader, Name, Operator, Parser, Payload};

/// So many zeros between two parts cost no more than a part of its own.
pub(crate) const GAP: usize = 8;

/// Bytes of the file that come to lie in the memory.
pub(crate) struct Part {
    /// Where they come to lie.
    pub(crate) address: usize,
    /// Where they stand in the file.
    pub(crate) begin: usize,
    pub(crate) length: usize,
}

/// All of them, as they stand in the file.
pub(crate) struct Laid(Vec<Part>);

impl Laid {
    /// What that file lays at fixed addresses.
    pub(crate) fn read(wasm: &[u8]) -> anyhow::Result<Self> {
        let mut parts = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            if let Payload::DataSection(data) = payload? {
                for segment in data {
                    let segment = segment?;
                    if let DataKind::Active { offset_expr, .. } = segment.kind
                        && let Operator::I32Const { value } =
                            offset_expr.get_operators_reader().read()?
                    {
                        parts.push(Part {
                            address: usize::try_from(value)?,
                            begin: segment.range.end - segment.data.len(),
                            length: segment.data.len(),
                        });
                    }
                }
            }
        }
        Ok(Self(parts))
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.0
    }

    /// Where in the file the bytes stand that lie at these addresses; `None`: they are not in one part.
    pub(crate) fn in_file(&self, addresses: Range<usize>) -> Option<Range<usize>> {
        let holder = self.0.iter().find(|part| {
            part.address <= addresses.start && addresses.end <= part.address + part.length
        })?;
        let begin = holder.begin + addresses.start - holder.address;
        Some(begin..begin + addresses.len())
    }
}

/// The file with fewer parts: a build leaves one for every value that has a place. Between two that become one there may be
/// so many bytes, which are zeros then.
pub(crate) fn joined(wasm: &[u8], gap: usize) -> anyhow::Result<Vec<u8>> {
    let laid = Laid::read(wasm)?;
    let mut parts: Vec<_> = laid.parts().iter().collect();
    parts.sort_by_key(|part| part.address);
    let mut all: Vec<(usize, Vec<u8>)> = Vec::new();
    for part in parts {
        let bytes = &wasm[part.begin..part.begin + part.length];
        if let Some((address, together)) = all.last_mut()
            && part.address <= *address + together.len() + gap
        {
            together.resize(part.address - *address, 0);
            together.extend_from_slice(bytes);
        } else {
            all.push((part.address, bytes.to_vec()));
        }
    }
    let mut module = Module::new();
    let done = Joined(all).parse_core_module(&mut module, Parser::new(0), wasm);
    done.context("cannot join what it lays into the memory")?;
    Ok(module.finish())
}

/// Has bytes lie at these addresses.
pub(crate) fn lay<'a>(parts: impl Iterator<Item = (u32, &'a [u8])>, data: &mut DataSection) {
    for (address, bytes) in parts {
        let address = ConstExpr::i32_const(address.cast_signed());
        data.active(0, &address, bytes.iter().copied());
    }
}

struct Joined(Vec<(usize, Vec<u8>)>);

impl Reencode for Joined {
    type Error = Infallible;

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        _: DataSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let parts = self.0.iter();
        // Addresses have 32 bits, and were read as such.
        let parts = parts.map(|(at, bytes)| (u32::try_from(*at).unwrap_or(u32::MAX), &**bytes));
        lay(parts, data);
        Ok(())
    }

    /// Parts have names, which those that are joined have no more.
    fn parse_custom_name_subsection(
        &mut self,
        names: &mut NameSection,
        section: Name<'_>,
    ) -> Result<(), Error<Infallible>> {
        if let Name::Data(_) = section {
            return Ok(());
        }
        utils::parse_custom_name_subsection(self, names, section)
    }
}

/// The smallest memory, for the modules of tests.
#[cfg(test)]
pub(crate) fn one_page() -> wasm_encoder::MemorySection {
    let mut memories = wasm_encoder::MemorySection::new();
    memories.memory(wasm_encoder::MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    memories
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, DataSection, Module};

    use super::{GAP, Laid, joined, one_page};

    #[test]
    fn parts_that_nearly_touch_become_one_and_every_byte_lies_where_it_lay() {
        let memories = one_page();
        let mut data = DataSection::new();
        for (begin, bytes) in [(64, [1; 4]), (80, [2; 4]), (68, [3; 4]), (93, [4; 4])] {
            data.active(0, &ConstExpr::i32_const(begin), bytes);
        }
        let mut module = Module::new();
        module.section(&memories).section(&data);
        let wasm = joined(&module.finish(), GAP).expect("a module");
        let laid = Laid::read(&wasm).expect("a module");
        let parts: Vec<_> = laid
            .parts()
            .iter()
            .map(|part| (part.address, part.length))
            .collect();
        assert_eq!(parts, [(64, 20), (93, 4)]);
        let all = laid.in_file(64..84).expect("it is laid");
        assert_eq!(wasm[all], [[1; 4], [3; 4], [0; 4], [0; 4], [2; 4]].concat());
    }
}
