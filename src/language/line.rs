//! The reader of one line: where it stands, what it would take next, and its problems. Knows no statement.
//!
//! Every attempt to take something notes what was wanted there. Out of these notes come the words of
//! diagnostics ("expected `on` or …") and completion, so neither can disagree with the parser.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::authoring::{help, meaning};
use super::context::Context;
use super::diagnostic::Span;
use super::doc::{FormDoc, OptionDoc};
use super::facts::FactRef;
use super::lexer::{Token, TokenKind};
use super::names::Wanted;
use super::other_words::WordPlace;
use super::problems::{Read, Reported, diagnostic};
use super::suggest;
use super::vocabulary::Vocabulary;

/// Something that the line could go on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A word of the language, and what it means.
    Word(&'static str, &'static str),
    /// The name of something that there is.
    Name(Wanted),
    /// A value described by its words: `a count`, `a size`.
    Value(&'static str),
    /// `name.fact`
    Fact,
    /// A comparison operator.
    Op,
    /// What the fact is compared with.
    FactValue(FactRef),
}

/// What a part of a line is, for highlighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The first word of a statement.
    Keyword,
    /// Another word of the language.
    Word,
    /// A stream, producer or consumer.
    Name,
    /// A fact behind the dot.
    Fact,
    /// A number, size, duration, range or version.
    Number,
    /// A string.
    Text,
    /// A comparison operator or comma.
    Operator,
    /// From `#` on.
    Comment,
    /// A line that starts with `>`.
    Narration,
    /// What the language does not know.
    Unknown,
}

/// A line that is being read.
pub(crate) struct Line<'a, 'c> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    place: (u32, u32),
    pub(crate) form: Option<&'static FormDoc>,
    /// The option that is being read.
    pub(super) inside: Option<OptionDoc>,
    /// It uses a name that stands for nothing: its statement is not to be kept.
    pub(crate) doubtful: bool,
    pub(crate) ctx: &'c mut Context,
    pub(crate) expected: Vec<Expected>,
    pub(crate) classes: Vec<(Span, Class)>,
    /// What words that were taken mean, for help.
    pub(crate) abouts: Vec<(Span, &'static str)>,
}

impl<'a, 'c> Line<'a, 'c> {
    /// Reads `tokens`, which stand in line `number` from byte `start` of `text` on.
    pub(crate) fn new(
        text: &'a str,
        tokens: &'a [Token],
        (number, start): (u32, u32),
        ctx: &'c mut Context,
    ) -> Self {
        Self {
            text,
            tokens,
            at: 0,
            place: (number, start),
            form: None,
            inside: None,
            doubtful: false,
            ctx,
            expected: Vec::new(),
            classes: Vec::new(),
            abouts: Vec::new(),
        }
    }

    /// The number of the line.
    pub(crate) const fn line_number(&self) -> u32 {
        self.place.0
    }

