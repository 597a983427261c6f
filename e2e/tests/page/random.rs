//! Deeds at random: no console error, and after each the page shows what this machine's core says of its text.

use offset_lab_e2e::{Lab, random};

/// Deeds in the gate; `cargo xtask measure` does more of them.
const DEEDS: u64 = 500;

/// Another seed by the variable `OFFSET_LAB_SEED`.
#[test]
fn random_deeds_keep_the_digest_this_machines() -> anyhow::Result<()> {
    let wanted = std::env::var("OFFSET_LAB_SEED").ok();
    let seed = wanted.and_then(|seed| seed.parse().ok()).unwrap_or(1);
    // Two walks that share the deeds run side by side on two processors.
    std::thread::scope(|scope| {
        let walks = [seed, seed + 1]
            .map(|seed| scope.spawn(move || random::walk(&Lab::open(1280)?, seed, DEEDS / 2)));
        walks
            .into_iter()
            .try_for_each(|walk| walk.join().expect("a walk does not panic"))
    })
}
