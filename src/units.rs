//! Units of measure: simulated time and sizes. Knows nothing of what is measured.

use core::fmt;

/// A moment of simulated time, in microseconds since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(pub u64);

/// A length of simulated time, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(pub u64);

/// A size in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(pub u64);

impl SimTime {
    /// The start of every run.
    pub const ZERO: Self = Self(0);

    /// This moment and `by` later; saturates at the end of representable time.
    #[must_use]
    pub const fn after(self, by: SimDuration) -> Self {
        Self(self.0.saturating_add(by.0))
    }

    /// Whole milliseconds since the start: the resolution in which brokers stamp chunks.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0 / 1_000
    }

    /// The time from `earlier` to this moment; zero if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A duration of whole milliseconds.
    #[must_use]
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms.saturating_mul(1_000))
    }

    /// A duration of whole seconds.
    #[must_use]
    pub const fn from_secs(s: u64) -> Self {
        Self(s.saturating_mul(1_000_000))
    }

    /// This duration `n` times; saturates.
    #[must_use]
    pub const fn times(self, n: u64) -> Self {
        Self(self.0.saturating_mul(n))
    }
}

impl fmt::Display for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        SimDuration(self.0).fmt(f)
    }
}

/// The largest unit that shows the value exactly or with at most three decimals: `0 ms`, `1.5 ms`, `2 s`.
impl fmt::Display for SimDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, name) = match self.0 {
            0..1_000_000 => (1_000, "ms"),
            _ => (1_000_000, "s"),
        };
        let (whole, rest) = (self.0 / unit, self.0 % unit);
        let thousandths = rest * 1_000 / unit;
        if thousandths == 0 {
            return write!(f, "{whole} {name}");
        }
        let digits = [thousandths / 100, thousandths / 10 % 10, thousandths % 10];
        let used = digits.iter().rposition(|d| *d != 0).map_or(0, |i| i + 1);
        write!(f, "{whole}.")?;
        for digit in &digits[..used] {
            write!(f, "{digit}")?;
        }
        write!(f, " {name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn durations_are_shown_in_the_largest_unit_with_at_most_three_decimals() {
        for (us, shown) in [
            (0, "0 ms"),
            (1, "0.001 ms"),
            (1_500, "1.5 ms"),
            (999_999, "999.999 ms"),
            (2_000_000, "2 s"),
            (2_050_000, "2.05 s"),
        ] {
            assert_eq!(SimDuration(us).to_string(), shown);
        }
    }
}
