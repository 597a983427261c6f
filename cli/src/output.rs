//! Writing to the terminal or whoever reads: colours where they belong, closed pipes ended quietly.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstream::{AutoStream, ColorChoice};
use offset_lab::scenario::Diagnostic;

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

/// Standard output: buffered, without colours where they do not belong. Once nobody reads any more
/// it swallows what comes, so that a closed pipe changes no exit status.
pub(crate) struct Out {
    to: BufWriter<AutoStream<io::StdoutLock<'static>>>,
    closed: bool,
}

/// Opens standard output.
pub(crate) fn out() -> Out {
    Out {
        to: BufWriter::new(AutoStream::auto(io::stdout().lock())),
        closed: false,
    }
}

impl Out {
    fn quietly<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            result => result,
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.to.write(bytes);
        self.quietly(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.to.flush();
        self.quietly(result, ())
    }
}

/// Prints a problem to standard error; if nobody reads that either, there is nobody to tell.
pub(crate) fn problem(message: &str) {
    let mut to = anstream::stderr().lock();
    drop(writeln!(to, "\u{1b}[1;31merror\u{1b}[0m: {message}"));
}

/// A text of a scenario as a terminal may be shown it: control characters are written out.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let shown = text.chars().map(|c| match c {
        _ if c.is_control() => c.escape_default().to_string(),
        _ => c.to_string(),
    });
    shown.collect::<String>().into()
}

/// A text as diagnostics name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// The file.
    pub(crate) name: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// Lines of the file before the text.
    pub(crate) above: u32,
}

/// Draws diagnostics with their lines and carets to standard error.
pub(crate) fn diagnostics(of: Named<'_>, list: &[Diagnostic], more: usize) {
    let colours = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut to = anstream::stderr().lock();
    for diagnostic in list {
        let drawn = draw(of, diagnostic, &renderer);
        if writeln!(to, "{drawn}\n").is_err() {
            return;
        }
    }
    if more > 0 {
        drop(writeln!(to, "and {more} more"));
    }
}

fn draw(of: Named<'_>, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let start = diagnostic.span.start as usize;
    let end = diagnostic.span.end as usize;
    let before = of.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = of.text[before..].split('\n').next().unwrap_or("");
    let line = line.strip_suffix('\r').unwrap_or(line);
    // A line of megabytes is cut to what is around the problem.
    let (from, to) = around(line, start - before, end - before);
    let line_number = of.above as usize + diagnostic.line as usize;
    let snippet = Snippet::source(&line[from..to])
        .line_start(line_number)
        .path(of.name)
        .annotation(
            AnnotationKind::Primary.span(start - before - from..(end - before).min(to) - from),
        );
    let group = Group::with_title(Level::ERROR.primary_title(&diagnostic.message)).element(snippet);
    let group = if diagnostic.help.is_empty() {
        group
    } else {
        group.element(Level::HELP.message(&diagnostic.help))
    };
    renderer.render(&[group])
}

/// At most some hundred bytes of `line` around a place, at borders of characters.
fn around(line: &str, start: usize, end: usize) -> (usize, usize) {
    const MARGIN: usize = 400;
    if line.len() <= 2 * MARGIN {
        return (0, line.len());
    }
    let mut from = start.saturating_sub(MARGIN);
    while !line.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = end
        .min(start + MARGIN)
        .saturating_add(MARGIN)
        .min(line.len());
    while !line.is_char_boundary(to) {
        to += 1;
    }
    (from, to)
}
