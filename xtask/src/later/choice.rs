//! Which functions go into the second part: those that a list names, and those that nobody else needs. Whom a function
//! needs is read from its calls and from the tables of methods that it knows the address of; where that is not the whole
//! truth, a function only comes earlier than it must or later than it could. It must not know what the functions do.

use std::collections::BTreeSet;

use super::read::Read;
use crate::names::Names;

/// Before what names hold that the other lines do not mean.
const BUT: &str = "but ";

/// What a list comes to.
pub(super) struct Choice<'a> {
    /// The numbers of the functions that the second part has.
    pub(super) later: BTreeSet<u32>,
    /// The lines that name nothing: it is called otherwise now, or this compiler has drawn it into what calls it.
    pub(super) idle: Vec<&'a str>,
}

/// What goes into the second part. `list` has a line for what names of such functions hold.
pub(super) fn later<'a>(read: &Read<'_>, names: &Names, list: &'a str) -> Choice<'a> {
    let (named, idle) = named(read, names, list);
    let mut known: BTreeSet<u32> = BTreeSet::new();
    let needs: Vec<BTreeSet<u32>> = (0..read.bodies.len())
        .map(|body| needs(read, body))
        .collect();
    for (body, needs) in needs.iter().enumerate() {
        // Itself does not count: who is called by itself alone is called by nobody.
        let itself = read.function(body);
        known.extend(needs.iter().filter(|function| **function != itself));
    }
    let all = (0..read.bodies.len()).map(|body| read.function(body));
    let is_root = |function: &u32| read.exported.contains(function) || !known.contains(function);
    let mut open: Vec<u32> = all
        .clone()
        .filter(|function| is_root(function) && !named.contains(function))
        .collect();
    let mut first: BTreeSet<u32> = open.iter().copied().collect();
    while let Some(function) = open.pop() {
        let body = read.body(function);
        for next in body.and_then(|body| needs.get(body)).into_iter().flatten() {
            let has_body = read.body(*next).is_some();
            if has_body && !named.contains(next) && first.insert(*next) {
                open.push(*next);
            }
        }
    }
    Choice {
        later: all.filter(|function| !first.contains(function)).collect(),
        idle,
    }
}

/// What the list names, and its lines that name nothing.
fn named<'a>(read: &Read<'_>, names: &Names, list: &'a str) -> (BTreeSet<u32>, Vec<&'a str>) {
    let lines = list.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (but, parts): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with(BUT));
    let stays = |name: &str| {
        but.iter()
            .any(|part| name.contains(part.trim_start_matches(BUT)))
    };
    let mut used = vec![false; parts.len()];
    let mut named = BTreeSet::new();
    for body in 0..read.bodies.len() {
        let Some(name) = names.of_body(body).filter(|name| !stays(name)) else {
            continue;
        };
        for (part, used) in parts.iter().zip(&mut used) {
            if holds(name, part) {
                *used = true;
                named.insert(read.function(body));
            }
        }
    }
    let idle = parts.iter().zip(&used).filter(|(_, used)| !**used);
    (named, idle.map(|(part, _)| *part).collect())
}

/// Whether a name holds these words as whole ones; `*` is one word, whichever.
fn holds(name: &str, part: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || c == '_';
    let (first, rest) = part.split_once('*').unwrap_or((part, ""));
    name.match_indices(first).any(|(at, _)| {
        let behind = &name[at + first.len()..];
        let behind = match part.len() == first.len() {
            true => Some(behind),
            false => behind.trim_start_matches(is_inside).strip_prefix(rest),
        };
        !name[..at].ends_with(is_inside)
            && behind.is_some_and(|behind| !behind.starts_with(is_inside))
    })
}

/// Whom a function calls, itself or by a table of methods.
fn needs(read: &Read<'_>, body: usize) -> BTreeSet<u32> {
    let pieces = read.numbers[body]
        .iter()
        .filter_map(|number| read.piece_at(*number));
    let methods = pieces.flat_map(|piece| methods(read, read.data[piece].1));
    read.calls[body].iter().copied().chain(methods).collect()
}

/// The methods that a piece names, if it is a table of them: what drops a value, its size, how it lies, and its methods.
fn methods(read: &Read<'_>, piece: &[u8]) -> Vec<u32> {
    let (words, _) = piece.as_chunks::<4>();
    let words: Vec<u32> = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
    let [dropped, _, 1 | 2 | 4 | 8 | 16, methods @ ..] = words.as_slice() else {
        return Vec::new();
    };
    let slots = methods.iter().chain([dropped]);
    slots
        .filter_map(|slot| read.slots.get(slot).copied())
        .collect()
}
