//! The text in blocks of some lines, so that a keystroke costs the block that it falls into and not the whole
//! text. Knows no look and no element.

use std::rc::Rc;

use super::document;

/// Lines of a new block; one that grows to twice as many is cut.
const LINES: usize = 32;
/// The same in a text that is not wrapped: its blocks out of view are empty, so that their number counts as much as the lines
/// of those in view.
const LONG_LINES: usize = 48;
/// Longer texts are not wrapped: the browser would have to lay out all of them twice to know their rows, which takes longer
/// than a page may stand still.
pub const WRAPPED_BYTES: usize = 48 * 1024;
/// The same for texts of more lines.
const WRAPPED_LINES: usize = 2_500;

/// Some lines of a text, each with its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlock {
    /// What stays the same while lines in it change.
    pub id: u32,
    /// The lines.
    pub text: Rc<str>,
    /// The first byte, in the whole text.
    pub start: u32,
    /// The number of the first line, from 1.
    pub first: u32,
    /// How many lines it has; the last block also has what stands behind the last end of a line.
    pub lines: u32,
}

/// Where a byte of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSpot {
    /// The block, from 0.
    pub block: usize,
    /// The line in it, from 0.
    pub line: u32,
    /// Units of the browser (UTF-16) before it in its line.
    pub in_line: u32,
    /// The same in its block.
    pub in_block: u32,
}

/// All blocks of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// In order; at least one once there was a text.
    pub list: Vec<TextBlock>,
    /// Whether long lines go on in a further row.
    pub wraps: bool,
    /// Columns that the longest line may take in a font of equal widths, when lines are not wrapped.
    pub columns: usize,
    ids: u32,
}

impl Blocks {
    /// The blocks of a text: those that are the same at either end stay, with their ids.
    #[must_use]
    pub fn update(&self, text: &str) -> Self {
        // The last block takes what is written behind it, so it only stays as a whole.
        let firm = self.list.len().saturating_sub(1);
        let mut head = 0;
        let mut from = 0;
        for block in &self.list[..firm] {
            if !text.as_bytes()[from..].starts_with(block.text.as_bytes()) {
                break;
            }
            from += block.text.len();
            head += 1;
        }
        let mut tail = self.list.len();
        let mut to = text.len();
        while tail > head {
            let len = self.list[tail - 1].text.len();
            let rest = &text.as_bytes()[from..to];
            let fits = rest.ends_with(self.list[tail - 1].text.as_bytes())
                && (rest.len() == len || rest[rest.len() - len - 1] == b'\n');
            if !fits {
                break;
            }
            to -= len;
            tail -= 1;
        }
        let ends = text.bytes().filter(|b| *b == b'\n').count();
        let wraps = text.len() <= WRAPPED_BYTES && ends <= WRAPPED_LINES;
        let lines = if wraps { LINES } else { LONG_LINES };
        let mut next = Self {
            list: self.list[..head].to_vec(),
            wraps,
            columns: if wraps { 0 } else { columns(text) },
            ids: self.ids,
        };
        let mut ids = self.list[head..tail].iter().map(|block| block.id);
        for piece in cut(&text[from..to], lines) {
            let id = ids.next().unwrap_or(next.ids);
            next.ids = next.ids.max(id + 1);
            next.push(id, piece.into());
        }
        for block in &self.list[tail..] {
            next.push(block.id, Rc::clone(&block.text));
        }
        if next.list.is_empty() {
            next.push(next.ids, "".into());
            next.ids += 1;
        }
        next.place();
        next
    }

    fn push(&mut self, id: u32, text: Rc<str>) {
        self.list.push(TextBlock {
            id,
            text,
            start: 0,
            first: 0,
            lines: 0,
        });
    }

    /// Counts anew where each block stands.
    fn place(&mut self) {
        let (mut start, mut first) = (0, 1);
        let last = self.list.len() - 1;
        for (at, block) in self.list.iter_mut().enumerate() {
            let ends = block.text.bytes().filter(|b| *b == b'\n').count() as u32;
            block.start = start;
            block.first = first;
            block.lines = ends + u32::from(at == last);
            start += block.text.len() as u32;
            first += block.lines;
        }
    }

    /// Where a byte of the text is.
    #[must_use]
    pub fn spot(&self, byte: usize) -> Option<TextSpot> {
        let byte = u32::try_from(byte).ok()?;
        let after = self.list.partition_point(|block| block.start <= byte);
        let block = after.checked_sub(1)?;
        let TextBlock { start, text, .. } = &self.list[block];
        let inside = document::floor_char(text, (byte - start) as usize);
        let before = &text[..inside];
        let line = before.bytes().filter(|b| *b == b'\n').count() as u32;
        let in_line = before.rsplit('\n').next().unwrap_or_default();
        let units = |text: &str| text.chars().map(|c| c.len_utf16() as u32).sum();
        Some(TextSpot {
            block,
            line,
            in_line: units(in_line),
            in_block: units(before),
        })
    }
}

