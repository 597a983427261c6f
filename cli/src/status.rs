//! What the command is at, on standard error: after a second, on a terminal only, and gone before anything else is
//! printed. Knows no scenario.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::escape::{Syntax, escaped};

/// What takes less is not worth a line.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn anew.
const PERIOD: Duration = Duration::from_millis(200);
/// Characters of the line at most, so that it fits a usual terminal.
const WIDTH: usize = 70;
/// To the beginning of the line, and the line away.
const ERASE: &str = "\r\u{1b}[K";

/// The line and the thread that draws it; nothing where nobody would see it.
pub(crate) struct Status {
    shared: Option<Arc<Shared>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    text: String,
    /// When the work began; nothing is under way without it.
    begun: Option<Instant>,
    drawn: bool,
    over: bool,
}

impl Status {
    /// Nothing is under way yet.
    pub(crate) fn new() -> Self {
        Self::on(io::stderr().is_terminal())
    }

    fn on(terminal: bool) -> Self {
        let shared = Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
        };
        Self {
            shared: terminal.then(|| Arc::new(shared)),
            thread: None,
        }
    }

    /// Says what is under way.
    pub(crate) fn set(&mut self, text: std::fmt::Arguments<'_>) {
        let Some(shared) = &self.shared else {
            return;
        };
        let mut state = shared.state();
        state.text = text.to_string();
        state.begun.get_or_insert_with(Instant::now);
        drop(state);
        if self.thread.is_none() {
            let shared = Arc::clone(shared);
            self.thread = Some(thread::spawn(move || shared.draw()));
        }
    }

    /// Nothing is under way any more.
    pub(crate) fn clear(&self) {
        if let Some(shared) = &self.shared {
            let mut state = shared.state();
            state.erase(&mut io::stderr());
            state.begun = None;
        }
    }

    /// Prints something else where the line is now; the line comes back below it.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        let mut state = self.shared.as_ref().map(|shared| shared.state());
        if let Some(state) = &mut state {
            state.erase(&mut io::stderr());
        }
        print()
    }
}

impl Drop for Status {
    fn drop(&mut self) {
        self.clear();
        if let Some(shared) = &self.shared {
            shared.state().over = true;
            shared.changed.notify_all();
        }
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl Shared {
    /// A thread that panicked while it held the state left nothing half done in it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self) {
        let mut state = self.state();
        while !state.over {
            let waited = self.changed.wait_timeout(state, PERIOD);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if let Some(begun) = state.begun {
                state.draw(begun.elapsed(), &mut io::stderr());
            }
        }
    }
}

impl State {
    /// Draws the line; if nobody can see it, nothing is lost.
    fn draw(&mut self, elapsed: Duration, to: &mut impl Write) {
        if let Some(line) = line(&self.text, elapsed) {
            drop(write!(to, "{ERASE}{line}"));
            self.drawn = true;
        }
    }

    fn erase(&mut self, to: &mut impl Write) {
        if std::mem::take(&mut self.drawn) {
            drop(write!(to, "{ERASE}"));
        }
    }
}

/// The line after so long; none while the work is short.
fn line(text: &str, elapsed: Duration) -> Option<String> {
    if elapsed < PATIENCE {
        return None;
    }
    let text: String = escaped(text, Syntax::Line).chars().take(WIDTH).collect();
    Some(format!("{text} ({} s)", elapsed.as_secs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_shows_nothing_and_long_work_what_it_is_at() {
        assert_eq!(line("checking a.lab", Duration::from_millis(999)), None);
        assert_eq!(
            line("checking a.lab", Duration::from_millis(2_700)).as_deref(),
            Some("checking a.lab (2 s)")
        );
    }

    #[test]
    fn the_line_is_gone_before_anything_else_is_printed() {
        let mut state = State {
            text: "checking a.lab".to_owned(),
            ..State::default()
        };
        let mut terminal = Vec::new();
        state.draw(Duration::ZERO, &mut terminal);
        state.erase(&mut terminal);
        assert!(terminal.is_empty());
        state.draw(PATIENCE, &mut terminal);
        state.erase(&mut terminal);
        state.erase(&mut terminal);
        let expected = format!("{ERASE}checking a.lab (1 s){ERASE}");
        assert_eq!(String::from_utf8(terminal), Ok(expected));
    }

    #[test]
    fn without_a_terminal_nothing_is_drawn() {
        let mut status = Status::on(false);
        status.set(format_args!("checking a.lab"));
        assert!(status.thread.is_none() && status.shared.is_none());
        let mut status = Status::on(true);
        status.set(format_args!("checking a.lab"));
        assert!(status.thread.is_some());
    }

    #[test]
    fn the_line_fits_and_obeys_nothing() {
        let long = format!("\u{1b}[2J\n{}", "x".repeat(200));
        let shown = line(&long, PATIENCE).expect("it took long enough");
        assert!(
            shown.starts_with("\\u{1b}[2J\\nxxx") && shown.len() < 80,
            "{shown}"
        );
    }
}
