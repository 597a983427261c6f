//! One line to tokens. Knows no statement and no other line.
//!
//! ```text
//! expect "a b/ü".messages >= 10   # why
//! ──┬─── ───┬────────┬─── ┬─ ┬─   ──┬──
//!  Word   Text     Word   Op Word  comment
//! ```

use alloc::string::String;
use alloc::vec::Vec;

use super::diagnostic::Span;
use super::facts::Op;

/// A token of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
    /// It follows the token before it without a space.
    pub(crate) glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of anything but white space, quotes, commas, operators and `#`.
    Word,
    /// A string with its quotes.
    Text,
    /// A comparison operator.
    Op(Op),
    /// `=`, `!`, `=<` and other runs of operator characters that mean nothing.
    NoOp,
    /// `,`
    Comma,
}

/// A line in its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexed {
    pub(crate) tokens: Vec<Token>,
    /// From `#` to the end of the line.
    pub(crate) comment: Option<Span>,
    /// A string that the line does not close, from its quote on.
    pub(crate) unclosed: Option<Span>,
}

/// Splits `line`, which starts at byte `base` of its text.
pub(crate) fn lex(line: &str, base: u32) -> Lexed {
    let mut out = Lexed::default();
    let mut rest = line.char_indices().peekable();
    let mut glued = false;
    while let Some((start, c)) = rest.next() {
        let kind = match c {
            _ if is_space(c) => {
                glued = false;
                continue;
            }
            '#' => {
                out.comment = Some(span(base, start, line.len()));
                return out;
            }
            '"' => {
                if !skip_string(&mut rest) {
                    out.unclosed = Some(span(base, start, line.len()));
                    return out;
                }
                TokenKind::Text
            }
            ',' => TokenKind::Comma,
            _ => {
                let same = |d: char| is_operator(d) == is_operator(c) && !ends_word(d);
                while rest.next_if(|(_, d)| same(*d)).is_some() {}
                TokenKind::Word
            }
        };
        let end = rest.peek().map_or(line.len(), |(i, _)| *i);
        let kind = if is_operator(c) {
            operator(&line[start..end])
        } else {
            kind
        };
        out.tokens.push(Token {
            kind,
            span: span(base, start, end),
            glued,
        });
        glued = true;
    }
    out
}

/// The bytes of a text fit `u32`: longer texts are refused before.
fn span(base: u32, start: usize, end: usize) -> Span {
    let at = |i: usize| base.saturating_add(u32::try_from(i).unwrap_or(u32::MAX));
    Span {
        start: at(start),
        end: at(end),
    }
}

/// Consumes up to and including the closing quote; says whether there was one.
fn skip_string(rest: &mut impl Iterator<Item = (usize, char)>) -> bool {
    while let Some((_, c)) = rest.next() {
        match c {
            '\\' => drop(rest.next()),
            '"' => return true,
            _ => {}
        }
    }
    false
}

/// White space, and byte order marks: they come with pasted texts, and nobody sees them.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

const fn is_operator(c: char) -> bool {
    matches!(c, '=' | '!' | '<' | '>')
}

fn ends_word(c: char) -> bool {
    is_space(c) || matches!(c, '"' | '#' | ',')
}

fn operator(text: &str) -> TokenKind {
    Op::ALL
        .iter()
        .find(|op| op.word() == text)
        .map_or(TokenKind::NoOp, |op| TokenKind::Op(*op))
}

/// The value of a string token, or the place and text of the first escape that means nothing.
pub(crate) fn unescape(token: &str) -> Result<String, (usize, &str)> {
    let inner = &token[1..token.len().saturating_sub(1).max(1)];
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner.char_indices();
    while let Some((at, c)) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some((_, '"')) => out.push('"'),
            Some((_, '\\')) => out.push('\\'),
            Some((_, 'n')) => out.push('\n'),
            Some((next, other)) => return Err((at + 1, &inner[at..next + other.len_utf8()])),
            None => return Err((at + 1, &inner[at..])),
        }
    }
    Ok(out)
}

/// Whether `word` is a name that needs no quotes.
pub(crate) fn is_name(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn words(line: &str) -> Vec<&str> {
        let tokens = lex(line, 0).tokens;
        let cut = |t: &Token| &line[t.span.start as usize..t.span.end as usize];
        tokens.iter().map(cut).collect()
    }

    #[test]
    fn a_line_is_split_at_spaces_quotes_commas_and_operators() {
        assert_eq!(
            words(r#"expect "a \" b".next>=1_0, x.y # "z"#),
            vec!["expect", r#""a \" b""#, ".next", ">=", "1_0", ",", "x.y"]
        );
        assert_eq!(words(r#"drop 1/10 from "#), vec!["drop", "1/10", "from"]);
        assert_eq!(words("a#b"), vec!["a"]);
        assert_eq!(lex("x =< 3", 7).tokens[1].kind, TokenKind::NoOp);
        assert_eq!(lex("say \"x", 3).unclosed, Some(Span { start: 7, end: 9 }));
        assert_eq!(lex(r#""\"#, 0).unclosed, Some(Span { start: 0, end: 2 }));
    }

    #[test]
    fn strings_know_three_escapes() {
        assert_eq!(unescape(r#""a\"\\\n""#).as_deref(), Ok("a\"\\\n"));
        assert_eq!(unescape(r#""a\tb""#), Err((2, r"\t")));
    }
}
