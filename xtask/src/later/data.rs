//! Which pieces of data go into the second part: those that only its functions know the address of. What nobody is seen
//! to know stays: an address can be counted from another. It must not know what the data is.

use std::collections::BTreeSet;

use super::read::Read;

/// A number that is nothing's beginning may be counted from what begins so many bytes behind it at the most: a table of
/// which the first entries do not exist is named by where these would lie.
const COUNTED: u32 = 1_024;

/// By piece, whether it goes; `later` has the functions that go.
pub(super) fn later(read: &Read<'_>, later: &BTreeSet<u32>) -> Vec<bool> {
    let (mut stays, mut known) = (BTreeSet::new(), BTreeSet::new());
    for (body, numbers) in read.numbers.iter().enumerate() {
        let goes = later.contains(&read.function(body));
        for number in numbers {
            match goes {
                true => known.extend(read.piece_at(*number)),
                false => stays.extend(meant(read, *number)),
            }
        }
    }
    let pointed: Vec<BTreeSet<usize>> = read
        .data
        .iter()
        .map(|(begin, bytes)| pointed(read, *begin, bytes))
        .collect();
    // Known by other pieces alone: it goes where they go.
    let mut open: Vec<usize> = known.iter().copied().collect();
    while let Some(at) = open.pop() {
        open.extend(pointed[at].iter().filter(|to| known.insert(**to)));
    }
    stays.extend((0..read.data.len()).filter(|at| !known.contains(at)));
    let mut open: Vec<usize> = stays.iter().copied().collect();
    while let Some(at) = open.pop() {
        open.extend(pointed[at].iter().filter(|to| stays.insert(**to)));
    }
    (0..read.data.len())
        .map(|at| !stays.contains(&at))
        .collect()
}

/// The pieces that a number in a function may mean.
fn meant(read: &Read<'_>, number: u32) -> impl Iterator<Item = usize> {
    let reach = match read.piece_at(number) {
        Some(_) => 0,
        None => COUNTED,
    };
    let from = read.data.partition_point(|(begin, _)| *begin < number);
    let behind = read.data[from..].iter();
    let counted = behind.take_while(move |(begin, _)| begin - number < reach);
    let counted = (from..).zip(counted).map(|(at, _)| at);
    read.piece_with(number).chain(counted)
}

/// The pieces whose addresses stand in a piece.
fn pointed(read: &Read<'_>, begin: u32, bytes: &[u8]) -> BTreeSet<usize> {
    let first = (begin.next_multiple_of(4) - begin) as usize;
    let (words, _) = bytes.get(first..).unwrap_or_default().as_chunks::<4>();
    let words = words.iter().map(|word| u32::from_le_bytes(*word));
    words.flat_map(|word| read.piece_with(word)).collect()
}
