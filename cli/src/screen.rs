//! The one place through which everything is printed: nothing that a terminal would obey passes, except the colours
//! that are added here. Closed pipes end quietly. Knows no scenario.

use std::borrow::Cow;
use std::fmt::Arguments;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use annotate_snippets::Renderer;
use anstream::{AutoStream, ColorChoice};
use offset_lab::language::Diagnostic;
use serde_json::Value;

use crate::drawing::{Named, drawn};
use crate::escape::{Syntax, escaped};
use crate::status::Status;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well.
    Good,
    /// Something does not hold.
    Failed,
    /// The text or the file is at fault.
    Bad,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Good => 0,
            Outcome::Failed => 1,
            Outcome::Bad => 2,
        })
    }
}

/// How a word stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emphasis {
    /// It is well.
    Good,
    /// It is not.
    Bad,
    /// A name, a heading.
    Strong,
}

impl Emphasis {
    const fn start(self) -> &'static str {
        match self {
            Self::Good => "\u{1b}[32m",
            Self::Bad => "\u{1b}[1;31m",
            Self::Strong => "\u{1b}[1m",
        }
    }
}

/// Ends every mark.
const END: &str = "\u{1b}[0m";
/// Bytes kept back at most before they are written.
const MOST: usize = 64 * 1024;

/// Standard output and standard error. Once nobody reads standard output any more it swallows what
/// comes, so that a closed pipe changes no exit status.
pub(crate) struct Screen {
    to: AutoStream<io::StdoutLock<'static>>,
    waiting: String,
    colours: bool,
    terminal: bool,
    closed: bool,
    status: Status,
}

impl Screen {
    /// Opens both.
    pub(crate) fn new() -> Self {
        let to = io::stdout().lock();
        let colours = AutoStream::choice(&to) != ColorChoice::Never;
        let terminal = to.is_terminal();
        // Colours are left out here where they do not belong, not taken out again by the stream:
        // it would take bytes out of formatted texts too.
        let to = if colours {
            AutoStream::always(to)
        } else {
            AutoStream::always_ansi(to)
        };
        Self {
            to,
            waiting: String::new(),
            colours,
            terminal,
            closed: false,
            status: Status::new(),
        }
    }

    /// A line. Whatever is in it, it stays one.
    pub(crate) fn line(&mut self, words: Arguments<'_>) -> io::Result<()> {
        let words = words.to_string();
        self.waiting.push_str(&escaped(&words, Syntax::Line));
        self.end_line()
    }

    /// A line whose first word stands out.
    pub(crate) fn marked(
        &mut self,
        mark: Emphasis,
        word: &str,
        rest: Arguments<'_>,
    ) -> io::Result<()> {
        let word = escaped(word, Syntax::Line);
        if self.colours {
            self.waiting.extend([mark.start(), &*word, END]);
        } else {
            self.waiting.push_str(&word);
        }
        self.line(rest)
    }

    /// A JSON document on a line of its own.
    pub(crate) fn json(&mut self, value: &Value) -> io::Result<()> {
        let text = value.to_string();
        self.waiting.push_str(&escaped(&text, Syntax::Json));
        self.end_line()
    }

    /// A document of this program as it is, in its syntax.
    pub(crate) fn document(&mut self, text: &str, syntax: Syntax) -> io::Result<()> {
        self.waiting.push_str(&escaped(text, syntax));
        self.soon()
    }

    /// A text of somebody else that goes through: byte for byte, except onto a terminal.
    pub(crate) fn through(&mut self, text: &str) -> io::Result<()> {
        self.waiting.push_str(&passing(text, self.terminal));
        self.soon()
    }

    /// Prints a problem to standard error; if nobody reads that either, there is nobody to tell.
    pub(crate) fn problem(&mut self, message: &str) -> io::Result<()> {
        let message = escaped(message, Syntax::Line);
        self.error(&format!("{}error{END}: {message}", Emphasis::Bad.start()))
    }

    /// Prints something worth knowing to standard error.
    pub(crate) fn note(&mut self, message: &str) -> io::Result<()> {
        let message = escaped(message, Syntax::Line);
        self.error(&format!("{}note{END}: {message}", Emphasis::Strong.start()))
    }

    /// Draws diagnostics with their lines and carets to standard error.
    pub(crate) fn diagnostics(
        &mut self,
        of: Named<'_>,
        list: &[Diagnostic],
        more: usize,
    ) -> io::Result<()> {
        let renderer = if AutoStream::choice(&io::stderr()) == ColorChoice::Never {
            Renderer::plain()
        } else {
            Renderer::styled()
        };
        for diagnostic in list {
            self.error(&format!("{}\n", drawn(of, diagnostic, &renderer)))?;
        }
        if more > 0 {
            self.error(&format!("and {more} more"))?;
        }
        Ok(())
    }

    /// Prints what the parser of the arguments has to say: help, or what is wrong with them.
    pub(crate) fn usage(&mut self, said: &clap::Error) -> io::Result<ExitCode> {
        let words = said.render();
        let plain = words.to_string();
        let shown = escaped(&plain, Syntax::Text);
        let styled = words.ansi().to_string();
        let shown = if shown == plain { &styled } else { &*shown };
        if said.use_stderr() {
            self.error(shown.trim_end_matches('\n'))?;
        } else {
            self.waiting
                .push_str(if self.colours { shown } else { &plain });
            self.soon()?;
        }
        self.finish()?;
        Ok(ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2)))
    }

    /// Says what is under way, for those who wait in front of a terminal.
    pub(crate) fn working(&mut self, at: Arguments<'_>) {
        self.status.set(at);
    }

    /// Writes all that was printed.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.status.clear();
        self.flush()
    }

    /// Whether nobody reads standard output any more.
    pub(crate) const fn is_closed(&self) -> bool {
        self.closed
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.waiting.push('\n');
        self.soon()
    }

    /// Writes what waits when it is much.
    fn soon(&mut self) -> io::Result<()> {
        if self.terminal || self.waiting.len() > MOST {
            return self.flush();
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        if self.closed || waiting.is_empty() {
            return Ok(());
        }
        let to = &mut self.to;
        let result = self
            .status
            .aside(|| to.write_all(waiting.as_bytes()).and_then(|()| to.flush()));
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result,
        }
    }

    /// A line to standard error, behind everything that was printed before.
    fn error(&mut self, styled: &str) -> io::Result<()> {
        self.flush()?;
        self.status.aside(|| {
            let mut to = anstream::stderr().lock();
            drop(writeln!(to, "{styled}"));
        });
        Ok(())
    }
}

/// What goes through of a text of somebody else.
fn passing(text: &str, terminal: bool) -> Cow<'_, str> {
    if terminal {
        escaped(text, Syntax::Text)
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::passing;

    #[test]
    fn only_onto_a_terminal_a_text_is_changed() {
        let text = "stream \"\u{1b}[2J\"\n\tx\n";
        assert_eq!(passing(text, false), text);
        assert_eq!(passing(text, true), "stream \"\\u{1b}[2J\"\n\tx\n");
    }
}
