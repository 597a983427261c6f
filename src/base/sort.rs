//! The one sort of the house: a sort of each type would weigh some kilobytes in a browser's download.

use alloc::vec::Vec;

/// The items in the order of their keys; those with equal keys stay in the order in which they are.
#[must_use]
pub fn sorted_by_key<T>(items: Vec<T>, key: impl Fn(&T) -> (i64, i64)) -> Vec<T> {
    let keys = items.iter().zip(0..);
    let keys = keys.map(|(item, at)| (key(item), at)).collect();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let places = sorted(keys).into_iter();
    places.filter_map(|(_, at)| items[at].take()).collect()
}

#[inline(never)]
fn sorted(mut keys: Vec<((i64, i64), usize)>) -> Vec<((i64, i64), usize)> {
    keys.sort_unstable();
    keys
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in prop::collection::vec(any::<(i8, i8, u32)>(), 0..60)) {
            let key = |item: &(i8, i8, u32)| (i64::from(item.0) / 16, i64::from(item.1) / 32);
            let mut wanted = items.clone();
            wanted.sort_by_key(key);
            prop_assert_eq!(sorted_by_key(items, key), wanted);
        }
    }
}
