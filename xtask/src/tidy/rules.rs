//! The switches of broker versions: each that a family's `rules.rs` has is read somewhere else in the core,
//! as `rules.SWITCH`. It must not know what they switch.

use super::source::Source;

/// What no file reads.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    let is_rules = |path: &str| path.starts_with("src/family/") && path.ends_with("/rules.rs");
    for rules in sources.iter().filter(|source| is_rules(&source.path)) {
        for (switch, line) in switches(rules) {
            let mut others = sources
                .iter()
                .filter(|source| source.path.starts_with("src/") && source.path != rules.path);
            if !others.any(|source| reads(source, &switch)) {
                found.push(format!(
                    "{}:{line}: nothing reads `rules.{switch}`; act on it or delete it",
                    rules.path
                ));
            }
        }
    }
    found
}

/// The fields of `struct Rules`, all of them `pub NAME: bool`, with their lines.
fn switches(source: &Source) -> Vec<(String, usize)> {
    let mut words = source.words();
    // Comments that document a field are an attribute with this word.
    words.retain(|word| word.text != "doc");
    let is_struct =
        |pair: &[super::source::Word]| pair[0].text == "struct" && pair[1].text == "Rules";
    let Some(start) = words.windows(2).position(is_struct) else {
        return Vec::new();
    };
    words[start + 2..]
        .chunks(3)
        .take_while(|field| field.len() == 3 && field[0].text == "pub" && field[2].text == "bool")
        .map(|field| (field[1].text.clone(), field[1].line))
        .collect()
}

fn reads(source: &Source, switch: &str) -> bool {
    let words = source.words();
    let is_read = |pair: &[super::source::Word]| pair[0].text == "rules" && pair[1].text == switch;
    words.windows(2).any(is_read)
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    const RULES: &str = "use a::B;\npub struct Rules {\n  /// It.\n  pub one: bool,\n  pub two: bool,\n}\n\
        pub struct Change { pub since: u8 }\nfn f(rules: &mut Rules) { rules.one = true; rules.two = true; }";

    fn found(reader: &str) -> Vec<String> {
        let source = |path: &str, text: &str| Source::new(path.to_owned(), text.to_owned());
        let rules = source("src/family/x/rules.rs", RULES).expect("tokens");
        let reader = source("src/family/x/broker.rs", reader).expect("tokens");
        check(&[rules, reader])
    }

    #[test]
    fn a_switch_that_nothing_reads_is_found() {
        let found = found("fn f() { if self.rules.one {} two }");
        let unread = "src/family/x/rules.rs:5: nothing reads `rules.two`; act on it or delete it";
        assert_eq!(found, [unread]);
    }

    #[test]
    fn switches_that_are_read_are_fine() {
        assert!(found("fn f() { rules.one && !rules.two }").is_empty());
    }
}
