//! Division of numbers of 128 bits. What the compiler calls for `/` is a kilobyte in a browser's download, made for
//! those that have many of them.

/// `number / by`, rounded down; 0 where `by` is 0.
#[must_use]
pub fn divide(number: u128, by: u128) -> u128 {
    if by == 0 {
        return 0;
    }
    if let (Ok(number), Ok(by)) = (u64::try_from(number), u64::try_from(by)) {
        return (number / by).into();
    }
    let (mut left, mut rest, mut quotient) = (number, 0, 0);
    for _ in 0..u128::BITS {
        // A bit that falls out of the rest says that it is larger than any number.
        let is_larger = rest >> 127 == 1;
        rest = rest << 1 | left >> 127;
        left <<= 1;
        quotient <<= 1;
        if is_larger || rest >= by {
            rest = rest.wrapping_sub(by);
            quotient |= 1;
        }
    }
    quotient
}

/// `number / by`, rounded towards 0; 0 where `by` is 0.
#[must_use]
pub fn divide_signed(number: i128, by: i128) -> i128 {
    let quotient = divide(number.unsigned_abs(), by.unsigned_abs()).cast_signed();
    if (number < 0) == (by < 0) {
        quotient
    } else {
        -quotient
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Prng;

    #[test]
    fn quotients_are_those_of_the_operator() {
        let mut prng = Prng::new(7, 0);
        let mut draw = || {
            let number = u128::from(prng.next()) << 64 | u128::from(prng.next());
            number >> (prng.next() % 128)
        };
        for _ in 0..20_000 {
            let (number, by) = (draw(), draw().max(1));
            assert_eq!(divide(number, by), number / by, "{number} / {by}");
            let (number, by) = ((number >> 1).cast_signed(), (by >> 1).max(1).cast_signed());
            for (number, by) in [(number, by), (-number, by), (number, -by), (-number, -by)] {
                assert_eq!(divide_signed(number, by), number / by, "{number} / {by}");
            }
        }
    }

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert_eq!(divide(u128::MAX, u128::MAX), 1);
        assert_eq!(
            (divide(7, 0), divide(u128::MAX, 0), divide_signed(-7, 0)),
            (0, 0, 0)
        );
    }
}