impl TextBlock {
    /// Its lines with their first bytes in the whole text, without their ends.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut start = self.start;
        let pieces = self.text.split('\n').take(self.lines as usize);
        pieces.map(move |line| {
            let at = start;
            start += line.len() as u32 + 1;
            (at, line)
        })
    }

    /// Its text such that a browser makes a row of each line, also of an empty last one.
    #[must_use]
    pub fn rows(&self) -> String {
        let ends = self.text.bytes().filter(|b| *b == b'\n').count() as u32;
        let open = ends < self.lines && (self.text.is_empty() || self.text.ends_with('\n'));
        [&*self.text, if open { "\n" } else { "" }].concat()
    }
}

/// A wide character takes two columns, a tab at most four.
fn columns(text: &str) -> usize {
    let width = |c: char| match c {
        '\t' => 4,
        c if c.is_ascii() => 1,
        _ => 2,
    };
    let wide = |line: &str| line.chars().map(width).sum();
    text.lines().map(wide).max().unwrap_or(0)
}

/// Whole lines, some at a time.
fn cut(text: &str, lines: usize) -> Vec<&str> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    if ends.len() <= 2 * lines {
        return if text.is_empty() { vec![] } else { vec![text] };
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for end in ends.iter().skip(lines - 1).step_by(lines) {
        pieces.push(&text[from..*end]);
        from = *end;
    }
    if from < text.len() {
        pieces.push(&text[from..]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(blocks: &Blocks) -> String {
        blocks.list.iter().map(|block| &*block.text).collect()
    }

    fn check(blocks: &Blocks, text: &str) {
        assert_eq!(whole(blocks), text);
        let lines: Vec<(u32, &str)> = blocks.list.iter().flat_map(TextBlock::lines).collect();
        let mut start = 0;
        assert_eq!(lines.len(), text.split('\n').count(), "{text:?}");
        for ((at, line), wanted) in lines.iter().zip(text.split('\n')) {
            assert_eq!((*at, *line), (start, wanted));
            start += wanted.len() as u32 + 1;
        }
        let mut ids: Vec<u32> = blocks.list.iter().map(|block| block.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), blocks.list.len(), "an id twice");
        for (number, block) in blocks.list.iter().enumerate() {
            let rows = block.rows();
            let ended = rows.matches('\n').count() as u32;
            let rows = ended + u32::from(!rows.ends_with('\n'));
            assert_eq!(rows, block.lines, "block {number} of {text:?}");
        }
    }

    #[test]
    fn a_keystroke_changes_one_block() {
        let text = "run\n".repeat(5_000);
        let blocks = Blocks::default().update(&text);
        check(&blocks, &text);
        for at in [0, 4_001, 10_000, text.len()] {
            for with in ["x", "\n", "x\n\n"] {
                let new = [&text[..at], with, &text[at..]].concat();
                let next = blocks.update(&new);
                check(&next, &new);
                let kept = |block: &&TextBlock| {
                    let same = |b: &TextBlock| b.id == block.id && Rc::ptr_eq(&b.text, &block.text);
                    blocks.list.iter().any(same)
                };
                let changed = next.list.len() - next.list.iter().filter(kept).count();
                assert!(changed <= 2, "{changed} at {at}");
            }
        }
    }

    #[test]
    fn any_edit_gives_the_blocks_of_the_new_text() {
        let mut dice = 0x0ff5_e71a_b000_0001_u64;
        let mut below = |n: usize| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            (dice % n as u64) as usize
        };
        let mut blocks = Blocks::default().update("");
        let many = "row\n".repeat(90);
        let mut text = String::new();
        for _ in 0..3_000 {
            let from = document::floor_char(&text, below(text.len() + 1));
            let to = document::floor_char(&text, (from + below(40)).min(text.len()));
            let with = ["", "a", "é\n", "\n", "x\ny", "\n\n\n", &many][below(7)];
            text = [&text[..from], with, &text[to.max(from)..]].concat();
            blocks = blocks.update(&text);
            check(&blocks, &text);
            if text.len() > 3_000 {
                text.clear();
            }
        }
    }

    #[test]
    fn a_byte_has_a_place_in_its_block() {
        let blocks = Blocks::default().update("a\n😀é b\n");
        let spot = |byte| blocks.spot(byte).map(|s| (s.line, s.in_line, s.in_block));
        assert_eq!(spot(0), Some((0, 0, 0)));
        assert_eq!(spot(6), Some((1, 2, 4)), "behind the emoji");
        assert_eq!(spot(8), Some((1, 3, 5)));
        assert_eq!(spot(11), Some((2, 0, 8)), "the empty last line");
        assert_eq!(spot(99), Some((2, 0, 8)));
    }
}
