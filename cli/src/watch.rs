//! `offset-lab check --watch`: checks again whenever a file changes. Knows no scenario.
//!
//! It asks for the files' times and sizes a few times a second. That costs little for the files of scenarios, and it
//! works on network shares and in containers, and for editors that write by rename, where the notices of the
//! operating systems are lost.

use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::args::CheckFormat;
use crate::check::check;
use crate::files;
use crate::screen::{Outcome, Screen};

/// Between two looks at the files.
const PERIOD: Duration = Duration::from_millis(250);

/// Checks everything below `paths`, and again at every change, until it is interrupted or nobody reads any more.
pub(crate) fn watch(
    paths: &[PathBuf],
    format: CheckFormat,
    screen: &mut Screen,
) -> io::Result<Outcome> {
    loop {
        // Taken before: what changes during the check is checked again.
        let state = files::state(paths);
        let outcome = check(paths, format, screen)?;
        screen.finish()?;
        if screen.is_closed() {
            return Ok(outcome);
        }
        screen.note(&format!(
            "waiting for changes of {}; Ctrl-C ends",
            offset_lab::explain::english::count(state.len() as u64, "file")
        ))?;
        while files::state(paths) == state {
            thread::sleep(PERIOD);
        }
    }
}
