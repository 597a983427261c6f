//! A set of few items: a sorted vector, with the costs and the bound of [`SmallMap`](super::SmallMap).

use alloc::vec::Vec;
use core::slice;

use super::bisect;

/// A set, in the order of its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallSet<T> {
    items: Vec<T>,
}

impl<T> SmallSet<T> {
    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { items: Vec::new() }
    }

    /// The items, the lowest first.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.items.iter()
    }

    /// The items, the lowest first.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many items it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The lowest item.
    #[must_use]
    pub fn first(&self) -> Option<&T> {
        self.items.first()
    }

    /// Removes the lowest item.
    pub fn pop_first(&mut self) -> Option<T> {
        (!self.items.is_empty()).then(|| self.items.remove(0))
    }

    /// Removes all items.
    pub fn clear(&mut self) {
        self.items.clear();
    }
}

impl<T: Ord> SmallSet<T> {
    fn find(&self, item: &T) -> Result<usize, usize> {
        let items = &*self.items;
        let at = bisect(0, items.len(), |at| items[at] < *item);
        match items.get(at) {
            Some(there) if there == item => Ok(at),
            Some(_) | None => Err(at),
        }
    }

    /// Whether it has `item`.
    #[must_use]
    pub fn contains(&self, item: &T) -> bool {
        self.find(item).is_ok()
    }

    /// Adds `item`; answers whether it was not there.
    pub fn insert(&mut self, item: T) -> bool {
        match self.find(&item) {
            Ok(_) => false,
            Err(at) => {
                self.items.insert(at, item);
                true
            }
        }
    }

    /// Removes `item`; answers whether it was there.
    pub fn remove(&mut self, item: &T) -> bool {
        match self.find(item) {
            Ok(at) => {
                self.items.remove(at);
                true
            }
            Err(_) => false,
        }
    }
}

impl<T> Default for SmallSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Ord> FromIterator<T> for SmallSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        for item in items {
            set.insert(item);
        }
        set
    }
}

impl<T> IntoIterator for SmallSet<T> {
    type Item = T;
    type IntoIter = alloc::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a SmallSet<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_answers_as_a_tree_does(steps in prop::collection::vec(any::<(u8, bool)>(), 0..300)) {
            let mut set = SmallSet::new();
            let mut tree = BTreeSet::new();
            for (item, goes) in steps {
                if goes {
                    prop_assert_eq!(set.remove(&item), tree.remove(&item));
                } else {
                    prop_assert_eq!(set.insert(item), tree.insert(item));
                }
                prop_assert!(set.iter().eq(&tree));
                prop_assert!(set.as_slice().iter().eq(&tree));
                prop_assert_eq!((set.len(), set.is_empty()), (tree.len(), tree.is_empty()));
                prop_assert_eq!(set.first(), tree.first());
                prop_assert_eq!(set.contains(&item), tree.contains(&item));
                if item == 0 {
                    prop_assert_eq!(set.pop_first(), tree.pop_first());
                }
            }
            let again: SmallSet<u8> = tree.iter().rev().copied().collect();
            prop_assert_eq!(&again, &set);
            prop_assert!(set.clone().into_iter().eq(tree));
            set.clear();
            prop_assert_eq!(set, SmallSet::new());
        }
    }
}
