//! `offset-lab conform`: recorded transcripts of real brokers against the lab's own. It compares
//! nothing itself.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use offset_lab_conform::{Reason, Report, Verdict};

use crate::files;
use crate::screen::{Outcome, Screen};
use crate::source;

/// What was counted over all files.
#[derive(Default)]
struct Tally {
    matched: u32,
    either: u32,
    given: u32,
    differed: u32,
    undecided: u32,
    skipped: u32,
    compared_observations: u32,
    matched_observations: u32,
    reasons: BTreeMap<Reason, u32>,
}

/// Replays every transcript; fails if anything differs or stays undecided, or a file is no transcript.
pub(crate) fn conform(files: &[PathBuf], screen: &mut Screen) -> io::Result<Outcome> {
    let mut tally = Tally::default();
    let mut outcome = Outcome::Good;
    let files: Vec<PathBuf> = files::each_once(files);
    for (number, file) in (1..).zip(&files) {
        let (name, all) = (file.display().to_string(), files.len());
        screen.working(format_args!("replaying {number} of {all}: {name}"));
        match replay(file) {
            Ok(report) => print(&name, &report, &mut tally, screen)?,
            Err(message) => {
                screen.problem(&message)?;
                outcome = Outcome::Failed;
            }
        }
    }
    sum(&tally, screen)?;
    if tally.differed + tally.undecided > 0 {
        outcome = Outcome::Failed;
    }
    Ok(outcome)
}

fn replay(file: &Path) -> Result<Report, String> {
    let source = source::read(file)?;
    offset_lab_conform::replay(&source.name, &source.text).map_err(|error| error.to_string())
}

fn print(name: &str, report: &Report, tally: &mut Tally, screen: &mut Screen) -> io::Result<()> {
    screen.line(format_args!("{name} ({})", report.broker))?;
    for outcome in &report.scenarios {
        screen.line(format_args!("  {outcome}"))?;
        match outcome.verdict {
            Verdict::Match => tally.matched += 1,
            Verdict::Either(_) => tally.either += 1,
            Verdict::Differs(_) => tally.differed += 1,
            Verdict::Undecided(_) => tally.undecided += 1,
            Verdict::Skipped(_) => tally.skipped += 1,
        }
        tally.compared_observations += outcome.compared;
        tally.matched_observations += outcome.matched;
        tally.given += outcome.given;
        for (reason, count) in &outcome.skipped {
            *tally.reasons.entry(*reason).or_default() += count;
        }
    }
    if report.scenarios.is_empty() {
        screen.line(format_args!("  no scenarios: {}", Reason::ClientLibrary))?;
    }
    Ok(())
}

fn sum(tally: &Tally, screen: &mut Screen) -> io::Result<()> {
    let some = |count: u32, what: &str| match count {
        0 => String::new(),
        some => format!("{some} {what}, "),
    };
    screen.line(format_args!(
        "{} match, {}{} differ, {}{} skipped; {} of {} observations equal",
        tally.matched,
        some(tally.either, "match either of two runs"),
        tally.differed,
        some(tally.undecided, "undecided"),
        tally.skipped,
        tally.matched_observations,
        tally.compared_observations
    ))?;
    if tally.given > 0 {
        screen.line(format_args!(
            "given by the recordings: {} ends of batches and answers",
            tally.given
        ))?;
    }
    if !tally.reasons.is_empty() {
        screen.line(format_args!("not compared:"))?;
    }
    for (reason, count) in &tally.reasons {
        screen.line(format_args!("  {count:>5}  {reason}"))?;
    }
    Ok(())
}
