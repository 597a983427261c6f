//! How long files and functions may be, and the list of those that are longer: it can only shrink. It must not
//! know what makes them long.

use std::collections::BTreeMap;

use super::source::Source;

/// The list of what is longer than it should be: `path lines 420` or `path function lines 80`.
pub(super) const RATCHET: &str = "xtask/ratchet.txt";

const FILE: usize = 400;
const COMPONENT: usize = 150;
const FUNCTION: usize = 70;

/// What is longer than its limit and its entry allow, and entries that are no longer needed as they are.
pub(super) fn check(sources: &[Source], ratchet: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut allowed = entries(ratchet, &mut found);
    for source in sources {
        let component = source.path.starts_with("www/src/components/");
        let limit = if component { COMPONENT } else { FILE };
        let lines = source.text.lines().count();
        judge(&source.path, 1, lines, limit, &mut allowed, &mut found);
        for function in source.functions() {
            let name = format!("{} {}", source.path, function.name);
            judge(
                &name,
                function.line,
                function.lines,
                FUNCTION,
                &mut allowed,
                &mut found,
            );
        }
    }
    for (name, entry) in allowed {
        found.push(format!(
            "{RATCHET}:{}: `{name}` is within its limit or gone: remove the entry",
            entry.line
        ));
    }
    found
}

struct Entry {
    lines: usize,
    line: usize,
}

fn entries(ratchet: &str, found: &mut Vec<String>) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    for (index, text) in ratchet.lines().enumerate() {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let parsed = text
            .rsplit_once(" lines ")
            .and_then(|(name, lines)| Some((name.to_owned(), lines.parse().ok()?)));
        let Some((name, lines)) = parsed else {
            found.push(format!(
                "{RATCHET}:{}: not `NAME lines NUMBER`: {text}",
                index + 1
            ));
            continue;
        };
        entries.insert(
            name,
            Entry {
                lines,
                line: index + 1,
            },
        );
    }
    entries
}

fn judge(
    name: &str,
    line: usize,
    lines: usize,
    limit: usize,
    allowed: &mut BTreeMap<String, Entry>,
    found: &mut Vec<String>,
) {
    if lines <= limit {
        return; // An entry for it stays in `allowed` and is reported as not needed.
    }
    let place = format!("{}:{line}", name.split(' ').next().unwrap_or(name));
    match allowed.remove(name) {
        None => found.push(format!("{place}: {lines} lines ({name}), at most {limit}: split it")),
        Some(entry) if lines > entry.lines => found.push(format!(
            "{place}: {lines} lines ({name}), at most {limit}, and its entry in {RATCHET} allows {}: split it",
            entry.lines
        )),
        Some(entry) if lines < entry.lines => found.push(format!(
            "{RATCHET}:{}: `{name}` has shrunk: set its entry to {lines}",
            entry.line
        )),
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn long(lines: usize) -> Vec<Source> {
        let text = format!("//! A.\n{}", "\n".repeat(lines - 1));
        vec![Source::new("src/a.rs".to_owned(), text).expect("tokens")]
    }

    #[test]
    fn a_long_file_needs_an_entry_that_fits() {
        assert!(check(&long(400), "").is_empty());
        assert_eq!(check(&long(401), "").len(), 1);
        assert!(check(&long(401), "# why\nsrc/a.rs lines 401\n").is_empty());
        assert_eq!(check(&long(402), "src/a.rs lines 401").len(), 1);
    }

    #[test]
    fn an_entry_can_only_shrink() {
        assert!(check(&long(401), "src/a.rs lines 405")[0].contains("set its entry to 401"));
        assert!(check(&long(400), "src/a.rs lines 405")[0].contains("remove the entry"));
        assert!(check(&long(400), "src/a.rs 405")[0].contains("not `NAME lines NUMBER`"));
    }
}
