//! Texts to scenarios. Never fails: what cannot be read is a diagnostic, and the next line is read all the same.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use super::ast::{Scenario, Statement, StatementKind};
use super::authoring::help;
use super::context::Context;
use super::diagnostic::{Diagnostic, Span};
use super::doc::Heading;
use super::form::Form;
use super::lexer::{Lexed, TokenKind, lex, unescape};
use super::line::{Class, Expected, Line, excerpt};
use super::lines::{LineKind, LinesBefore, TextLine, lines, lines_behind};
use super::other_words::WordPlace;
use super::problems::Read;
use super::suggest;
use super::table;
use super::telling::Telling;
use super::values::grouped;
use crate::family::{COUNTERPARTS, NOT_BUILT};
use crate::limits;

/// What a text says, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// What could be read. It is to run only when there are no diagnostics.
    pub scenario: Scenario,
    /// The problems in the order of the text, at most [`limits::DIAGNOSTICS`].
    pub diagnostics: Vec<Diagnostic>,
    /// Problems beyond those.
    pub more: usize,
}

impl Parsed {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_ok(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// Reads a scenario. Takes time linear in the text; a text over the limits is not read at all.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut reading = Reading::new(text);
    loop {
        if let Some(parsed) = reading.advance(text, u32::MAX) {
            return parsed;
        }
    }
}

/// A text that is being read, some lines at a time.
#[derive(Debug)]
pub struct Reading {
    too_long: Option<Diagnostic>,
    parser: Parser,
    read: LinesBefore,
}

impl Reading {
    /// Nothing of it was read.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            too_long: too_long(text),
            parser: Parser::new(),
            read: lines(text).before,
        }
    }

    /// Reads on in the same text, for so many lines; answers what it says once it was read to its end.
    pub fn advance(&mut self, text: &str, count: u32) -> Option<Parsed> {
        if let Some(diagnostic) = self.too_long.take() {
            return Some(Parsed {
                diagnostics: vec![diagnostic],
                ..Parsed::default()
            });
        }
        let mut rest = lines_behind(text, self.read);
        for _ in 0..count {
            let Some(line) = rest.next() else {
                let parser = core::mem::replace(&mut self.parser, Parser::new());
                return Some(parser.finish());
            };
            self.parser.line(text, line);
            if self.parser.ctx.foreign {
                return Some(Parsed {
                    diagnostics: self.parser.ctx.problems.list.pop().into_iter().collect(),
                    ..Parsed::default()
                });
            }
        }
        self.read = rest.before;
        None
    }
}

/// The diagnostic of a text that is longer than a scenario may be.
pub(crate) fn too_long(text: &str) -> Option<Diagnostic> {
    let most = |limit: usize| grouped(limit as u64);
    let message = if text.len() > limits::TEXT_BYTES {
        format!(
            "the text has {} bytes: a scenario has at most {} (4 MiB)",
            most(text.len()),
            most(limits::TEXT_BYTES)
        )
    } else {
        let ends = text.bytes().filter(|byte| *byte == b'\n').count();
        let lines = ends + usize::from(!text.is_empty() && !text.ends_with('\n'));
        if lines <= limits::TEXT_LINES {
            return None;
        }
        format!(
            "the text has {} lines: a scenario has at most {}",
            most(lines),
            most(limits::TEXT_LINES)
        )
    };
    Some(Diagnostic {
        span: Span::default(),
        line: 1,
        column: 1,
        message,
        help: "split it into several scenarios".to_string(),
        fix: None,
    })
}

/// What the lines above line `number` say.
pub(crate) fn context_above(text: &str, number: u32) -> Context {
    let mut parser = Parser::new();
    for line in lines(text).take_while(|line| line.number < number) {
        parser.line(text, line);
    }
    parser.ctx
}

/// What is known between two lines.
#[derive(Debug)]
struct Parser {
    ctx: Context,
    statements: Vec<Arc<Statement>>,
    narration: Telling,
}

impl Parser {
    fn new() -> Self {
        Self {
            ctx: table::context(),
            statements: Vec::new(),
            narration: Telling::default(),
        }
    }

    fn line(&mut self, text: &str, line: TextLine<'_>) {
        match line.kind() {
            LineKind::Blank | LineKind::Comment(_) => self.narration.interrupt(),
            LineKind::Narration(words) => self.narration.line(text, line, words, &mut self.ctx),
            LineKind::Statement => {
                self.narration.interrupt();
                self.statement(text, line);
            }
        }
    }

    fn statement(&mut self, text: &str, line: TextLine<'_>) {
        let lexed = lex(line.text, line.start);
        let place = (line.number, line.start);
        let before = self.ctx.problems.count();
        let mut reader = Line::new(text, &lexed.tokens, place, &mut self.ctx);
        if let Some(open) = lexed.unclosed {
            unclosed(&mut reader, open);
        }
        let span = reader.span();
        let kind = match lexed.unclosed {
            Some(_) => None,
            None => statement(&mut reader).ok().flatten(),
        };
        let doubtful = reader.doubtful || self.ctx.problems.count() > before;
        match kind {
            Some(kind) if !doubtful => self.statements.push(Arc::new(Statement {
                line: line.number,
                span,
                narration: self.narration.take(),
                kind,
            })),
            _ if doubtful => self.broken(line, &lexed),
            _ => {}
        }
    }

