//! The one sort of the house: the standard library's sort of each type would weigh some kilobytes in a browser's
//! download. Its heap is some hundred bytes.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;

/// The items in their order.
#[must_use]
pub fn sorted<T: Ord>(items: Vec<T>) -> Vec<T> {
    BinaryHeap::from(items).into_sorted_vec()
}

/// The items in the order of their keys; those with equal keys stay in the order in which they are.
#[must_use]
pub fn sorted_by_key<T>(mut items: Vec<T>, key: impl Fn(&T) -> (i64, i64)) -> Vec<T> {
    let keys = items.iter().map(key).collect();
    sort(keys, &mut |a, b| items.swap(a, b));
    items
}

/// Brings items into the order of their keys, by swaps of two.
fn sort(keys: Vec<(i64, i64)>, swap: &mut dyn FnMut(usize, usize)) {
    let mut order = sorted(keys.into_iter().zip(0..).collect::<Vec<_>>());
    for at in 0..order.len() {
        // What was in this place before its turn came was swapped to where that item came from.
        let mut from = order[at].1;
        while from < at {
            from = order[from].1;
        }
        // Noted, so that nobody has to follow the same way again: else a list moved on by one would take its square.
        order[at].1 = from;
        swap(at, from);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_list_moved_on_by_one_is_sorted() {
        let items: Vec<i64> = (1..200_000).chain([0]).collect();
        let sorted = sorted_by_key(items, |item| (*item, 0));
        assert!(sorted.into_iter().eq(0..200_000));
    }

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in prop::collection::vec(any::<(i8, i8, u32)>(), 0..60)) {
            let key = |item: &(i8, i8, u32)| (i64::from(item.0) / 16, i64::from(item.1) / 32);
            let mut wanted = items.clone();
            wanted.sort_by_key(key);
            prop_assert_eq!(sorted_by_key(items.clone(), key), wanted);
            let mut wanted = items.clone();
            wanted.sort_unstable();
            prop_assert_eq!(sorted(items), wanted);
        }
    }
}
