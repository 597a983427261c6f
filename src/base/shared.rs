//! Copies of a list that share what has not changed from one copy to the next.

use alloc::sync::Arc;
use alloc::vec::Vec;

/// Items that are shared or copied together.
const PAGE: usize = 32;

/// A copy of a list. Making one costs a look at each item, and memory for those pages that are not as they were.
#[derive(Clone, Debug)]
pub struct Shared<T> {
    pages: Vec<Arc<[T]>>,
}

impl<T: Clone + PartialEq> Shared<T> {
    /// A copy of `items`; `before` is the copy made last.
    #[must_use]
    pub fn new(items: &[T], before: Option<&Self>) -> Self {
        let before = before.map_or(&[][..], |shared| &shared.pages);
        let page = |(at, page): (usize, &[T])| match before.get(at) {
            Some(kept) if **kept == *page => Arc::clone(kept),
            Some(_) | None => page.into(),
        };
        Self {
            pages: items.chunks(PAGE).enumerate().map(page).collect(),
        }
    }

    /// The list.
    #[must_use]
    pub fn items(&self) -> Vec<T> {
        self.pages.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_changed_is_shared() {
        let mut items: Vec<usize> = (0..100).collect();
        let first = Shared::new(&items, None);
        items[40] = 7;
        items.push(100);
        let second = Shared::new(&items, Some(&first));
        let shared = |at: usize| Arc::ptr_eq(&first.pages[at], &second.pages[at]);
        assert_eq!([0, 1, 2, 3].map(shared), [true, false, true, false]);
        assert_eq!(second.items(), items);
        assert!(first.items().into_iter().eq(0..100));
        items.truncate(20);
        assert_eq!(Shared::new(&items, Some(&second)).items(), items);
    }
}
