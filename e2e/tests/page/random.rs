//! Actions and seeks at random: no console error, and after each the digest is this machine's for that text.

use std::collections::BTreeMap;

use crate::lab::{CRASH, Lab, digest_here};

/// How many; more by the variable `OFFSET_LAB_ACTIONS`.
const ACTIONS: u64 = 500;

/// Buttons that move time or the text, and keys of the timeline.
const PRESSES: &[&str] = &[
    "ArrowLeft",
    "ArrowRight",
    "Shift+ArrowLeft",
    "Shift+ArrowRight",
    "Alt+ArrowRight",
    "Home",
    "End",
    "[",
    "]",
    "3",
    "7",
    "Control+z",
    "Shift+Control+Z",
    "Space",
];

/// Does one thing in the page: opens a menu and writes one of its possible acts.
const ACT: &str = "((menu, act) => {
  const menus = [...document.querySelectorAll('.actions > .row > .button')];
  const chosen = menus[menu % menus.length];
  if (chosen.getAttribute('aria-expanded') === 'false') chosen.click();
  return new Promise(done => requestAnimationFrame(() => setTimeout(() => {
    const acts = [...document.querySelectorAll('.menu .act > .button[aria-disabled=false]')];
    if (acts.length) acts[act % acts.length].click();
    done(acts.length);
  }, 0)));
})";

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

#[test]
fn random_actions_keep_the_digest_this_machines() -> anyhow::Result<()> {
    let wanted = std::env::var("OFFSET_LAB_ACTIONS").ok();
    let count = wanted.and_then(|n| n.parse().ok()).unwrap_or(ACTIONS);
    let lab = Lab::open(1280)?;
    lab.write(CRASH)?;
    lab.click(".tables .tab:nth-of-type(2)")?;
    let mut dice = Dice(0x5eed_0ff5_e71a_b001);
    let mut known: BTreeMap<String, Option<String>> = BTreeMap::new();
    for number in 0..count {
        match dice.below(3) {
            0 => {
                let (menu, act) = (dice.below(6), dice.below(12));
                lab.page.eval(&format!("{ACT}({menu}, {act})"))?;
            }
            _ => {
                lab.page.focus(".transport .primary")?;
                let key = PRESSES[usize::try_from(dice.below(PRESSES.len() as u64))?];
                lab.page.press(key)?;
            }
        }
        lab.settled()?;
        let text = lab.text()?;
        let here = known
            .entry(text.clone())
            .or_insert_with(|| digest_here(&text));
        if let Some(here) = here {
            assert_eq!(&lab.digest()?, here, "after action {number}:\n{text}");
        }
        if text.len() > 1_500 {
            lab.write(CRASH)?;
        }
    }
    lab.page.expect_clean()
}
