//! A line of the text in stretches of one look each: what it is, and whether something is wrong with it.
//! Knows no colour.

use offset_lab::scenario::{Class, Diagnostic, Span};

/// A stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// Its text.
    pub text: &'a str,
    /// What it is, as a class name.
    pub class: &'static str,
    /// Whether a problem is here.
    pub wrong: bool,
}

/// The first byte of every line.
#[must_use]
pub fn line_starts(text: &str) -> Vec<u32> {
    let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
    let starts = ends.map(|(at, _)| at as u32 + 1);
    core::iter::once(0).chain(starts).collect()
}

/// A line, by the first bytes of all lines, without its end.
#[must_use]
pub fn line<'a>(text: &'a str, starts: &[u32], number: usize) -> &'a str {
    let start = starts[number] as usize;
    let end = starts
        .get(number + 1)
        .map_or(text.len(), |next| *next as usize - 1);
    text[start..end].trim_end_matches('\r')
}

/// Columns that the longest line takes in a font of equal widths.
#[must_use]
pub fn columns(text: &str) -> usize {
    let width = |c: char| if c.is_ascii() { 1 } else { 2 };
    let wide = |line: &str| line.chars().map(width).sum();
    text.lines().map(wide).max().unwrap_or(0)
}

/// The stretches of a line. Places are bytes of the line; `problems` are those of the whole text.
#[must_use]
pub fn stretches<'a>(
    line: &'a str,
    start: u32,
    classes: &[(Span, Class)],
    problems: &[Diagnostic],
) -> Vec<Stretch<'a>> {
    let end = start + line.len() as u32;
    let wrong: Vec<(usize, usize)> = problems
        .iter()
        .filter(|p| p.span.start <= end && p.span.end >= start)
        .map(|p| {
            let from = p.span.start.max(start) - start;
            let to = p.span.end.min(end).max(start) - start;
            (from as usize, to as usize)
        })
        .collect();
    let mut cuts: Vec<usize> = vec![0, line.len()];
    cuts.extend(
        classes
            .iter()
            .flat_map(|(s, _)| [s.start as usize, s.end as usize]),
    );
    cuts.extend(wrong.iter().flat_map(|(from, to)| [*from, *to]));
    cuts.retain(|at| line.is_char_boundary(*at));
    cuts.sort_unstable();
    cuts.dedup();
    let stretch = |pair: &[usize]| {
        let (from, to) = (pair[0], pair[1]);
        let class = classes
            .iter()
            .find(|(s, _)| s.start as usize <= from && to <= s.end as usize);
        Stretch {
            text: &line[from..to],
            class: class.map_or("", |(_, class)| name(*class)),
            wrong: wrong.iter().any(|(a, b)| *a <= from && to <= *b),
        }
    };
    cuts.windows(2).map(stretch).collect()
}

const fn name(class: Class) -> &'static str {
    match class {
        Class::Keyword => "keyword",
        Class::Word => "word",
        Class::Name => "name",
        Class::Fact => "fact",
        Class::Number => "number",
        Class::Text => "text",
        Class::Operator => "operator",
        Class::Comment => "comment",
        Class::Narration => "narration-line",
        Class::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_its_look_changes() {
        let span = |start, end| Span { start, end };
        let problem = Diagnostic {
            span: span(14, 15),
            line: 2,
            column: 5,
            message: String::new(),
            help: String::new(),
            fix: None,
        };
        let classes = [(span(0, 3), Class::Keyword), (span(4, 9), Class::Name)];
        let seen = stretches("run abcde", 10, &classes, &[problem]);
        let looks: Vec<_> = seen.iter().map(|s| (s.text, s.class, s.wrong)).collect();
        assert_eq!(
            looks,
            [
                ("run", "keyword", false),
                (" ", "", false),
                ("a", "name", true),
                ("bcde", "name", false),
            ]
        );
    }

    #[test]
    fn lines_end_before_their_end_marks() {
        let text = "a\r\n\nbc";
        let starts = line_starts(text);
        assert_eq!(starts, [0, 3, 4]);
        let lines: Vec<_> = (0..3).map(|n| line(text, &starts, n)).collect();
        assert_eq!(lines, ["a", "", "bc"]);
    }
}
