//! Names of a line: what it brings into the script, and what lines above it brought. Knows no statement.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::ast::Role;
use super::authoring::help;
use super::diagnostic::Span;
use super::facts::Subject;
use super::lexer::{TokenKind, is_name};
use super::line::{Class, Expected, Line, excerpt};
use super::names::{Entry, Thing, Wanted};
use super::problems::{Read, Reported};
use super::quote::quoted;
use super::suggest;
use super::values::grouped;
use crate::family::Kind;
use crate::ids::{ActorId, LogId, SetId};
use crate::limits;

/// What stands in for the id of a name that was reported: nothing of such a text runs.
const NOBODY: u32 = u32::MAX;

/// Words for what is no program.
const NODES: &[&str] = &["broker", "node", "leader"];

const NODES_HELP: &str = "that is no program: the broker and its nodes have `crash` and `start`, nodes `cut` and `heal`, such as `crash broker` or `heal node 1`";

impl Line<'_, '_> {
    /// A name, bare or quoted, with its place; `what` names it with its article.
    fn name(&mut self, what: &'static str) -> Read<(String, Span)> {
        self.expect(Expected::Value(what));
        self.take_name()
    }

    fn take_name(&mut self) -> Read<(String, Span)> {
        let Some(token) = self.peek() else {
            return Err(self.unexpected());
        };
        match token.kind {
            TokenKind::Text => {
                let name = self.string(token.span)?;
                self.bump(Class::Name);
                Ok((name, token.span))
            }
            TokenKind::Word if is_name(self.slice(token.span)) => {
                let name = self.slice(token.span).to_string();
                self.bump(Class::Name);
                Ok((name, token.span))
            }
            TokenKind::Word => {
                if let Some(reported) = self.curly() {
                    return Err(reported);
                }
                let word = self.slice(token.span);
                let fix = quoted(word);
                let message = format!("{} is not a name", excerpt(word));
                let help = help!(
                    "names are letters, digits, `-`, `_` and `.`, starting with a letter; quote others: `{fix}`"
                );
                Err(self.report(token.span, message, help, Some(fix)))
            }
            TokenKind::Op(_) | TokenKind::NoOp | TokenKind::Comma => Err(self.unexpected()),
        }
    }

    /// A name that this line may bring into being: a keyword has to be quoted.
    fn fresh_name(&mut self, what: &'static str) -> Read<(String, Span)> {
        self.expect(Expected::Value(what));
        if let Some((token, word)) = self.peek().zip(self.peek_word())
            && self.ctx.is_reserved(word)
        {
            let fix = format!("\"{word}\"");
            let message = format!("`{word}` is a word of the language, expected {what}");
            let help = help!("as a name it needs quotes: `{fix}`");
            return Err(self.report(token.span, message, help, Some(fix)));
        }
        self.take_name()
    }

    /// A thing with a log, of a kind, that this line creates or says again.
    pub(crate) fn new_log(&mut self, kind: Kind) -> Read<LogId> {
        Ok(match self.create(kind)? {
            Subject::Log(id) => id,
            Subject::Set(_) | Subject::Program(_) | Subject::Progress(..) | Subject::World => {
                LogId(NOBODY)
            }
        })
    }

    /// Logs under one name, of a kind, that this line creates or says again, and where the name stands.
    pub(crate) fn new_set(&mut self, kind: Kind) -> Read<(SetId, Span)> {
        let span = self.peek().map(|token| token.span).unwrap_or_default();
        let set = match self.create(kind)? {
            Subject::Set(id) => id,
            Subject::Log(_) | Subject::Program(_) | Subject::Progress(..) | Subject::World => {
                SetId(NOBODY)
            }
        };
        Ok((set, span))
    }

    /// Logs under one name that an earlier line created.
    pub(crate) fn set(&mut self, kind: Kind) -> Read<SetId> {
        Ok(match self.known(Wanted::Kind(kind))? {
            Thing::Known(_, Subject::Set(id)) => id,
            Thing::Known(
                _,
                Subject::Log(_) | Subject::Program(_) | Subject::Progress(..) | Subject::World,
            )
            | Thing::Broken => SetId(NOBODY),
        })
    }

