//! What a WebAssembly file lays into the memory before it runs, by address. It must not know what is written there.

use std::ops::Range;

use wasmparser::{DataKind, Operator, Parser, Payload};

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
