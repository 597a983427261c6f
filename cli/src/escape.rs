//! Characters that a terminal obeys instead of showing, written out. Knows no terminal and no text.

use std::borrow::Cow;
use std::fmt::Write;

/// What a text stands in, which says how a character can be written out there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// Within a line: line breaks and tabs are written out too.
    Line,
    /// Lines of text.
    Text,
    /// A JSON document.
    Json,
    /// An XML document.
    Xml,
}

/// Whether a terminal obeys `c`: the controls C0, DEL and C1, and what turns the direction of writing or breaks lines.
pub(crate) fn is_obeyed(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
    );
    c.is_control() || turns
}

/// `text` as a terminal may be given it.
pub(crate) fn escaped(text: &str, syntax: Syntax) -> Cow<'_, str> {
    let stays = |c: char| match c {
        '\n' | '\t' => syntax != Syntax::Line,
        // XML cannot hold them.
        '\u{fffe}' | '\u{ffff}' => syntax != Syntax::Xml,
        c => !is_obeyed(c),
    };
    if text.chars().all(stays) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        let number = u32::from(c);
        let written = match syntax {
            _ if stays(c) => {
                out.push(c);
                Ok(())
            }
            Syntax::Json => write!(out, "\\u{number:04x}"),
            // XML has no way to name the others.
            Syntax::Xml if is_obeyed(c) && (number >= 0x7f || c == '\r') => {
                write!(out, "&#x{number:x};")
            }
            Syntax::Line | Syntax::Text | Syntax::Xml => write!(out, "{}", c.escape_default()),
        };
        written.expect("a String takes everything");
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_a_terminal_obeys_is_written_out() {
        let all: String = ('\0'..=char::MAX).filter(|c| is_obeyed(*c)).collect();
        // 32 + 1 + 32 controls, 15 of direction and lines, and 5 that Unicode gave up.
        assert_eq!(all.chars().count(), 32 + 1 + 32 + 20);
        for syntax in [Syntax::Line, Syntax::Text, Syntax::Json, Syntax::Xml] {
            let shown = escaped(&all, syntax);
            let left: String = shown.chars().filter(|c| is_obeyed(*c)).collect();
            let expected = if syntax == Syntax::Line { "" } else { "\t\n" };
            assert_eq!(left, expected, "{syntax:?}");
        }
    }

    #[test]
    fn each_syntax_writes_it_in_its_own_way() {
        let text = "a\u{1b}\n\u{9b}\u{202e}ü👍\u{200d}";
        for (syntax, shown) in [
            (Syntax::Line, "a\\u{1b}\\n\\u{9b}\\u{202e}ü👍\u{200d}"),
            (Syntax::Text, "a\\u{1b}\n\\u{9b}\\u{202e}ü👍\u{200d}"),
            (Syntax::Json, "a\\u001b\n\\u009b\\u202eü👍\u{200d}"),
            (Syntax::Xml, "a\\u{1b}\n&#x9b;&#x202e;ü👍\u{200d}"),
        ] {
            assert_eq!(escaped(text, syntax), shown, "{syntax:?}");
        }
        assert!(matches!(escaped("ü\n", Syntax::Text), Cow::Borrowed(_)));
    }
}
