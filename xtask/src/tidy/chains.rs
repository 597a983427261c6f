//! Closed vocabularies stay closed: what may happen, and what may be sent, is opened by a `match` that names every
//! case, so that a new one does not compile until each reader has answered for it. A test for one case alone
//! (`if let`, `while let`, `let … else`, `matches!`) and a `_` arm would answer for it silently.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenTree};

use super::source::Source;

/// The list of files that still have such tests, and how many: it only shrinks.
pub(super) const LIST: &str = "xtask/chains.txt";

/// Files whose enums are the closed vocabularies: `what.rs` of all families and what each family adds.
fn holds_a_vocabulary(path: &str) -> bool {
    let of_family = path.strip_prefix("src/family/");
    let of_one_family = of_family.and_then(|inside| inside.split_once('/'));
    path == "src/trace/event.rs"
        || of_one_family.is_some_and(|(_, file)| matches!(file, "event.rs" | "message.rs"))
}

/// Their enums, and those of the registry that hold them.
fn vocabularies(sources: &[Source]) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["FamilyEvent".to_owned()]);
    for source in sources
        .iter()
        .filter(|source| holds_a_vocabulary(&source.path))
    {
        let words = source.words();
        let named = words.windows(2).filter(|pair| pair[0].text == "enum");
        names.extend(named.map(|pair| pair[1].text.clone()));
    }
    names
}

/// Where a vocabulary is opened for one case alone, and entries of the list that are not needed as they are.
pub(super) fn check(sources: &[Source], list: &str) -> Vec<String> {
    let names = vocabularies(sources);
    let mut found = Vec::new();
    let mut allowed = entries(list, &mut found);
    for source in sources.iter().filter(|source| !is_test(&source.path)) {
        let mut lines = Vec::new();
        search(&source.trees(), &names, &mut lines);
        let (allows, at) = allowed.remove(&*source.path).unwrap_or((0, 0));
        if lines.len() > allows {
            found.extend(lines.iter().map(|line| {
                format!(
                    "{}:{line}: opens a closed vocabulary for one case alone ({} in this file, {LIST} allows {allows}): write a `match` that names every case, or ask a method that has one",
                    source.path,
                    lines.len()
                )
            }));
        } else if lines.len() < allows {
            found.push(format!(
                "{LIST}:{at}: `{}` has {} now: lower its number, or remove it at 0",
                source.path,
                lines.len()
            ));
        }
    }
    let gone = allowed.into_iter();
    found.extend(
        gone.map(|(path, (_, at))| format!("{LIST}:{at}: there is no `{path}`: remove it")),
    );
    found
}

/// `PATH NUMBER`, by path: the number, and the line of the entry.
fn entries(list: &str, found: &mut Vec<String>) -> BTreeMap<String, (usize, usize)> {
    let mut entries = BTreeMap::new();
    for (text, at) in list.lines().map(str::trim).zip(1..) {
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let parsed = text.rsplit_once(' ');
        match parsed.and_then(|(path, number)| Some((path, number.parse().ok()?))) {
            Some((path, number)) => {
                entries.insert(path.to_owned(), (number, at));
            }
            None => found.push(format!("{LIST}:{at}: not `PATH NUMBER`: {text}")),
        }
    }
    entries
}

/// Tests may look for one event.
fn is_test(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.any(|part| matches!(part, "tests" | "tests.rs" | "benches" | "fuzz"))
}

