//! Measures the built page in a real browser: long random walks, judged; then how quick it is. It fails only
//! where the page is wrong.

use std::time::Instant;

use offset_lab_e2e::{Lab, random, stopwatch};

/// Deeds of all walks.
const DEEDS: u64 = 10_000;
/// Deeds of one walk: then another browser and another seed.
const WALK: u64 = 500;

fn main() -> anyhow::Result<()> {
    let wanted = std::env::args().nth(1);
    let count = wanted.and_then(|n| n.parse().ok()).unwrap_or(DEEDS);
    stopwatch::measure()?;
    let start = Instant::now();
    for number in 0..count.div_ceil(WALK) {
        // Other seeds than those of the gate.
        random::walk(
            &Lab::open(1280)?,
            1_000 + number,
            WALK.min(count - number * WALK),
        )?;
        println!(
            "{:>6} random deeds, every digest this machine's ({:.0} s)",
            count.min((number + 1) * WALK),
            start.elapsed().as_secs_f64()
        );
    }
    Ok(())
}
