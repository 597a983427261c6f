//! A map for any number of entries: small maps one behind the other. It costs some hundred moved entries where a tree
//! costs some ten, and a tenth of a tree's bytes in a browser's download.

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::fmt;

use super::{SmallMap, bisect};

/// Entries of a block, at most: few enough that moving them costs about as much as finding one.
const BLOCK: usize = 32;

/// A map, in the order of its keys.
#[derive(Clone)]
pub struct LargeMap<K, V> {
    /// None of several is empty; the keys of each lie below those of the next.
    blocks: Vec<SmallMap<K, V>>,
    len: usize,
}

impl<K, V> LargeMap<K, V> {
    /// The empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            blocks: Vec::new(),
            len: 0,
        }
    }

    /// How many entries it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.blocks.clear();
        self.len = 0;
    }

    /// The entries, the lowest key first.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.blocks.iter().flatten()
    }

    /// The values, that of the lowest key first.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The entries, the lowest key first.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.blocks.iter_mut().flat_map(SmallMap::iter_mut)
    }

    /// The entry with the lowest key.
    #[must_use]
    pub fn first(&self) -> Option<(&K, &V)> {
        self.blocks.first()?.entry(0)
    }

    /// Removes the entry with the lowest key.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        (self.len > 0).then(|| self.take(0, 0))
    }

    /// Removes an entry, and with its last one a block, but for the last block: it is soon filled again.
    fn take(&mut self, block: usize, at: usize) -> (K, V) {
        let entry = self.blocks[block].take(at);
        if self.blocks[block].is_empty() && self.blocks.len() > 1 {
            self.blocks.remove(block);
        }
        self.len -= 1;
        entry
    }
}

impl<K: Ord, V> LargeMap<K, V> {
    /// The block in which `key` is, if it is anywhere, or else belongs. What lies behind all keys belongs to the last
    /// block, so that a map of one block compares no key here.
    fn block<Q: Ord + ?Sized>(&self, key: &Q) -> usize
    where
        K: Borrow<Q>,
    {
        let ends_before = |at: usize| {
            let last = self.blocks[at].keys().next_back();
            last.is_some_and(|last| last.borrow() < key)
        };
        bisect(0, self.blocks.len().saturating_sub(1), ends_before)
    }

    /// The value of `key`.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.blocks.get(self.block(key))?.get(key)
    }

    /// The value of `key`.
    #[must_use]
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let block = self.block(key);
        self.blocks.get_mut(block)?.get_mut(key)
    }

    /// Whether it has an entry for `key`.
    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// The last entry below `key`.
    #[must_use]
    pub fn before(&self, key: &K) -> Option<(&K, &V)> {
        let block = self.block(key);
        let at = self.blocks.get(block).map_or(0, |block| block.place(key));
        match (at.checked_sub(1), block.checked_sub(1)) {
            (Some(at), _) => self.blocks[block].entry(at),
            (None, Some(block)) => self.blocks[block].iter().next_back(),
            (None, None) => None,
        }
    }

    /// The entries from `key` on, the lowest first.
    pub fn from(&self, key: &K) -> impl Iterator<Item = (&K, &V)> {
        let block = self.block(key);
        let at = self.blocks.get(block).map_or(0, |block| block.place(key));
        self.blocks[block..].iter().flatten().skip(at)
    }

    /// Gives `key` a value; answers the one it had. A block that becomes too long is parted.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let at = self.block(&key);
        let Some(block) = self.blocks.get_mut(at) else {
            self.blocks.push(SmallMap::from_iter([(key, value)]));
            self.len += 1;
            return None;
        };
        let before = block.insert(key, value);
        if before.is_none() {
            self.len += 1;
            if block.len() > BLOCK {
                let behind = block.split_off(BLOCK / 2);
                self.blocks.insert(at + 1, behind);
            }
        }
        before
    }

    /// Removes the entry of `key`; answers its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let block = self.block(key);
        let at = self.blocks.get(block)?.find(key).ok()?;
        Some(self.take(block, at).1)
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.blocks.retain_mut(|block| {
            block.retain(&mut keep);
            !block.is_empty()
        });
        self.len = self.blocks.iter().map(SmallMap::len).sum();
    }
}

impl<K, V> Default for LargeMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for LargeMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Where the blocks end says nothing.
impl<K: PartialEq, V: PartialEq> PartialEq for LargeMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for LargeMap<K, V> {}

/// Of entries with the same key the last one stays.
impl<K: Ord, V> FromIterator<(K, V)> for LargeMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use proptest::prelude::*;

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Insert(u16, u32),
        Append(u32),
        Add(u16, u32),
        Remove(u16),
        PopFirst,
        Retain(u16),
        Clear,
    }

    fn step() -> impl Strategy<Value = Step> {
        let key = || 0..400u16;
        prop_oneof![
            40 => (key(), any::<u32>()).prop_map(|(k, v)| Step::Insert(k, v)),
            20 => any::<u32>().prop_map(Step::Append),
            10 => (key(), any::<u32>()).prop_map(|(k, v)| Step::Add(k, v)),
            20 => key().prop_map(Step::Remove),
            10 => Just(Step::PopFirst),
            1 => (2..5u16).prop_map(Step::Retain),
            1 => Just(Step::Clear),
        ]
    }

    proptest! {
        #[test]
        fn it_answers_as_a_tree_does(steps in prop::collection::vec(step(), 0..600)) {
            let mut map = LargeMap::new();
            let mut tree = BTreeMap::new();
            for step in steps {
                match step {
                    Step::Insert(k, v) => prop_assert_eq!(map.insert(k, v), tree.insert(k, v)),
                    Step::Append(v) => {
                        let k = tree.last_key_value().map_or(0, |(k, _)| k + 1);
                        prop_assert_eq!(map.insert(k, v), tree.insert(k, v));
                    }
                    Step::Add(k, v) => {
                        let (one, other) = (map.get_mut(&k), tree.get_mut(&k));
                        prop_assert_eq!(&one, &other);
                        for value in one.into_iter().chain(other) {
                            *value = value.wrapping_add(v);
                        }
                    }
                    Step::Remove(k) => prop_assert_eq!(map.remove(&k), tree.remove(&k)),
                    Step::PopFirst => prop_assert_eq!(map.pop_first(), tree.pop_first()),
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
                prop_assert!(map.blocks.len() < 2 || map.blocks.iter().all(|b| !b.is_empty()));
                prop_assert!(map.blocks.iter().all(|b| b.len() <= BLOCK));
                prop_assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
                prop_assert_eq!(map.first(), tree.first_key_value());
            }
            prop_assert!(map.values().eq(tree.values()));
            prop_assert!(map.iter_mut().eq(tree.iter_mut()));
            for k in 0..=500 {
                prop_assert_eq!((map.get(&k), map.contains_key(&k)), (tree.get(&k), tree.contains_key(&k)));
                prop_assert_eq!(map.before(&k), tree.range(..k).next_back());
                prop_assert!(map.from(&k).eq(tree.range(k..)));
            }
            let again: LargeMap<u16, u32> = tree.into_iter().rev().collect();
            prop_assert_eq!(again, map);
        }
    }
}