/// The lines of such tests in these tokens, and inside their groups.
fn search(tokens: &[TokenTree], names: &BTreeSet<String>, lines: &mut Vec<usize>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let line = token.span().start().line;
        if is_test_module(tokens, at) {
            // `#`, the attribute, `mod`, its name and its body.
            at += 5;
            continue;
        }
        match token {
            TokenTree::Ident(word) if word == "let" => {
                let behind = &tokens[at + 1..];
                let pattern = &behind[..position(behind, &['=', ';'])];
                let is_tested = at > 0 && is_condition(&tokens[at - 1]) || has_else(behind);
                if is_tested && names_one(pattern, names) {
                    lines.push(line);
                }
            }
            TokenTree::Ident(word) if word == "matches" => {
                if let Some(TokenTree::Group(group)) = tokens.get(at + 2) {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    let pattern = &inside[position(&inside, &[',']).min(inside.len())..];
                    if names_one(pattern, names) {
                        lines.push(line);
                    }
                }
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                if group.delimiter() == Delimiter::Brace && has_default(&inside, names) {
                    lines.push(line);
                }
                search(&inside, names, lines);
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        at += 1;
    }
}

/// Whether `#[cfg(test)] mod name { … }` starts here.
fn is_test_module(tokens: &[TokenTree], at: usize) -> bool {
    let is = |at: usize, text: &str| {
        tokens
            .get(at)
            .is_some_and(|token| token.to_string() == text)
    };
    let attribute = tokens.get(at + 1).map(ToString::to_string);
    is(at, "#")
        && attribute.is_some_and(|text| text.replace(' ', "") == "[cfg(test)]")
        && is(at + 2, "mod")
        && matches!(tokens.get(at + 4), Some(TokenTree::Group(_)))
}

/// Whether a `let` behind this token is a condition: `if let`, `while let`, `&& let`.
fn is_condition(before: &TokenTree) -> bool {
    matches!(&*before.to_string(), "if" | "while" | "&")
}

/// Whether a `let` ends in `else`.
fn has_else(behind: &[TokenTree]) -> bool {
    let statement = &behind[..position(behind, &[';'])];
    match statement {
        [.., TokenTree::Ident(word), TokenTree::Group(_)] => word == "else",
        _ => false,
    }
}

/// How many tokens come before the first of these signs; a sign that is part of `==`, `=>` or `..=` counts too.
fn position(tokens: &[TokenTree], signs: &[char]) -> usize {
    let is_sign = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => signs.contains(&punct.as_char()),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    };
    tokens.iter().position(is_sign).unwrap_or(tokens.len())
}

