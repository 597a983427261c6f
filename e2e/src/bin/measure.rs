//! Measures the built page in a real browser: long random walks, judged; then how quick it is. It fails only
//! where the page is wrong.

use std::time::Instant;

use offset_lab_e2e::{random, stopwatch};

/// Deeds of all walks.
const DEEDS: u64 = 10_000;
/// Deeds of two walks side by side: then other browsers and other seeds.
const WALKS: u64 = 1_000;
/// Says of which commit the page is.
const COMMIT: &str = "OFFSET_LAB_COMMIT";

fn main() -> anyhow::Result<()> {
    let wanted = std::env::args().nth(1);
    let count = wanted.and_then(|n| n.parse().ok()).unwrap_or(DEEDS);
    let commit = std::env::var(COMMIT).unwrap_or_default();
    stopwatch::measure(&commit)?;
    let start = Instant::now();
    for number in 0..count.div_ceil(WALKS) {
        // Other seeds than those of the gate.
        random::walk_twice(1_000 + 2 * number, WALKS.min(count - number * WALKS))?;
        println!(
            "{:>6} random deeds, every digest this machine's ({:.0} s)",
            count.min((number + 1) * WALKS),
            start.elapsed().as_secs_f64()
        );
    }
    Ok(())
}
