//! A line of the text in stretches of one look each: what it is, and whether something is wrong with it.
//! Knows no colour.

use offset_lab::base::SmallSet;
use offset_lab::language::{Class, Diagnostic, Span};

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
    let cuts: SmallSet<usize> = cuts.into_iter().collect();
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
    let mut all: Vec<Stretch<'a>> = cuts.as_slice().windows(2).map(stretch).collect();
    // What is wrong with nothing (an end of a line, an empty line) is a stretch of no text.
    for at in wrong.iter().filter(|(from, to)| from == to).map(|w| w.0) {
        let mut seen = 0;
        let before = all.iter().take_while(|s| {
            seen += s.text.len();
            seen <= at
        });
        let place = before.count();
        let here = Stretch {
            text: "",
            class: "here",
            wrong: true,
        };
        if all.get(place.saturating_sub(1)) != Some(&here) {
            all.insert(place, here);
        }
    }
    all
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
    fn what_is_missing_is_marked_where_it_is_missing() {
        let problem = |at| Diagnostic {
            span: Span { start: at, end: at },
            line: 1,
            column: 1,
            message: String::new(),
            help: String::new(),
            fix: None,
        };
        let looks = |line, at| -> Vec<String> {
            let all = stretches(line, 0, &[], &[problem(at)]);
            all.iter().map(|s| s.text.to_owned()).collect()
        };
        assert_eq!(looks("run", 3), ["run", ""]);
        assert_eq!(looks("", 0), [""]);
        assert_eq!(looks("é x", 2), ["é", "", " x"]);
        assert_eq!(looks("run", 0), ["", "run"]);
    }
}