    /// The words of the script's family.
    pub(crate) fn vocabulary(&self) -> &'static Vocabulary {
        self.ctx.header.family.vocabulary()
    }

    /// From the first to the last token.
    pub(crate) fn span(&self) -> Span {
        let start = self.tokens.first().map_or(self.place.1, |t| t.span.start);
        let end = self.tokens.last().map_or(start, |t| t.span.end);
        Span { start, end }
    }

    /// Where what was taken ends.
    pub(crate) fn taken_to(&self) -> u32 {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.map_or(self.place.1, |token| token.span.end)
    }

    pub(crate) fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    /// What is not taken yet.
    pub(crate) fn rest(&self) -> &'a [Token] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek_second(&self) -> Option<&'a Token> {
        self.tokens.get(self.at + 1)
    }

    pub(crate) fn slice(&self, span: Span) -> &'a str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// Whether everything was taken.
    pub(crate) const fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The next token if it is a word.
    pub(crate) fn peek_word(&self) -> Option<&'a str> {
        self.word_of(self.peek()?)
    }

    pub(crate) fn word_of(&self, token: &Token) -> Option<&'a str> {
        (token.kind == TokenKind::Word).then(|| self.slice(token.span))
    }

    /// Takes the next token as a `class`.
    pub(crate) fn bump(&mut self, class: Class) {
        if let Some(token) = self.peek() {
            self.classes.push((token.span, class));
            self.skip();
        }
    }

    /// Takes the next token without saying what it is.
    pub(crate) fn skip(&mut self) {
        self.at += 1;
        self.expected.clear();
    }

    /// Notes that `expected` could come here.
    pub(crate) fn expect(&mut self, expected: Expected) {
        if !self.expected.contains(&expected) {
            self.expected.push(expected);
        }
    }

    /// Takes the word if it is next.
    pub(crate) fn word(&mut self, word: &'static str) -> bool {
        self.word_about(word, "")
    }

    /// Takes the word if it is next; help shows what it means.
    pub(crate) fn word_about(&mut self, word: &'static str, about: &'static str) -> bool {
        let about = meaning!(about);
        self.expect(Expected::Word(word, about));
        match self.peek() {
            Some(token) if self.word_of(token) == Some(word) => {
                self.abouts.push((token.span, about));
                self.bump(Class::Word);
                true
            }
            _ => false,
        }
    }

    /// Takes the word or reports that it is missing.
    pub(crate) fn require(&mut self, word: &'static str) -> Read<()> {
        if self.word(word) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// The words that could come here.
    pub(crate) fn expected_words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.expected.iter().filter_map(|e| match e {
            Expected::Word(word, _) => Some(*word),
            Expected::Name(_)
            | Expected::Value(_)
            | Expected::Fact
            | Expected::Op
            | Expected::FactValue(_) => None,
        })
    }

    /// Reports what stands here instead of what was wanted.
    pub(crate) fn unexpected(&mut self) -> Reported {
        if let Some(reported) = self.curly() {
            return reported;
        }
        let words: Vec<&'static str> = self.expected_words().collect();
        let Some(token) = self.peek() else {
            let end = self.span().end;
            let message = format!("something is missing here: expected {}", self.wanted());
            return self.report(Span { start: end, end }, message, self.shape(), None);
        };
        let found = self.slice(token.span);
        let is_word = token.kind == TokenKind::Word;
        let said = self.other_word(WordPlace::Inside, found);
        let said = said.or_else(|| self.word_of_another(found));
        let said = said.filter(|_| is_word);
        // A word with a number in it is no misspelt word.
        let plain = !found.contains(|c: char| c.is_ascii_digit());
        let near = suggest::nearest(found, words).filter(|_| plain);
        let near = near.map(ToString::to_string);
        let found = excerpt(found);
        let wanted = self.wanted();
        let message = if wanted.is_empty() {
            format!("{found} is too much: the statement is complete before it")
        } else {
            format!("expected {wanted}, found {found}")
        };
        if let Some(said) = said {
            let message = said.message.unwrap_or(message);
            return self.report(token.span, message, said.help, said.fix);
        }
        let help = match &near {
            Some(word) => help!("did you mean `{word}`?"),
            None => self.shape(),
        };
        self.report(token.span, message, help, near)
    }

    /// What was wanted here, in words.
    fn wanted(&self) -> String {
        let mut out = String::new();
        for (i, expected) in self.expected.iter().enumerate() {
            if i > 0 {
                let last = i + 1 == self.expected.len();
                out.push_str(if last { " or " } else { ", " });
            }
            match expected {
                Expected::Word(word, _) => out.push_str(&format!("`{word}`")),
                Expected::Name(wanted) => out.push_str(wanted.words(self.vocabulary())),
                Expected::Value(words) => out.push_str(words),
                Expected::Fact => out.push_str("a fact such as `c.last`"),
                Expected::Op => out.push_str("`==`, `!=`, `<`, `<=`, `>` or `>=`"),
                Expected::FactValue(_) => out.push_str("a value or a fact"),
            }
        }
        out
    }

    /// How the statement, or the option that is being read, is written.
    pub(crate) fn shape(&self) -> String {
        meaning!(self.whole_shape(), String::new())
    }

    fn whole_shape(&self) -> String {
        if let Some(option) = self.inside {
            return format!("`{}`: {}", option.shape(), option.about);
        }
        let Some(form) = self.form else {
            return String::new();
        };
        let mut out = String::from("the statement is written ");
        for (at, shape) in form.shapes.iter().enumerate() {
            out.push_str(match at {
                0 => "`",
                _ if at + 1 == form.shapes.len() => "` or `",
                _ => "`, `",
            });
            out.push_str(shape);
            // Options go with the usual form.
            for option in form.options.iter().filter(|_| at == 0) {
                out.push_str(&format!(" [{}]", option.shape()));
            }
        }
        out.push('`');
        out
    }

    /// Adds a problem of this line.
    pub(crate) fn report(
        &mut self,
        span: Span,
        message: String,
        help: String,
        fix: Option<String>,
    ) -> Reported {
        // Where nobody mends a text, only what is wrong is said, and where.
        let (help, fix) = meaning!((help, fix), (String::new(), None));
        let problem = diagnostic(self.text, self.place, span, message, help, fix);
        self.ctx.problems.push(problem);
        Reported
    }

    /// Reports whatever is left of the line.
    pub(crate) fn end(&mut self) -> Read<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected()),
        }
    }
}

/// A found text as messages show it: quoted, shortened.
pub(crate) fn excerpt(found: &str) -> String {
    let mut short: String = found.chars().take(40).collect();
    if short.len() < found.len() {
        short.push('…');
    }
    format!("`{short}`")
}
