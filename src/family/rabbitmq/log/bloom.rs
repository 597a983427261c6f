//! The filter of a chunk: a small Bloom filter over the distinct filter values of its entries.
//! Knows no subscription's state; false positives are the real ones.
//!
//! From `osiris_bloom.erl`: `make_hash`, `to_binary`, `is_match`, over Erlang's `phash2`.

use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

/// Bytes of a filter unless the stream says otherwise; a stream may ask for 16 to 255.
pub const DEFAULT_FILTER_BYTES: u8 = 16;

/// The filter of a chunk with these values, where `None` stands for an entry without one. A chunk
/// that has only such entries keeps no filter.
#[must_use]
pub fn build<'a>(values: impl Iterator<Item = Option<&'a str>>, bytes: u8) -> Option<Arc<[u8]>> {
    let mut filter: Option<Vec<u8>> = None;
    let mut unfiltered = false;
    for value in values {
        match value {
            None | Some("") => unfiltered = true,
            Some(value) => {
                let bits = filter.get_or_insert_with(|| vec![0; usize::from(bytes)]);
                let (one, other) = positions(value, bytes);
                set(bits, one);
                set(bits, other);
            }
        }
    }
    let mut filter = filter?;
    if unfiltered {
        set(&mut filter, 0);
    }
    Some(filter.into())
}

/// Whether a chunk with this filter may hold one of `values`, or an entry without a value if those
/// are wanted too.
#[must_use]
pub fn may_match<'a>(
    filter: Option<&[u8]>,
    mut values: impl Iterator<Item = &'a str>,
    match_unfiltered: bool,
) -> bool {
    let Some(filter) = filter else {
        return match_unfiltered;
    };
    let bytes = u8::try_from(filter.len()).unwrap_or(u8::MAX);
    if match_unfiltered && is_set(filter, 0) {
        return true;
    }
    values.any(|value| {
        let (one, other) = positions(value, bytes);
        is_set(filter, one) && is_set(filter, other)
    })
}

/// The two bits of a value, from 1: bit 0 says that the chunk has entries without a value.
fn positions(value: &str, bytes: u8) -> (u32, u32) {
    let range = u32::from(bytes) * 8 - 1;
    let bare = hash_bytes(value.as_bytes());
    (bare % range + 1, hash_in_list(bare) % range + 1)
}

fn set(bits: &mut [u8], n: u32) {
    if let Some(byte) = bits.get_mut(n as usize / 8) {
        *byte |= 0x80 >> (n % 8);
    }
}

fn is_set(bits: &[u8], n: u32) -> bool {
    bits.get(n as usize / 8)
        .is_some_and(|byte| byte & (0x80 >> (n % 8)) != 0)
}

/// Bob Jenkins' mix, as `phash2` uses it.
fn mix(mut a: u32, mut b: u32, mut c: u32) -> (u32, u32, u32) {
    macro_rules! step {
        ($x:ident, $y:ident, $z:ident, $shifted:expr) => {
            $x = $x.wrapping_sub($y).wrapping_sub($z) ^ $shifted;
        };
    }
    step!(a, b, c, c >> 13);
    step!(b, c, a, a << 8);
    step!(c, a, b, b >> 13);
    step!(a, b, c, c >> 12);
    step!(b, c, a, a << 16);
    step!(c, a, b, b >> 5);
    step!(a, b, c, c >> 3);
    step!(b, c, a, a << 10);
    step!(c, a, b, b >> 15);
    (a, b, c)
}

const GOLDEN: u32 = 0x9e37_79b9;

/// `phash2` of a binary, all 32 bits.
fn hash_bytes(bytes: &[u8]) -> u32 {
    let start = GOLDEN.wrapping_mul(13);
    if bytes.is_empty() {
        return start;
    }
    let (mut a, mut b, mut c) = (GOLDEN, GOLDEN, start);
    let mut blocks = bytes.chunks_exact(12);
    let word = |bytes: &[u8]| {
        bytes
            .iter()
            .rev()
            .fold(0u32, |word, byte| word << 8 | u32::from(*byte))
    };
    for block in &mut blocks {
        (a, b, c) = mix(
            a.wrapping_add(word(&block[..4])),
            b.wrapping_add(word(&block[4..8])),
            c.wrapping_add(word(&block[8..])),
        );
    }
    let rest = blocks.remainder();
    let part = |from: usize, to: usize| word(&rest[from.min(rest.len())..to.min(rest.len())]);
    // The lowest byte of the last word belongs to the length.
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    mix(
        a.wrapping_add(part(0, 4)),
        b.wrapping_add(part(4, 8)),
        c.wrapping_add(length).wrapping_add(part(8, 11) << 8),
    )
    .2
}

/// `phash2` of a list of one binary, from the binary's own: the end of the list is mixed in.
fn hash_in_list(hash: u32) -> u32 {
    const NIL: u32 = 2;
    let constant = GOLDEN.wrapping_mul(2);
    mix(constant.wrapping_add(NIL), constant, hash).2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Erlang/OTP 25 says.
    #[test]
    fn positions_are_those_of_erlang() {
        for (value, bytes, bits) in [
            ("a", 16, (101, 94)),
            ("b", 16, (65, 83)),
            ("emea", 16, (114, 75)),
            ("a longer filter value", 16, (58, 55)),
            ("twelve bytes", 16, (5, 55)),
            ("123456789012345678901234567890123456", 16, (65, 98)),
            ("a", 255, (856, 1_028)),
            ("emea", 255, (322, 571)),
            ("a longer filter value", 255, (1_261, 452)),
            ("twelve bytes", 255, (44, 1_589)),
            ("123456789012345678901234567890123456", 255, (859, 608)),
        ] {
            assert_eq!(positions(value, bytes), bits, "{value}");
        }
    }

    #[test]
    fn a_chunk_without_filter_values_keeps_no_filter() {
        assert_eq!(build([None, Some("")].into_iter(), 16), None);
        assert!(may_match(None, ["a"].into_iter(), true));
        assert!(!may_match(None, ["a"].into_iter(), false));
        let filter = build([None, Some("a")].into_iter(), 16).expect("it has a value");
        assert!(may_match(Some(&filter), ["a"].into_iter(), false));
        assert!(may_match(Some(&filter), ["zzz"].into_iter(), true));
        assert!(!may_match(Some(&filter), ["zzz"].into_iter(), false));
    }
}
