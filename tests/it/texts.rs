//! Properties of the language over generated and mutated texts: nothing panics, layout changes no meaning.

use offset_lab::family::Family;
use offset_lab::language::{assist, format, parse, table};
use proptest::prelude::*;

use crate::data::SCENARIOS;

/// What a line may be: statements of the table and the scenarios, whole or damaged, and anything at all.
fn line() -> impl Strategy<Value = String> {
    let known: Vec<String> = table::forms(Family::default())
        .map(|form| form.example.to_owned())
        .chain(
            SCENARIOS
                .iter()
                .flat_map(|(_, text)| text.lines().map(str::to_owned)),
        )
        .collect();
    let known = proptest::sample::select(known);
    let damaged = (
        known.clone(),
        any::<prop::sample::Index>(),
        "[ \t\"#,.>=\\\\a-z0-9ü\u{feff}_-]{0,3}",
    );
    let damaged = damaged.prop_map(|(line, at, extra)| {
        let mut chars: Vec<char> = line.chars().collect();
        let at = at.index(chars.len() + 1);
        chars.splice(at..chars.len().min(at + 1), extra.chars());
        chars.into_iter().collect()
    });
    prop_oneof![
        6 => known,
        4 => damaged,
        1 => "[ \t]*(>|#)[ -~]{0,20}",
        1 => Just(String::new()),
        1 => "[^\n]{0,30}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n\n"), Just("  \n\t")];
    let lines = proptest::collection::vec((line(), end), 0..30);
    let body = lines.prop_map(|lines| {
        lines.into_iter().fold(
            "stream s\nproducer p on s\nconsumer c on s\n".to_owned(),
            |text, (line, end)| text + &line + end,
        )
    });
    prop_oneof![9 => body, 1 => ".{0,200}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formatting_keeps_the_meaning_and_is_done_after_one_time(text in text()) {
        let once = format(&text).expect("short texts can be formatted");
        prop_assert_eq!(format(&once).expect("so can their canonical layout"), once.as_str());
        let (before, after) = (parse(&text), parse(&once));
        prop_assert_eq!(before.scenario, after.scenario);
        prop_assert_eq!(before.diagnostics.len(), after.diagnostics.len());
        prop_assert!(!once.contains("\n\n\n") && !once.starts_with('\n') && !once.ends_with("\n\n"));
    }

    #[test]
    fn an_editor_can_ask_anywhere(text in text(), at in any::<prop::sample::Index>()) {
        let at = at.index(text.len() + 1);
        for completion in assist::complete(&text, at) {
            let span = completion.replace.start as usize..completion.replace.end as usize;
            prop_assert!(text.get(span).is_some() && !completion.insert.is_empty());
        }
        let help = assist::help_at(&text, at);
        prop_assert!(help.is_none_or(|help| !help.title.is_empty()));
        for line in text.split('\n') {
            let mut end = 0;
            for (span, _) in assist::highlight(line, Family::default()) {
                let span = span.start as usize..span.end as usize;
                prop_assert!(span.start >= end && line.get(span.clone()).is_some(), "{line:?}");
                end = span.end;
            }
        }
    }

    #[test]
    fn diagnostics_point_into_the_text(text in text()) {
        for problem in parse(&text).diagnostics {
            let (start, end) = (problem.span.start as usize, problem.span.end as usize);
            prop_assert!(start <= end && text.get(start..end).is_some(), "{problem:?}");
            let line = text.split('\n').nth(problem.line as usize - 1);
            prop_assert!(line.is_some());
            let before = &text[..start];
            prop_assert_eq!(before.matches('\n').count() as u32 + 1, problem.line);
            prop_assert!(!problem.message.is_empty());
        }
    }
}
