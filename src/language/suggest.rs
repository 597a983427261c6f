//! "Did you mean": the nearest of some words. Knows no language.

use alloc::vec::Vec;

/// Words longer than this are not compared: nobody mistypes them letter by letter.
const LENGTH: usize = 48;
/// Candidates looked at, so that a text full of unknown names costs linear time.
const CANDIDATES: usize = 2_000;

/// The candidate nearest to `word`, if it is near: at most a third of its letters differ.
/// Ties go to the first candidate.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if !cfg!(feature = "authoring") {
        return None;
    }
    let letters: Vec<char> = word.chars().take(LENGTH + 1).collect();
    if letters.is_empty() || letters.len() > LENGTH {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(CANDIDATES) {
        if candidate.eq_ignore_ascii_case(word) {
            return Some(candidate);
        }
        let other: Vec<char> = candidate.chars().take(LENGTH + 1).collect();
        let most = (letters.len().max(other.len()) / 3).max(1);
        let too_short = letters.len() == 1 || other.len() == 1;
        if other.len() > LENGTH || too_short || letters.len().abs_diff(other.len()) > most {
            continue;
        }
        let distance = distance(&letters, &other);
        if distance <= most && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(x != y);
            let mut cost = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = core::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_at_most_a_third_away() {
        let words = ["producer", "consumer", "stream", "close", "run"];
        for (typed, meant) in [
            ("consumr", Some("consumer")),
            ("Stream", Some("stream")),
            ("prodcuer", Some("producer")),
            ("rnu", Some("run")),
            ("topic", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, words), meant, "{typed}");
        }
    }
}
