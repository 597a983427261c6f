//! The most that app and player may weigh: a list that only shrinks. It must not know what makes them large.

use std::fs;

use anyhow::{Context, bail};

use crate::paths;

/// Where the limits stand: `raw BYTES` and `brotli BYTES` of what the app begins with, `later BYTES` of the rest of it,
/// `player BYTES` of everything that a player is.
const FILE: &str = "xtask/size-ratchet.txt";

/// So much below a limit, the limit is to be lowered.
const SLACK: usize = 10_000;

/// Bytes of the app's files and of the player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    /// What the app begins with, as it lies on a disk.
    pub(super) raw: usize,
    /// The same as it travels.
    pub(super) brotli: usize,
    /// The rest of the app as it travels.
    pub(super) later: usize,
    /// Everything that travels for a player.
    pub(super) player: usize,
}

/// Fails if a file of that size is over a limit; else says how far below.
pub(super) fn check(size: Size) -> anyhow::Result<String> {
    let text = fs::read_to_string(paths::root().join(FILE))
        .with_context(|| format!("cannot read {FILE}"))?;
    judge(size, limits(&text)?)
}

fn limits(text: &str) -> anyhow::Result<Size> {
    let value = |name: &str| {
        let lines = text.lines().map(str::trim);
        let mut values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let value = values
            .next()
            .and_then(|bytes| bytes.trim().parse::<usize>().ok());
        value.with_context(|| format!("{FILE}: no line `{name} BYTES`"))
    };
    Ok(Size {
        raw: value("raw")?,
        brotli: value("brotli")?,
        later: value("later")?,
        player: value("player")?,
    })
}

fn judge(size: Size, limits: Size) -> anyhow::Result<String> {
    let all = [
        ("raw", size.raw, limits.raw),
        ("brotli", size.brotli, limits.brotli),
        ("later", size.later, limits.later),
        ("player", size.player, limits.player),
    ];
    let mut over = Vec::new();
    let mut words = Vec::new();
    for (name, bytes, limit) in all {
        match bytes.checked_sub(limit) {
            Some(more) if more > 0 => over.push(format!(
                "{name}: {bytes} bytes, {more} more than the {limit} that {FILE} allows"
            )),
            Some(_) | None => {
                let below = limit - bytes;
                let hint = match below > SLACK {
                    true => format!(": lower `{name}` in {FILE}"),
                    false => String::new(),
                };
                words.push(format!("{name} {bytes} of {limit}, {below} below{hint}"));
            }
        }
    }
    if !over.is_empty() {
        bail!(
            "it has grown\n  {}\n`cargo xtask size` shows whose bytes they are",
            over.join("\n  ")
        );
    }
    Ok(words.join("; "))
}

#[cfg(test)]
mod tests {
    use super::{Size, judge, limits};

    const LIMITS: Size = Size {
        raw: 1_000_000,
        brotli: 300_000,
        later: 100_000,
        player: 200_000,
    };

    #[test]
    fn the_list_is_read_and_a_missing_line_is_named() {
        let text = "# why\nraw 1000000\nbrotli 300000\nlater 100000\nplayer 200000\n";
        assert_eq!(limits(text).expect("all lines"), LIMITS);
        let error = limits("raw 7\n").expect_err("a line is missing");
        assert!(
            error.to_string().contains("no line `brotli BYTES`"),
            "{error}"
        );
        assert!(limits("raw x\nbrotli 7\n").is_err());
    }

    #[test]
    fn what_is_over_its_limit_fails_and_says_by_how_much() {
        let raw = |raw| Size { raw, ..LIMITS };
        assert!(judge(LIMITS, LIMITS).is_ok());
        let error = judge(raw(1_000_001), LIMITS).expect_err("one byte too many");
        assert!(
            error.to_string().contains("1 more than the 1000000"),
            "{error}"
        );
        let brotli = Size {
            brotli: 300_002,
            ..LIMITS
        };
        assert!(judge(brotli, LIMITS).is_err());
        let player = Size {
            player: 200_001,
            ..LIMITS
        };
        assert!(judge(player, LIMITS).is_err());
    }

    #[test]
    fn what_is_far_below_says_which_limit_to_lower() {
        let size = Size {
            raw: 900_000,
            ..LIMITS
        };
        let words = judge(size, LIMITS).expect("it is below");
        assert!(words.contains("lower `raw`"), "{words}");
        assert!(!words.contains("lower `brotli`"), "{words}");
    }
}
