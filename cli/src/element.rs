//! The element `<offset-lab>` as markup: a scenario of a page with the attributes that its fence gives, and its picture
//! inside. Knows neither the page nor the tool that makes it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::args::PictureTheme;
use crate::render::{DrawnMoment, Picture};

/// The attributes that take a value, with those that they take; `step` takes a number.
const VALUES: &[(&str, &[&str])] = &[
    ("step", &[]),
    ("controls", &["full", "mini", "none"]),
    ("theme", &["auto", "light", "dark"]),
    ("keys", &["off"]),
];
/// The attribute that takes none.
const EDITABLE: &str = "editable";
/// What stays as it is in the address of a picture.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b',')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'/')
    .remove(b'(')
    .remove(b')');

/// What a fence says about its element.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    attributes: Vec<(String, String)>,
    /// What it says beside that, a sentence each.
    pub(crate) problems: Vec<String>,
}

impl Wanted {
    /// Reads the words behind the mark of a fence.
    pub(crate) fn read(info: &str) -> Self {
        let mut wanted = Self::default();
        for word in info.split([' ', '\t', ',']).filter(|word| !word.is_empty()) {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            let value = value.trim_matches(['"', '\'']);
            match problem(name, value, word) {
                None => {
                    // What is said last holds.
                    wanted.attributes.retain(|(before, _)| before != name);
                    wanted.attributes.push((name.to_owned(), value.to_owned()));
                }
                Some(problem) => wanted.problems.push(problem),
            }
        }
        wanted
    }

    fn value(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(n, value)| (n == name).then_some(value.as_str()))
    }

    /// The moment that the element begins with.
    pub(crate) fn moment(&self) -> DrawnMoment {
        let step = self.value("step").and_then(|step| step.parse().ok());
        step.map_or(DrawnMoment::Opening, DrawnMoment::Step)
    }

    /// The colours of its picture: the page's own are not known.
    pub(crate) fn theme(&self) -> PictureTheme {
        match self.value("theme") {
            Some("dark") => PictureTheme::Dark,
            Some(_) | None => PictureTheme::Light,
        }
    }

    /// The element on one line. Without a picture the text stands in its place.
    pub(crate) fn markup(&self, text: &str, picture: Option<&Picture>) -> String {
        let mut out = String::from("<offset-lab");
        for (name, value) in &self.attributes {
            out.extend([" ", name]);
            if name != EDITABLE {
                out.extend(["=\"", &escaped(value), "\""]);
            }
        }
        let text = escaped(text);
        match picture {
            Some(picture) => {
                let address = utf8_percent_encode(&picture.svg, PLAIN);
                out.push_str(&format!(
                    " text=\"{text}\"><img src=\"data:image/svg+xml,{address}\" width=\"{}\" height=\"{}\" alt=\"{}\">",
                    picture.width, picture.height, escaped(&picture.description)
                ));
            }
            None => out.extend(["><pre>", &text, "</pre>"]),
        }
        out.push_str("</offset-lab>");
        out
    }
}

/// What is wrong with a word of a fence.
fn problem(name: &str, value: &str, word: &str) -> Option<String> {
    if name == EDITABLE {
        return (word != EDITABLE).then(|| format!("`{word}`: `{EDITABLE}` takes no value"));
    }
    let Some((_, values)) = VALUES.iter().find(|(known, _)| *known == name) else {
        let names: Vec<&str> = VALUES.iter().map(|(name, _)| *name).collect();
        let names = names.join("`, `");
        return Some(format!(
            "`{word}` is no attribute of the element: it has `{names}` and `{EDITABLE}`"
        ));
    };
    if values.is_empty() {
        let wrong = value.parse::<u32>().is_err();
        return wrong.then(|| format!("`{word}`: a step is a whole number from 0"));
    }
    let wrong = !values.contains(&value);
    wrong.then(|| format!("`{word}`: `{name}` is `{}`", values.join("`, `")))
}

/// A text inside an element or a quoted attribute, with its lines on one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Wanted, escaped};

    #[test]
    fn it_reads_fences_as_the_integrations_do() {
        let cases: Value = serde_json::from_str(include_str!("../../integrations/fences.json"))
            .expect("it is JSON");
        let cases = cases.as_array().expect("it is a list");
        assert!(cases.len() > 3);
        for case in cases {
            let said = |name: &str| case[name].as_str().unwrap_or_default();
            let wanted = Wanted::read(said("info"));
            let problems = u64::try_from(wanted.problems.len()).ok();
            assert_eq!(problems, case["problems"].as_u64(), "{:?}", wanted.problems);
            assert_eq!(wanted.markup(said("text"), None), said("markup"));
        }
    }

    #[test]
    fn what_is_no_attribute_is_said_with_those_that_are() {
        let wanted = Wanted::read("step=-1 colour=red editable=yes theme=pink");
        let said = [
            "a whole number from 0",
            "`step`, `controls`",
            "takes no value",
            "`light`",
        ];
        for (problem, part) in wanted.problems.iter().zip(said) {
            assert!(problem.contains(part), "{problem}");
        }
        assert_eq!(wanted.problems.len(), said.len());
    }

    #[test]
    fn nothing_in_a_text_ends_the_attribute_or_the_line() {
        assert_eq!(
            escaped("\"a\r\n&b</script>"),
            "&quot;a&#13;&#10;&amp;b&lt;/script&gt;"
        );
    }
}
