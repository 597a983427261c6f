//! A map for few entries: a sorted vector. In a browser's download a tree of each type would weigh ten times as much.
//!
//! Looking up bisects; inserting and removing move what lies behind. That is as fast as a tree for maps of fewer than
//! some thousand entries, and for larger ones that grow only at their end. A map that a script can make larger in any
//! other way is a [`LargeMap`](super::LargeMap).

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::slice;

/// A map, in the order of its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallMap<K, V> {
    entries: Vec<(K, V)>,
}

/// Entries of a map, the lowest key first.
pub type Entries<'a, K, V> = core::iter::Map<slice::Iter<'a, (K, V)>, fn(&(K, V)) -> (&K, &V)>;

impl<K, V> SmallMap<K, V> {
    /// The empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The entries, the lowest key first.
    pub fn iter(&self) -> Entries<'_, K, V> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The keys, the lowest first.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The values, that of the lowest key first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// The values, that of the lowest key first.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// The entries, the lowest key first.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// The entry of a place in the order.
    pub(super) fn entry(&self, at: usize) -> Option<(&K, &V)> {
        self.entries.get(at).map(|(key, value)| (key, value))
    }

    /// Removes the entry of a place in the order.
    pub(super) fn take(&mut self, at: usize) -> (K, V) {
        self.entries.remove(at)
    }

    /// Removes all entries from a place in the order on.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        Self {
            entries: self.entries.split_off(at),
        }
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> SmallMap<K, V> {
    /// Where `key` is, or else where it belongs.
    pub(super) fn place(&self, key: &K) -> usize {
        self.find(key).unwrap_or_else(|at| at)
    }

    /// Where `key` is, or else where it belongs.
    pub(super) fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries
            .binary_search_by(|(there, _)| there.borrow().cmp(key))
    }

    /// The value of `key`.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        Some(&self.entries[at].1)
    }

    /// The value of `key`.
    #[must_use]
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        Some(&mut self.entries[at].1)
    }

    /// Whether it has an entry for `key`.
    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Gives `key` a value; answers the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => Some(core::mem::replace(&mut self.entries[at].1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// Removes the entry of `key`; answers its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        Some(self.entries.remove(at).1)
    }

    /// The value of `key`; `value` if it has none yet.
    pub fn get_or_insert(&mut self, key: K, value: V) -> &mut V {
        let at = match self.find(&key) {
            Ok(at) => at,
            Err(at) => {
                self.entries.insert(at, (key, value));
                at
            }
        };
        &mut self.entries[at].1
    }
}

impl<K, V> Default for SmallMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

/// Of entries with the same key the last one stays.
impl<K: Ord, V> FromIterator<(K, V)> for SmallMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K, V> IntoIterator for SmallMap<K, V> {
    type Item = (K, V);
    type IntoIter = alloc::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a SmallMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Entries<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use proptest::prelude::*;

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Insert(u8, u32),
        GetOrInsert(u8, u32),
        Add(u8, u32),
        Remove(u8),
        Retain(u8),
        Clear,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            8 => any::<(u8, u32)>().prop_map(|(k, v)| Step::Insert(k, v)),
            4 => any::<(u8, u32)>().prop_map(|(k, v)| Step::GetOrInsert(k, v)),
            4 => any::<(u8, u32)>().prop_map(|(k, v)| Step::Add(k, v)),
            6 => any::<u8>().prop_map(Step::Remove),
            1 => (2..5u8).prop_map(Step::Retain),
            1 => Just(Step::Clear),
        ]
    }

    proptest! {
        #[test]
        fn it_answers_as_a_tree_does(steps in prop::collection::vec(step(), 0..200)) {
            let mut map = SmallMap::new();
            let mut tree = BTreeMap::new();
            for step in steps {
                match step {
                    Step::Insert(k, v) => prop_assert_eq!(map.insert(k, v), tree.insert(k, v)),
                    Step::GetOrInsert(k, v) => {
                        prop_assert_eq!(map.get_or_insert(k, v), tree.entry(k).or_insert(v));
                    }
                    Step::Add(k, v) => {
                        let (one, other) = (map.get_mut(&k), tree.get_mut(&k));
                        prop_assert_eq!(&one, &other);
                        for value in one.into_iter().chain(other) {
                            *value = value.wrapping_add(v);
                        }
                    }
                    Step::Remove(k) => prop_assert_eq!(map.remove(&k), tree.remove(&k)),
                    Step::Retain(n) => {
                        map.retain(|k, _| k % n == 0);
                        tree.retain(|k, _| k % n == 0);
                    }
                    Step::Clear => {
                        map.clear();
                        tree.clear();
                    }
                }
                prop_assert!(map.iter().eq(&tree));
                prop_assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
            }
            prop_assert!(map.keys().rev().eq(tree.keys().rev()));
            prop_assert!(map.values().eq(tree.values()));
            prop_assert!(map.values_mut().eq(tree.values_mut()));
            for k in 0..=u8::MAX {
                prop_assert_eq!((map.get(&k), map.contains_key(&k)), (tree.get(&k), tree.contains_key(&k)));
            }
            prop_assert!(map.clone().into_iter().eq(tree.clone()));
        }

        #[test]
        fn it_is_made_of_entries_as_a_tree_is(entries in prop::collection::vec(any::<(u8, u32)>(), 0..100)) {
            let map: SmallMap<u8, u32> = entries.iter().copied().collect();
            let tree: BTreeMap<u8, u32> = entries.into_iter().collect();
            prop_assert!(map.iter().eq(&tree));
        }
    }
}
