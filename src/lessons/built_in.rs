//! What the compiler reads of the built-in texts: titles, lengths and marks, so that a host which shows lists of lessons
//! does not carry their texts. Must not know the language beyond the first two lines of a lesson.

/// Lines of a registry: its lessons and, in the same order, their texts. `$sub` is the folder below `lessons/` and
/// `exercises/`.
macro_rules! lessons {
    ($lessons:ident, $vis:vis $texts:ident, $sub:literal: $($kind:ident $slug:literal)*) => {
        const $lessons: &[$crate::lessons::Lesson] = &[$({
            const TEXT: &str = $crate::lessons::built_in::lessons!(@ $kind $sub $slug);
            const TITLE: (usize, usize) = $crate::lessons::built_in::quoted(TEXT, "title");
            const SUMMARY: (usize, usize) = $crate::lessons::built_in::quoted(TEXT, "summary");
            $crate::lessons::Lesson {
                slug: $slug,
                kind: $crate::lessons::built_in::lessons!(@@ $kind),
                title: $crate::lessons::built_in::text(
                    &$crate::lessons::built_in::part::<{ TITLE.1 }>(TEXT, TITLE.0),
                ),
                summary: $crate::lessons::built_in::text(
                    &$crate::lessons::built_in::part::<{ SUMMARY.1 }>(TEXT, SUMMARY.0),
                ),
                words: $crate::lessons::built_in::words(TEXT),
                mark: $crate::lessons::built_in::mark(TEXT),
            }
        }),*];
        /// The texts, in the order of the lessons.
        $vis const $texts: &[&str] = &[$($crate::lessons::built_in::lessons!(@ $kind $sub $slug)),*];
    };
    (@ lesson $sub:literal $slug:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/", $sub, $slug, ".lab"))
    };
    (@ exercise $sub:literal $slug:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/exercises/", $sub, $slug, ".lab"))
    };
    (@@ lesson) => { $crate::lessons::Kind::Lesson };
    (@@ exercise) => { $crate::lessons::Kind::Exercise };
}
pub(crate) use lessons;

/// Where what stands in quotes behind a keyword begins, and how long it is. The keyword is the first of a line, in the
/// first two lines.
pub(crate) const fn quoted(text: &str, keyword: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let second = find(bytes, 0, b'\n') + 1;
    let line = match begins(bytes, 0, keyword.as_bytes()) {
        true => 0,
        false => second,
    };
    assert!(
        begins(bytes, line, keyword.as_bytes()),
        "a lesson begins with its title and its summary"
    );
    let begin = line + keyword.len() + 2;
    assert!(
        bytes[begin - 2] == b' ' && bytes[begin - 1] == b'"',
        "a title stands in quotes"
    );
    let end = find(bytes, begin, b'\n') - 1;
    assert!(
        bytes[end] == b'"' && end > begin,
        "a title ends with a quote"
    );
    (begin, end - begin)
}

const fn find(bytes: &[u8], from: usize, byte: u8) -> usize {
    let mut at = from;
    while bytes[at] != byte {
        at += 1;
    }
    at
}

const fn begins(bytes: &[u8], from: usize, word: &[u8]) -> bool {
    let mut at = 0;
    while at < word.len() && bytes[from + at] == word[at] {
        at += 1;
    }
    at == word.len()
}

/// A copy of some bytes, so that the text itself is not kept for their sake.
pub(crate) const fn part<const BYTES: usize>(text: &str, from: usize) -> [u8; BYTES] {
    let mut copy = [0; BYTES];
    let mut at = 0;
    while at < BYTES {
        copy[at] = text.as_bytes()[from + at];
        at += 1;
    }
    copy
}

/// Bytes that were cut out of a text.
pub(crate) const fn text(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("a text was cut inside a letter"),
    }
}

/// How many words a text has.
pub(crate) const fn words(text: &str) -> u16 {
    let bytes = text.as_bytes();
    let (mut at, mut words, mut inside) = (0, 0, false);
    while at < bytes.len() {
        let is_space = bytes[at].is_ascii_whitespace();
        words += (inside && is_space) as u16;
        inside = !is_space;
        at += 1;
    }
    words + inside as u16
}

/// What tells a text from others: 64 bits of FNV-1a. It is no protection against whoever wants two texts to be alike.
#[must_use]
pub const fn mark(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (mut at, mut hash) = (0, 0xcbf2_9ce4_8422_2325_u64);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{mark, quoted, words};

    #[test]
    fn titles_are_cut_from_the_first_two_lines() {
        let text = "title \"A – b\"\nsummary \"Why.\"\nstream s\n";
        let cut = |keyword| {
            let (from, length) = quoted(text, keyword);
            &text[from..from + length]
        };
        assert_eq!((cut("title"), cut("summary")), ("A – b", "Why."));
    }

    #[test]
    fn words_and_marks_are_those_of_the_text() {
        assert_eq!(words(" one two\n\nthree "), 3);
        assert_eq!(mark(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(mark("a"), 0xaf63_dc4c_8601_ec8c);
    }
}
