//! What the tasks say while they work: one line a step with its time. It must not know the steps.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Seconds to one decimal, or minutes and seconds from a minute on.
pub(crate) fn time(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// Does one step and says what it found or did, and how long it took.
pub(crate) fn step<T>(
    name: &str,
    work: impl FnOnce() -> anyhow::Result<(T, String)>,
) -> anyhow::Result<T> {
    let start = Instant::now();
    match work() {
        Ok((value, what)) => {
            eprintln!("{name:<14} {what} ({})", time(start.elapsed()));
            Ok(value)
        }
        Err(error) => {
            eprintln!("{name:<14} failed ({})", time(start.elapsed()));
            Err(error)
        }
    }
}

/// Says that a step which takes a while has begun.
pub(crate) fn begin(name: &str, what: &str) {
    eprintln!("{name:<14} {what} …");
}

/// Names a part on standard output before it runs, so that one sees what is slow or hangs.
pub(crate) fn part_begins(name: &str) {
    print!("{name:<12} ");
    flush();
}

/// Ends the part's line.
pub(crate) fn part_ends(passed: bool, took: Duration) {
    println!(
        "{} {:>13}",
        if passed { "passed" } else { "FAILED" },
        time(took)
    );
    flush();
}

fn flush() {
    // A reader that went away is no reason to stop the work.
    let _ = io::stdout().flush();
}
