//! An append-only list whose copies share what they have in common, so that a run can be kept at many moments.
//! Knows nothing of what it holds.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;
use core::iter::{Chain, FlatMap};
use core::ops::{Index, Range};
use core::slice::Iter;

use super::bisect;

/// Items in one page: a copy of a list costs a pointer a page, and the items of its last one.
const PAGE: usize = 256;

/// A list. Copying one costs its pages, not its items.
#[derive(Clone, Debug)]
pub struct Pages<T> {
    /// Of [`PAGE`] items each.
    full: Vec<Arc<[T]>>,
    /// What does not fill a page yet.
    tail: Vec<T>,
}

/// The items of a list, the first one first.
pub type Items<'a, T> =
    Chain<FlatMap<Iter<'a, Arc<[T]>>, Iter<'a, T>, fn(&Arc<[T]>) -> Iter<'_, T>>, Iter<'a, T>>;

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self {
            full: Vec::new(),
            tail: Vec::new(),
        }
    }
}

impl<T> Pages<T> {
    /// How many items it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.full.len() * PAGE + self.tail.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends an item.
    pub fn push(&mut self, item: T) {
        self.tail.push(item);
        if self.tail.len() == PAGE {
            let next = Vec::with_capacity(PAGE);
            self.full
                .push(core::mem::replace(&mut self.tail, next).into());
        }
    }

    /// The item of this number, from 0.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&T> {
        match self.full.get(at / PAGE) {
            Some(page) => page.get(at % PAGE),
            None => self.tail.get(at - self.full.len() * PAGE),
        }
    }

    /// The last item.
    #[must_use]
    pub fn last(&self) -> Option<&T> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The items, the first one first.
    pub fn iter(&self) -> Items<'_, T> {
        let items: fn(&Arc<[T]>) -> Iter<'_, T> = |page| page.iter();
        self.full.iter().flat_map(items).chain(self.tail.iter())
    }

    /// The items with these numbers.
    ///
    /// # Panics
    ///
    /// On the way, at a number that it does not have.
    pub fn range(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = &T> {
        range.map(|at| &self[at])
    }

    /// The same in as few slices as can be: for those who go through many.
    ///
    /// # Panics
    ///
    /// On the way, where the range goes beyond the end.
    pub fn slices(&self, range: Range<usize>) -> impl Iterator<Item = &[T]> {
        let mut at = range.start;
        core::iter::from_fn(move || {
            let (page, first) = (at / PAGE, at - at % PAGE);
            let items = self.full.get(page).map_or(&self.tail[..], |page| &**page);
            let end = range.end.min(first + PAGE);
            (at < end).then(|| &items[core::mem::replace(&mut at, end) - first..end - first])
        })
    }

    /// The first number in `range` whose item does not satisfy `holds`, when those that do come first.
    ///
    /// # Panics
    ///
    /// When the range goes beyond the end.
    pub fn partition_point(&self, range: Range<usize>, holds: impl Fn(&T) -> bool) -> usize {
        bisect(range.start, range.end, |at| holds(&self[at]))
    }
}

/// A part of something large, to be let go of by itself.
pub type Piece = Box<dyn Any>;

impl<T: 'static> Pages<T> {
    /// What it holds, in pieces.
    pub fn pieces(self, out: &mut Vec<Piece>) {
        out.extend(self.full.into_iter().map(|page| Box::new(page) as Piece));
        out.push(Box::new(self.tail));
    }
}

impl<T: PartialEq> Pages<T> {
    /// Whether both hold all items of `range`, and those the same. What they share costs a look at each page.
    #[must_use]
    pub fn agree(&self, other: &Self, range: Range<usize>) -> bool {
        if range.end > self.len().min(other.len()) {
            return false;
        }
        let pages = range.start / PAGE..range.end.div_ceil(PAGE);
        pages.into_iter().all(|page| {
            let shared = self.full.get(page).zip(other.full.get(page));
            let piece = range.start.max(page * PAGE)..range.end.min((page + 1) * PAGE);
            shared.is_some_and(|(a, b)| Arc::ptr_eq(a, b))
                || self.slices(piece.clone()).eq(other.slices(piece))
        })
    }
}

impl<T> Index<usize> for Pages<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        self.get(at)
            .expect("who names an item by number got the number from this list")
    }
}

impl<'a, T> IntoIterator for &'a Pages<T> {
    type Item = &'a T;
    type IntoIter = Items<'a, T>;

    fn into_iter(self) -> Items<'a, T> {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize) -> Pages<usize> {
        let mut pages = Pages::default();
        (0..count).for_each(|n| pages.push(n));
        pages
    }

    #[test]
    fn a_list_of_any_length_is_what_was_pushed() {
        for count in [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 7] {
            let pages = numbers(count);
            assert_eq!(pages.len(), count);
            assert!(pages.iter().copied().eq(0..count));
            assert!(pages.iter().rev().copied().eq((0..count).rev()));
            assert_eq!(pages.last().copied(), count.checked_sub(1));
            assert_eq!(pages.get(count), None);
            for start in [0, count / 2, count] {
                let slices = pages.slices(start..count);
                assert!(slices.flatten().copied().eq(start..count));
            }
            for at in 0..count {
                assert_eq!(pages.partition_point(0..count, |n| *n < at), at);
            }
        }
    }

    #[test]
    fn copies_share_their_past_and_go_their_own_ways() {
        let mut one = numbers(2 * PAGE + 3);
        let mut other = one.clone();
        one.push(1);
        other.push(2);
        let common = 2 * PAGE + 3;
        assert!(Arc::ptr_eq(&one.full[1], &other.full[1]));
        assert!(one.agree(&other, 0..common));
        assert!(!one.agree(&other, 0..common + 1));
        assert!(
            !one.agree(&one.clone(), 0..common + 2),
            "it has no such item"
        );
        assert_eq!((one.last(), other.last()), (Some(&1), Some(&2)));
    }

    #[test]
    fn what_agrees_from_somewhere_on_need_not_share() {
        let one = numbers(2 * PAGE + 3);
        let mut other = Pages::default();
        (0..one.len()).for_each(|n| other.push(n.max(PAGE + 7)));
        assert!(one.agree(&other, PAGE + 7..one.len()));
        assert!(!one.agree(&other, PAGE + 6..one.len()));
        assert!(one.agree(&other, 9..9), "nothing differs");
    }
}
