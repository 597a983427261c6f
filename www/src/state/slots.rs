//! Which element draws which mark while pictures replace each other: a mark that stays keeps its element; where nothing
//! moves, the marks of another picture take over the elements of those that look like them. Knows no element.

use offset_lab::view::{Mark, Shape, Target};

/// Elements of one form differ by the values of their attributes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Slider,
    Rect { is_button: bool },
    Circle { is_button: bool },
    Path { is_button: bool },
    Text { is_button: bool },
}

/// A moment is far away behind so many events.
const FAR: u32 = 100;

/// Whether a picture, told by its width and its moment, is another one than the one before, and no motion leads to it: laid
/// out for another width, or of a moment far away.
#[must_use]
pub const fn is_other((width, event): (u32, u32), now: (u32, u32)) -> bool {
    width != now.0 || event.abs_diff(now.1) > FAR
}

/// For each mark of a picture, the place of the mark before whose element it takes over; none where it gets one of its own.
/// `moves` says whether the picture is a motion of the one before: then what is new comes from nowhere else. Otherwise the
/// first of those that look alike takes over the first one, and so on.
#[must_use]
pub fn taken_over(before: &[Mark], marks: &[Mark], moves: bool) -> Vec<Option<usize>> {
    let forms: Vec<Form> = before.iter().map(form).collect();
    let mut taken = vec![false; before.len()];
    // Where the next mark most likely stood: pictures keep their order.
    let mut likely = 0;
    let each = marks.iter().map(|mark| {
        let form = form(mark);
        let fits = |place: &usize| {
            let key = before[*place].key;
            let fits = if moves {
                key == mark.key
            } else {
                key.is_like(mark.key)
            };
            fits && !taken[*place] && forms[*place] == form
        };
        let place = (likely..before.len()).chain(0..likely).find(fits)?;
        taken[place] = true;
        likely = place + 1;
        Some(place)
    });
    each.collect()
}

/// Which of them stay where they are when as few as can be are moved to bring all into their new order.
#[must_use]
pub fn in_order(from: &[Option<usize>]) -> Vec<bool> {
    // The longest rising row: `ends` holds, by length, the place at which a row of that length ends lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; from.len()];
    for (place, at) in from.iter().enumerate().filter(|(_, at)| at.is_some()) {
        let length = ends.partition_point(|end| from[*end] < *at);
        before[place] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut stays = vec![false; from.len()];
    let mut last = ends.last().copied();
    while let Some(place) = last {
        stays[place] = true;
        last = before[place];
    }
    stays
}

const fn form(mark: &Mark) -> Form {
    let is_button = mark.target.is_some();
    match (&mark.shape, mark.target) {
        (Shape::Rect { .. }, Some(Target::Window(_))) => Form::Slider,
        (Shape::Rect { .. }, _) => Form::Rect { is_button },
        (Shape::Circle { .. }, _) => Form::Circle { is_button },
        (Shape::Path { .. }, _) => Form::Path { is_button },
        (Shape::Text { .. }, _) => Form::Text { is_button },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use offset_lab::view::{Frame, Mark};

    use super::{form, in_order, taken_over};
    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState, Seek};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 200 \"m{n}\" one by one\nrun\n\
        consumer c on s from first store every 10 takes 1ms\nrun\n";

    /// Elements by number, as they would be on a page.
    #[derive(Default)]
    struct Page {
        marks: Vec<Mark>,
        elements: Vec<u32>,
        count: u32,
    }

    impl Page {
        fn draw(&mut self, frame: &Frame, moves: bool) -> &[u32] {
            let marks = &frame.stage.marks;
            let taken = taken_over(&self.marks, marks, moves);
            let elements = taken.iter().map(|from| match from {
                Some(from) => self.elements[*from],
                None => {
                    self.count += 1;
                    self.count
                }
            });
            self.elements = elements.collect();
            self.marks.clone_from(marks);
            let mut each = self.elements.clone();
            each.sort_unstable();
            each.dedup();
            assert_eq!(each.len(), marks.len(), "an element draws one mark");
            &self.elements
        }
    }

    fn frame(state: &AppState) -> &Frame {
        state.frame.as_deref().expect("a picture")
    }

    #[test]
    fn a_mark_that_stays_keeps_its_element_and_a_new_one_gets_a_new_one() {
        let mut page = Page::default();
        let mut before = BTreeMap::new();
        let mut state = act(&open(TEXT), Action::Seek(Seek::Tenth(8)));
        for _ in 0..60 {
            let count = page.count;
            let numbers = page.draw(frame(&state), true);
            let mut now = BTreeMap::new();
            for (mark, number) in frame(&state).stage.marks.iter().zip(numbers) {
                let key = mark.key.to_string();
                match before.get(&key) {
                    Some(known) => assert_eq!(known, number, "{key}"),
                    None => assert!(*number > count, "{key} comes from elsewhere"),
                }
                now.insert(key, *number);
            }
            before = now;
            state = act(&state, Action::Seek(Seek::Steps(1)));
        }
    }

    #[test]
    fn another_picture_takes_over_the_elements_of_each_form() {
        let mut page = Page::default();
        let mut forms = BTreeMap::new();
        let mut most = 0;
        let mut before = BTreeMap::new();
        for tenth in [9, 3, 7, 5, 8, 2] {
            let state = act(&open(TEXT), Action::Seek(Seek::Tenth(tenth)));
            let marks = &frame(&state).stage.marks;
            let now = page.draw(frame(&state), false).to_vec();
            for (mark, number) in marks.iter().zip(&now) {
                let form = form(mark);
                assert_eq!(*forms.entry(*number).or_insert(form), form);
            }
            most = most.max(marks.len());
            for (mark, number) in marks.iter().zip(&now) {
                let key = mark.key;
                let before = before.insert(*number, key);
                assert!(before.is_none_or(|before| before.is_like(key)), "{key}");
            }
        }
        assert!(forms.len() < 2 * most, "{} for {most}", forms.len());
    }

    #[test]
    fn as_few_elements_as_can_be_are_moved() {
        let moved = |from: &[usize]| {
            let from: Vec<Option<usize>> = from.iter().copied().map(Some).collect();
            let stays = in_order(&from);
            let kept: Vec<usize> = (0..from.len()).filter(|at| stays[*at]).collect();
            assert!(kept.is_sorted_by(|a, b| from[*a] < from[*b]), "{from:?}");
            from.len() - kept.len()
        };
        assert_eq!(moved(&[]), 0);
        assert_eq!(moved(&[0, 1, 2, 3]), 0);
        assert_eq!(moved(&[1, 2, 3, 0]), 1);
        assert_eq!(moved(&[3, 0, 1, 2]), 1);
        assert_eq!(moved(&[0, 5, 6, 1, 2, 7, 3]), 3);
        assert_eq!(moved(&[3, 2, 1, 0]), 3);
        assert_eq!(
            in_order(&[None, Some(1), None, Some(0)])
                .iter()
                .filter(|s| **s)
                .count(),
            1
        );
    }
}
