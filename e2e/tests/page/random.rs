//! Deeds at random: no console error, and after each the page shows what this machine's core says of its text.

use offset_lab_e2e::random;

/// Deeds in the gate; `cargo xtask measure` does more of them.
const DEEDS: u64 = 500;

/// Another seed by the variable `OFFSET_LAB_SEED`.
#[test]
fn random_deeds_keep_the_digest_this_machines() -> anyhow::Result<()> {
    let wanted = std::env::var("OFFSET_LAB_SEED").ok();
    let seed = wanted.and_then(|seed| seed.parse().ok()).unwrap_or(1);
    random::walk_twice(seed, DEEDS)
}