    /// A log that comes with what stands at `span`: `name` is made of the name there.
    pub(crate) fn own_log(&mut self, kind: Kind, name: &str, span: Span) -> Read<LogId> {
        let number = self.line_number();
        match self.ctx.names.create(name, kind, number) {
            Ok(Subject::Log(id)) => Ok(id),
            Ok(Subject::Set(_) | Subject::Program(_) | Subject::Progress(..) | Subject::World) => {
                Ok(LogId(NOBODY))
            }
            Err(taken) => Err(self.taken(name, span, taken)),
        }
    }

    /// What a program has of a log, which comes with what stands at `span`.
    pub(crate) fn own_progress(
        &mut self,
        kind: Kind,
        name: &str,
        of: (ActorId, LogId),
        span: Span,
    ) -> Read<()> {
        let number = self.line_number();
        match self.ctx.names.progress(name, kind, of, number) {
            Ok(()) => Ok(()),
            Err(taken) => Err(self.taken(name, span, taken)),
        }
    }

    /// A program of a kind that this line brings in or says again.
    pub(crate) fn new_program(&mut self, kind: Kind) -> Read<ActorId> {
        let span = self.peek().map(|token| token.span);
        let before = self.ctx.names.actors.len();
        let subject = self.create(kind)?;
        if before == limits::PROGRAMS && self.ctx.names.actors.len() > before {
            let most = grouped(limits::PROGRAMS as u64);
            let message = format!("more than {most} programs: the limit of one scenario");
            let help = help!("let one program do the work of many, or split the scenario");
            self.report(span.unwrap_or_default(), message, help, None);
        }
        Ok(match subject {
            Subject::Program(id) => id,
            Subject::Log(_) | Subject::Set(_) | Subject::Progress(..) | Subject::World => {
                ActorId(NOBODY)
            }
        })
    }

    fn create(&mut self, kind: Kind) -> Read<Subject> {
        let (name, span) = self.fresh_name(kind.doc().naming)?;
        let number = self.line_number();
        match self.ctx.names.create(&name, kind, number) {
            Ok(subject) => Ok(subject),
            Err(taken) => Err(self.taken(&name, span, taken)),
        }
    }

    fn taken(&mut self, name: &str, span: Span, by: Entry) -> Reported {
        let message = format!(
            "`{name}` is {} already, of line {}",
            by.thing.words(),
            by.line
        );
        let things = self.vocabulary().things;
        let help = help!("{things} share one namespace: take another name");
        self.report(span, message, help, None)
    }

    /// A reference as the broker sees it: any name or string.
    pub(crate) fn reference(&mut self) -> Read<Arc<str>> {
        self.name("a name").map(|(name, _)| name.into())
    }

    /// A thing with a log, of a kind, that an earlier line created.
    pub(crate) fn log(&mut self, kind: Kind) -> Read<LogId> {
        Ok(match self.known(Wanted::Kind(kind))? {
            Thing::Known(_, Subject::Log(id)) => id,
            Thing::Known(
                _,
                Subject::Set(_) | Subject::Program(_) | Subject::Progress(..) | Subject::World,
            )
            | Thing::Broken => LogId(NOBODY),
        })
    }

    /// A producer that an earlier line declared.
    pub(crate) fn producer(&mut self) -> Read<ActorId> {
        self.program(Wanted::Role(Role::Producer))
    }

    /// A consumer that an earlier line started.
    pub(crate) fn consumer(&mut self) -> Read<ActorId> {
        self.program(Wanted::Role(Role::Consumer))
    }

    /// A program of either kind.
    pub(crate) fn actor(&mut self) -> Read<ActorId> {
        self.program(Wanted::Program)
    }

    /// A program of this kind.
    pub(crate) fn program_of(&mut self, kind: Kind) -> Read<ActorId> {
        self.program(Wanted::Kind(kind))
    }

