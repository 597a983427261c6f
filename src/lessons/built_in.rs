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
                reading: $crate::lessons::built_in::reading(TEXT),
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
    (@ question $sub:literal $slug:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/questions/", $sub, $slug, ".lab"))
    };
    (@ template $sub:literal $slug:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $sub, $slug, ".lab"))
    };
    (@@ lesson) => { $crate::lessons::LessonKind::Lesson };
    (@@ exercise) => { $crate::lessons::LessonKind::Exercise };
    (@@ question) => { $crate::lessons::LessonKind::Question };
    (@@ template) => { $crate::lessons::LessonKind::Template };
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
    while at < word.len() && from + at < bytes.len() && bytes[from + at] == word[at] {
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

/// What there is to read in a text, and to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Words of its story and its questions.
    pub(crate) words: u16,
    /// Where one is to think: questions and goals.
    pub(crate) thought: u16,
    /// Where one is to look: chapters, checks, crashes.
    pub(crate) seen: u16,
}

/// What there is to read in a text, line by line.
pub(crate) const fn reading(text: &str) -> Contents {
    let bytes = text.as_bytes();
    let (mut words, mut thought, mut seen) = (0, 0, 0);
    let mut at = 0;
    while at < bytes.len() {
        let asks = begins(bytes, at, b"ask ");
        if asks || begins(bytes, at, b">") || begins(bytes, at, b"summary ") {
            words += words_of_line(bytes, at);
        }
        thought += (asks || begins(bytes, at, b"goal ")) as u16;
        let shows = begins(bytes, at, b"expect ") || begins(bytes, at, b"crash ");
        seen += (shows || begins(bytes, at, b"chapter ")) as u16;
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    Contents {
        words,
        thought,
        seen,
    }
}

/// How many words a line has that begins there.
const fn words_of_line(bytes: &[u8], from: usize) -> u16 {
    let (mut at, mut words, mut inside) = (from, 0, false);
    while at < bytes.len() && bytes[at] != b'\n' {
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
    use super::{Contents, mark, quoted, reading};

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
    fn what_is_to_be_read_is_counted_by_lines_and_marks_are_those_of_the_text() {
        let text = "> one two\nrun\nask \"a b?\" c.first\ncrash c\nexpect c.first == 0\n> thr";
        let counted = Contents {
            words: 9,
            thought: 1,
            seen: 2,
        };
        assert_eq!(reading(text), counted);
        assert_eq!(mark(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(mark("a"), 0xaf63_dc4c_8601_ec8c);
    }
}
