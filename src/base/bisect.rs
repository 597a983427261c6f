//! The one bisection of the house, and the same for what lies near the beginning.

/// The first number from `low` on, below `high`, at which `is_before` no longer holds, when it holds for none after
/// that; `high` when it holds for all.
pub fn bisect(mut low: usize, mut high: usize, mut is_before: impl FnMut(usize) -> bool) -> usize {
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The same, quick where that number lies near `low`.
pub fn gallop(low: usize, high: usize, mut is_before: impl FnMut(usize) -> bool) -> usize {
    let (mut low, mut step) = (low, 1);
    while low + step < high && is_before(low + step) {
        low += step;
        step *= 2;
    }
    bisect(low, high.min(low + step), is_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_border_is_found() {
        for (low, high) in [(0, 0), (0, 1), (3, 9), (5, 40)] {
            for border in low..=high {
                assert_eq!(bisect(low, high, |at| at < border), border);
                assert_eq!(gallop(low, high, |at| at < border), border);
            }
        }
    }
}