    /// Notes the name that a line with a problem was to create, so that its uses are no problems.
    fn broken(&mut self, line: TextLine<'_>, lexed: &Lexed) {
        let cut = |span: Span| {
            let from = (span.start - line.start) as usize;
            &line.text[from..(span.end - line.start) as usize]
        };
        let mut words = lexed
            .tokens
            .iter()
            .map(|token| (token.kind, cut(token.span)));
        let (Some((_, keyword)), Some((kind, name))) = (words.next(), words.next()) else {
            return;
        };
        let kinds = self.ctx.header.family.vocabulary().kinds;
        let creates = kinds.iter().any(|kind| kind.doc().word == keyword);
        if !creates && self.ctx.forms.iter().any(|form| form.keyword == keyword) {
            return;
        }
        match kind {
            TokenKind::Word => self.ctx.names.broken(name, line.number),
            TokenKind::Text => {
                let name = unescape(name).unwrap_or_default();
                self.ctx.names.broken(&name, line.number);
            }
            TokenKind::Op(_) | TokenKind::NoOp | TokenKind::Comma => {}
        }
    }

    fn finish(mut self) -> Parsed {
        Parsed {
            scenario: Scenario {
                header: self.ctx.header,
                streams: self.ctx.names.streams,
                sets: self.ctx.names.sets,
                progresses: self.ctx.names.progresses,
                actors: self.ctx.names.actors,
                statements: self.statements,
                closing: self.narration.take(),
            },
            diagnostics: self.ctx.problems.list,
            more: self.ctx.problems.more,
        }
    }
}

/// Reads the statement of a line, to its end.
pub(crate) fn statement(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let form = keyword(line)?;
    let group = form.doc.group;
    line.form = Some(&form.doc);
    if group != Heading::Header {
        let number = line.line_number();
        line.ctx.body.get_or_insert(number);
    }
    if group == Heading::Time {
        let number = line.line_number();
        line.ctx.moved.get_or_insert(number);
    }
    let read = (form.read)(line);
    table::adopt_family(line.ctx);
    let kind = read?;
    line.end()?;
    Ok(kind)
}

fn keyword(line: &mut Line<'_, '_>) -> Read<&'static Form> {
    let Some(token) = line.peek() else {
        // Noted only here: any word that is taken makes forgotten what was wanted.
        for at in 0..line.ctx.forms.len() {
            let form = line.ctx.forms[at];
            line.expect(Expected::Word(form.keyword, form.about));
        }
        return Err(super::problems::Reported);
    };
    let found = line.slice(token.span);
    let span = token.span;
    if token.kind == TokenKind::Word
        && let Some(form) = table::row(line.ctx.header.family, found)
    {
        line.bump(Class::Keyword);
        return Ok(form);
    }
    line.bump(Class::Unknown);
    let vocabulary = line.vocabulary();
    let mut others = NOT_BUILT.iter();
    if let Some(other) = others.find(|other| other.keywords.contains(&found)) {
        let message = format!("`{found}` is a statement of {} scripts", other.title);
        let help = help!(
            "this one is for {}, and a broker for {} is not built yet",
            vocabulary.title,
            other.title
        );
        return Err(line.report(span, message, help, None));
    }
    if let Some((message, help)) = of_another_family(line, found) {
        return Err(line.report(span, message, help, None));
    }
    if let Some(said) = line.other_word(WordPlace::Statement, found) {
        let unknown = || format!("no statement starts with {}", excerpt(found));
        let message = said.message.unwrap_or_else(unknown);
        return Err(line.report(span, message, said.help, said.fix));
    }
    let near = suggest::nearest(found, line.ctx.forms.iter().map(|form| form.keyword));
    let help = near.map_or_else(
        || {
            help!(
                "a statement starts with its keyword, such as {}",
                vocabulary.keywords
            )
        },
        |near| help!("did you mean `{near}`?"),
    );
    let message = format!("no statement starts with {}", excerpt(found));
    Err(line.report(span, message, help, near.map(ToString::to_string)))
}

/// What is said about a statement that scripts for another family have: whose it is, and what is written here.
fn of_another_family(line: &Line<'_, '_>, found: &str) -> Option<(String, String)> {
    let family = line.ctx.header.family;
    let (owner, _, _, meant) = COUNTERPARTS
        .iter()
        .find(|(_, keyword, here, _)| *keyword == found && *here == family)?;
    let owner = owner.vocabulary();
    let product = owner.product;
    let here = match meant {
        Some(meant) => format!("write `{meant}`"),
        None => "there is nothing like it".to_string(),
    };
    let word = line.vocabulary().word;
    let mut help = format!("`{found}` is {product}'s; with `broker {word}` {here}");
    if line.ctx.said.get("broker").is_none() {
        help.push_str(&format!(
            "; a script for {product} begins with `broker {}`",
            owner.word
        ));
    }
    let message = format!("`{found}` is a statement of scripts for {product}");
    Some((message, help))
}

fn unclosed(line: &mut Line<'_, '_>, open: Span) {
    let fix = format!("{}\"", line.slice(open).trim_end());
    let message = "this string is not closed".to_string();
    let help = help!("a string ends in its line with `\"`; a quote inside is written `\\\"`");
    line.report(open, message, help, Some(fix));
}
