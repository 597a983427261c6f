//! The only chance there is: a seeded integer generator, split by label, so that one link's draws never
//! depend on another's. Knows nothing of what is drawn.

/// SplitMix64 (Steele, Lea, Flood 2014). Not for secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prng(u64);

impl Prng {
    /// The generator of a label under a seed.
    pub(crate) fn new(seed: u64, label: u64) -> Self {
        let mut root = Self(seed);
        let base = root.next();
        Self(base ^ label.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// True `numerator` times out of `denominator`.
    pub(crate) fn chance(&mut self, numerator: u32, denominator: u32) -> bool {
        let scaled = u128::from(self.next()) * u128::from(denominator.max(1));
        (scaled >> 64) < u128::from(numerator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_outputs_are_those_of_the_published_generator() {
        let mut plain = Prng(0);
        assert_eq!(plain.next(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(plain.next(), 0x6E78_9E6A_A1B9_65F4);
        assert_eq!(plain.next(), 0x06C4_5D18_8009_454F);
    }

    #[test]
    fn labels_split_the_seed() {
        let draws = |label| {
            let mut prng = Prng::new(7, label);
            [prng.next(), prng.next()]
        };
        assert_ne!(draws(0), draws(1));
        assert_eq!(draws(1), draws(1));
    }

    #[test]
    fn a_chance_comes_about_as_often_as_it_says() {
        let mut prng = Prng::new(0, 0);
        let hits = (0..10_000).filter(|_| prng.chance(1, 10)).count();
        assert!((900..1_100).contains(&hits), "{hits}");
        assert!(!prng.chance(0, 10));
        assert!(prng.chance(10, 10));
    }
}