    fn program(&mut self, wanted: Wanted) -> Read<ActorId> {
        Ok(match self.known(wanted)? {
            Thing::Known(_, Subject::Program(id)) => id,
            Thing::Known(
                _,
                Subject::Log(_) | Subject::Set(_) | Subject::Progress(..) | Subject::World,
            )
            | Thing::Broken => ActorId(NOBODY),
        })
    }

    /// Something with a name; one that does not fit is reported, and the line is read on.
    fn known(&mut self, wanted: Wanted) -> Read<Thing> {
        self.expect(Expected::Name(wanted));
        let words: Vec<&'static str> = self.expected_words().collect();
        let (name, span) = self.take_name()?;
        if let Some(word) = self.misspelt(&name, &words, wanted) {
            let kinds = wanted.words(self.vocabulary());
            let message = format!("no line above creates {kinds} {}", excerpt(&name));
            self.report(
                span,
                message,
                help!("did you mean `{word}`?"),
                Some(word.into()),
            );
            self.doubtful = true;
            return Ok(Thing::Broken);
        }
        Ok(self.resolve(&name, span, wanted, wanted))
    }

    /// The word that could stand in place of a name and is meant by one that nothing has, nor anything like it.
    fn misspelt(&self, name: &str, words: &[&'static str], wanted: Wanted) -> Option<&'static str> {
        let names = &self.ctx.names;
        let is_of_something = self.ctx.alone
            || self.ctx.is_reserved(name)
            || names.get(name).is_some()
            || names.nearest(name, wanted).is_some();
        let near = || suggest::nearest(name, words.iter().copied());
        (!is_of_something).then(near).flatten()
    }

    /// What `name` stands for, if that is `wanted`; a problem is reported at `span`, and says how to
    /// create what is `likely` meant.
    pub(crate) fn resolve(
        &mut self,
        name: &str,
        span: Span,
        wanted: Wanted,
        likely: Wanted,
    ) -> Thing {
        if self.ctx.alone {
            self.doubtful = true;
            return Thing::Broken;
        }
        let found = self.ctx.names.get(name).map(|entry| entry.thing);
        match found {
            Some(thing) if wanted.fits(thing) => return thing,
            Some(Thing::Broken) => {
                self.doubtful = true;
                return Thing::Broken;
            }
            Some(Thing::Known(..)) | None => self.doubtful = true,
        }
        let room = self.ctx.problems.room();
        let near = room.then(|| self.ctx.names.nearest(name, wanted));
        let near = near.flatten().map(|near| self.ctx.written(near));
        let words = wanted.words(self.vocabulary());
        let message = match found {
            Some(thing) => format!("`{name}` is {}, expected {words}", thing.words()),
            None => format!("no line above creates {words} {}", excerpt(name)),
        };
        let help = match (&near, found) {
            (Some(near), _) => help!("did you mean `{near}`?"),
            (None, None) if wanted == Wanted::Program && NODES.contains(&name) => {
                NODES_HELP.to_string()
            }
            // A word of the language is not meant as a name.
            (None, None) if self.ctx.is_reserved(name) => self.shape(),
            // Nothing has such a name: creating it would be wrong too.
            (None, None) if name.contains(['\n', '\r']) => self.shape(),
            (None, None) => help!("create it first: `{}`", self.creation(name, likely)),
            (None, Some(_)) => self.shape(),
        };
        let fix = near;
        self.report(span, message, help, fix);
        // What follows belongs to the statement that was meant.
        while found.is_none()
            && wanted == Wanted::Program
            && NODES.contains(&name)
            && !self.at_end()
        {
            self.skip();
        }
        Thing::Broken
    }

    /// The line that creates what is likely meant.
    fn creation(&self, name: &str, likely: Wanted) -> String {
        let name = self.ctx.written(name);
        let kind = likely.first(self.vocabulary());
        kind.map(Kind::doc).map_or_else(String::new, |doc| {
            format!("{} {name}{}", doc.word, doc.creation)
        })
    }
}