/// Whether a pattern names a case of a vocabulary: `What::…`, at any depth.
fn names_one(pattern: &[TokenTree], names: &BTreeSet<String>) -> bool {
    pattern.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(word) => {
            let opens_path = pattern
                .get(at + 1)
                .is_some_and(|next| next.to_string() == ":");
            opens_path && names.contains(&word.to_string())
        }
        TokenTree::Group(group) => {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            names_one(&inside, names)
        }
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether these are the arms of a `match` of which one names a case and one is `_`, `Some(_)`, `(_, _)`.
fn has_default(arms: &[TokenTree], names: &BTreeSet<String>) -> bool {
    let patterns = patterns(arms);
    patterns.iter().any(|pattern| names_one(pattern, names))
        && patterns.iter().any(|pattern| is_default(pattern))
}

/// The patterns of the arms of a `match`; nothing when these are no arms.
fn patterns(arms: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut patterns = Vec::new();
    let mut rest = arms;
    while let Some(arrow) = (1..rest.len()).find(|at| is_arrow(rest, *at)) {
        patterns.push(&rest[..arrow - 1]);
        let body = &rest[arrow + 1..];
        let block = match body.first() {
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
            Some(TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) | None => false,
        };
        let end = if block { 1 } else { position(body, &[',']) };
        let comma = body.get(end).is_some_and(|token| token.to_string() == ",");
        rest = &body[(end + usize::from(comma)).min(body.len())..];
    }
    patterns
}

/// Whether the sign at `at` ends a `=>`.
fn is_arrow(tokens: &[TokenTree], at: usize) -> bool {
    tokens[at].to_string() == ">" && tokens[at - 1].to_string() == "="
}

/// Whether a pattern takes whatever comes.
fn is_default(pattern: &[TokenTree]) -> bool {
    !pattern.is_empty()
        && pattern.iter().all(|token| match token {
            TokenTree::Ident(word) => matches!(&*word.to_string(), "_" | "Some" | "None"),
            TokenTree::Punct(sign) => matches!(sign.as_char(), ',' | '|' | '&'),
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                is_default(&inside)
            }
            TokenTree::Literal(_) => false,
        })
        && pattern.iter().any(|token| token.to_string() != "None")
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    const EVENTS: &str = "pub enum What { Family(FamilyEvent), Sent, Waited }";

    fn found_in(path: &str, text: &str, list: &str) -> Vec<String> {
        let source =
            |path: &str, text: &str| Source::new(path.to_owned(), text.to_owned()).expect("tokens");
        let events = source("src/trace/event.rs", EVENTS);
        let family = source("src/family/f/event.rs", "pub enum TopicEvent { Read }");
        check(&[events, family, source(path, text)], list)
    }

    fn found(text: &str) -> usize {
        found_in("src/a.rs", text, "").len()
    }

    #[test]
    fn every_spelling_of_a_test_for_one_case_is_found() {
        assert_eq!(found("fn f() { if let What::Sent = w { } }"), 1);
        assert_eq!(found("fn f() { if a && let Some(&What::Sent) = w { } }"), 1);
        assert_eq!(
            found("fn f() { while let What::Family(FamilyEvent::A(TopicEvent::Read)) = w { } }"),
            1
        );
        assert_eq!(
            found("fn f() { let TopicEvent::Read = w else { return; }; }"),
            1
        );
        assert_eq!(
            found("fn f() { g(|w| matches!(w, What::Sent | What::Waited)) }"),
            1
        );
        assert_eq!(
            found("fn f() { if let What::Sent = w {} if let What::Waited = w {} }"),
            2
        );
    }

    #[test]
    fn a_default_beside_a_case_is_found() {
        assert_eq!(found("fn f() { match w { What::Sent => 1, _ => 0 } }"), 1);
        assert_eq!(
            found("fn f() { match w { Some(What::Sent) => { 1 } Some(_) | None => 0 } }"),
            1
        );
        assert_eq!(
            found("fn f() { match (w, 1) { (What::Sent, 0) => g(1, 2), (_, _) => 0 } }"),
            1
        );
    }

    #[test]
    fn a_match_that_names_every_case_is_fine() {
        assert_eq!(
            found("fn f() { match w { What::Sent => 1, What::Family(_) | What::Waited => 0 } }"),
            0
        );
        assert_eq!(
            found("fn f() { match w { Some(What::Sent | What::Waited) => 1, None => 0 } }"),
            0
        );
        assert_eq!(
            found("fn f() { let what = What::Sent; if let Some(x) = g(What::Sent) {} }"),
            0
        );
        assert_eq!(
            found("fn f() { match n { 0 => g(What::Sent), _ => g(What::Waited) } }"),
            0
        );
        assert_eq!(found("fn f() { if let Other::Sent = w { } }"), 0);
    }

    #[test]
    fn tests_may_look_for_one_case() {
        let text = "fn f() { if let What::Sent = w {} }";
        assert!(found_in("tests/it/a.rs", text, "").is_empty());
        assert_eq!(found(&format!("#[cfg(test)] mod tests {{ {text} }}")), 0);
        assert_eq!(
            found(&format!("#[cfg(test)] mod tests {{ {text} }} {text}")),
            1
        );
    }

    #[test]
    fn the_list_only_shrinks() {
        let text = "fn f() { if let What::Sent = w {} }";
        assert!(found_in("src/a.rs", text, "# why\nsrc/a.rs 1\n").is_empty());
        assert!(found_in("src/a.rs", text, "src/a.rs 2")[0].contains("lower its number"));
        assert!(found_in("src/a.rs", "", "src/a.rs 1")[0].contains("remove it at 0"));
        assert!(found_in("src/a.rs", text, "src/a.rs 0")[0].contains("allows 0"));
        assert!(found_in("src/b.rs", "", "src/a.rs 1")[0].contains("there is no `src/a.rs`"));
        assert!(found_in("src/a.rs", "", "src/a.rs one")[0].contains("not `PATH NUMBER`"));
    }
}
