//! What is said about a word or a string that stands where the language does not have it: what to write instead.

use alloc::format;
use alloc::string::{String, ToString};

use super::authoring::help;
use super::diagnostic::Span;
use super::doc::FormDoc;
use super::lexer::Token;
use super::line::{Expected, Line, excerpt};
use super::other_words::{OtherWords, WordPlace};
use super::problems::Reported;
use super::quote::quoted;
use super::table;
use crate::family::Family;

/// Quotes that are not the language's: those of word processors and of other languages.
const CURLY: &[char] = &[
    '\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{ab}', '\u{bb}',
    '\'',
];

/// What is said about a word.
pub(crate) struct Said {
    /// Instead of what is wrong with the line there, if anything.
    pub(crate) message: Option<String>,
    /// What to write.
    pub(crate) help: String,
    /// What stands for the word.
    pub(crate) fix: Option<String>,
}

impl Said {
    /// What is written instead of a word of another system.
    fn instead(other: &OtherWords) -> Self {
        Self {
            message: None,
            help: other.help.to_string(),
            fix: Some(other.write.to_string()).filter(|write| !write.is_empty()),
        }
    }
}

impl Line<'_, '_> {
    /// What is to be said about a word that the language does not have at this place.
    pub(crate) fn other_word(&self, place: WordPlace, word: &str) -> Option<Said> {
        if !cfg!(feature = "authoring") {
            return None;
        }
        let is_it = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(word));
        let vocabulary = self.vocabulary();
        let keyword = self.form.map_or("", |form| form.keyword);
        let fits = |other: &&OtherWords| {
            // What is proposed must be possible here.
            let begins = |word: &str| {
                let rest = other.write.strip_prefix(word);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            };
            let wanted = |e: &Expected| matches!(e, Expected::Word(word, _) if begins(word));
            let says = other.write.is_empty();
            let possible = place != WordPlace::Inside || says || self.expected.iter().any(wanted);
            let here = match other.place {
                WordPlace::Of(statement) => place == WordPlace::Inside && statement == keyword,
                WordPlace::Statement | WordPlace::Inside | WordPlace::Fact => other.place == place,
            };
            here && is_it(other.words) && possible
        };
        if let Some(other) = vocabulary.other_words.iter().copied().flatten().find(fits) {
            return Some(Said::instead(other));
        }
        let concept = vocabulary.not_modelled.iter().find(|c| is_it(c.words))?;
        Some(Said {
            message: Some(format!(
                "{}: {} are not modelled",
                excerpt(word),
                concept.concept
            )),
            help: format!(
                "{}; docs/fidelity.md says what is modelled",
                concept.instead
            ),
            fix: None,
        })
    }

    /// What is to be said about a fact that `facts` of a thing do not hold: it must be true of that thing, so that the
    /// fact that the help names first is one of them.
    pub(crate) fn other_fact(&self, facts: &[&str], word: &str) -> Option<Said> {
        if !cfg!(feature = "authoring") {
            return None;
        }
        let of_it = |help: &str| help.split('`').nth(1).is_some_and(|w| facts.contains(&w));
        let mut others = self.vocabulary().other_words.iter().copied().flatten();
        let other = others.find(|other| {
            other.place == WordPlace::Fact
                && other.words.iter().any(|w| w.eq_ignore_ascii_case(word))
                && of_it(other.help)
        })?;
        Some(Said::instead(other))
    }

    /// What is to be said about a word that the same statement has in scripts for another family.
    pub(crate) fn word_of_another(&self, word: &str) -> Option<Said> {
        if !cfg!(feature = "authoring") {
            return None;
        }
        let own = self.ctx.header.family;
        let keyword = self.form?.keyword;
        let has = |form: &&FormDoc| {
            let mut options = form.options.iter().flat_map(|o| o.words.split(' ').next());
            let mut shapes = form.shapes.iter().flat_map(|s| s.split(' ').nth(1));
            options.any(|w| w == word) || shapes.any(|w| w == word)
        };
        let mut others = Family::ALL.iter().filter(|other| **other != own);
        let product = others.find_map(|other| {
            let form = table::form(*other, keyword).filter(has);
            form.map(|_| other.vocabulary().product)
        })?;
        Some(Said {
            message: Some(format!(
                "{}: `{keyword}` has this in scripts for {product} only",
                excerpt(word)
            )),
            help: self.shape(),
            fix: None,
        })
    }

    /// Reports a string in other quotes than the language's, if one stands here; whole, with the right ones.
    pub(crate) fn curly(&mut self) -> Option<Reported> {
        let first = self.peek()?;
        self.slice(first.span).strip_prefix(CURLY)?;
        let ends = |token: &&Token| self.slice(token.span).ends_with(CURLY);
        let last = self.rest().iter().find(ends).unwrap_or(first);
        let span = Span {
            end: last.span.end,
            ..first.span
        };
        let fix = quoted(self.slice(span).trim_matches(CURLY));
        let message = format!(
            "{} is not in straight double quotes",
            excerpt(self.slice(span))
        );
        let help = help!("write `{fix}`");
        Some(self.report(span, message, help, Some(fix)))
    }

    /// Words without quotes where a string is to stand: all up to the end where nothing follows it in the statement, all
    /// up to the fact where one does. `None`: the fact stands there, and no string before it.
    pub(crate) fn unquoted(&self, first: Span) -> Option<Span> {
        let shape = self.form.map_or("", |form| form.shapes[0]);
        let whole = shape.ends_with("\"…\"");
        let until_fact = shape.ends_with(" FACT") || shape.ends_with(" COND");
        if !whole && !until_fact {
            return Some(first);
        }
        let is_fact = |token: &&Token| until_fact && self.slice(token.span).contains('.');
        let words = self.rest().iter().take_while(|token| !is_fact(token));
        let end = words.last()?.span.end;
        Some(Span { end, ..first })
    }
}
