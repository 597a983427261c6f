//! A walk through the app by deeds drawn at random, judged after each: what the page shows is what this
//! machine's core says of the same text. A walk is a list of deeds, so that one that failed can be replayed and
//! shortened by hand.

mod deed;
mod draw;
mod hands;
mod judge;

use std::fmt::Write as _;

use anyhow::Context;

use crate::Lab;
pub use deed::Deed;
pub use draw::Dice;
use judge::Judge;

/// Names a file with deeds, a line each, to be done instead of random ones.
const REPLAY: &str = "OFFSET_LAB_REPLAY";

/// Walks `count` deeds by the dice of `seed`, or those of the file that `OFFSET_LAB_REPLAY` names.
///
/// # Errors
///
/// Says what was wrong, the seed, and all deeds up to there.
pub fn walk(lab: &Lab, seed: u64, count: u64) -> anyhow::Result<()> {
    if let Ok(file) = std::env::var(REPLAY) {
        let lines =
            std::fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))?;
        let deeds = lines.lines().filter(|line| !line.trim().is_empty());
        let deeds: Vec<Deed> = deeds.map(Deed::read).collect::<anyhow::Result<_>>()?;
        return go(lab, deeds.into_iter(), &file);
    }
    let mut dice = Dice::new(seed);
    let deeds = (0..count).map(|_| Deed::draw(&mut dice));
    go(lab, deeds, &format!("seed {seed:#x}"))
}

/// The same in two browsers side by side, half of the deeds in each, by this seed and the next.
///
/// # Errors
///
/// What was wrong in one of them.
pub fn walk_twice(seed: u64, count: u64) -> anyhow::Result<()> {
    std::thread::scope(|scope| {
        let walks = [seed, seed + 1]
            .map(|seed| scope.spawn(move || walk(&Lab::open(1280)?, seed, count / 2)));
        walks.into_iter().try_for_each(|walk| {
            let done = walk.join();
            done.unwrap_or_else(|_| Err(anyhow::anyhow!("the walk of a seed panicked")))
        })
    })
}

fn go(lab: &Lab, deeds: impl Iterator<Item = Deed>, origin: &str) -> anyhow::Result<()> {
    let mut judge = Judge::default();
    let mut done = String::new();
    // Some deeds make texts that only grow; a walk that has come too far starts anew somewhere.
    for (number, deed) in deeds.enumerate() {
        let deed = judge.instead().unwrap_or(deed);
        let _ = writeln!(done, "{deed}");
        let judged = hands::perform(lab, &deed).and_then(|()| judge.look(lab, &deed));
        judged.with_context(|| {
            format!(
                "deed {number} of {origin}: {deed}\nthe text:\n{}\nall deeds, for a file that {REPLAY} names:\n{done}",
                lab.text().unwrap_or_default()
            )
        })?;
    }
    lab.page.expect_clean()
}
