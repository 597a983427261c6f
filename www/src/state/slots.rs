//! Which element draws which mark while pictures replace each other: a mark that stays keeps its element; where nothing
//! moves, the marks of another picture take over the elements that are there. Knows no element.

use offset_lab::view::key::Key;
use offset_lab::view::{Mark, Shape, Target};

/// The elements of a picture.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    held: Vec<Slot>,
    /// Elements so far.
    count: u32,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    number: u32,
    key: Key,
    form: Form,
}

/// Elements of one form differ by the values of their attributes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Slider,
    Rect { is_button: bool },
    Circle { is_button: bool },
    Path { is_button: bool },
    Text { is_button: bool },
}

impl Slots {
    /// The numbers of the elements that draw these marks. `moves` says whether the picture is a motion of the one before:
    /// then what is new gets an element of its own, which comes from nowhere else.
    pub fn of(&mut self, marks: &[Mark], moves: bool) -> Vec<u32> {
        let before = std::mem::take(&mut self.held);
        let mut staying = Staying {
            slots: &before,
            likely: 0,
        };
        let forms: Vec<Form> = marks.iter().map(form).collect();
        for (place, mark) in marks.iter().enumerate() {
            let (key, form) = (mark.key, forms[place]);
            let kept = match moves {
                true => staying.same(key, form),
                false => staying.next(form, &forms[place..]),
            };
            let number = kept.unwrap_or_else(|| {
                self.count += 1;
                self.count
            });
            self.held.push(Slot { number, key, form });
        }
        self.held.iter().map(|slot| slot.number).collect()
    }
}

/// The elements of the picture before, each of which is taken once.
struct Staying<'a> {
    slots: &'a [Slot],
    /// Where the next mark most likely stood: pictures keep their order.
    likely: usize,
}

impl Staying<'_> {
    /// That of the same mark. No two marks of a picture have one key.
    fn same(&mut self, key: Key, form: Form) -> Option<u32> {
        let (before, behind) = self.slots.split_at(self.likely);
        let found = (self.likely..).zip(behind).chain((0..).zip(before));
        let mut found = found.filter(|(_, slot)| slot.key == key && slot.form == form);
        let (place, slot) = found.next()?;
        self.likely = place + 1;
        Some(slot.number)
    }

    /// The next one of a form, so that all stay in their order; none where fewer are left out if `coming` marks, of which
    /// that form is the first, get some of their own.
    fn next(&mut self, form: Form, coming: &[Form]) -> Option<u32> {
        let rest = self.slots.get(self.likely..)?;
        let left_out = rest.iter().position(|slot| slot.form == form)?;
        let first = rest.first()?.form;
        let added = coming.iter().position(|form| *form == first);
        if added.is_some_and(|added| added < left_out) {
            return None;
        }
        self.likely += left_out + 1;
        Some(rest[left_out].number)
    }
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

    use offset_lab::view::Frame;

    use super::{Slots, form};
    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState, Seek};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 200 \"m{n}\" one by one\nrun\n\
        consumer c on s from first store every 10 takes 1ms\nrun\n";

    fn frame(state: &AppState) -> &Frame {
        state.frame.as_deref().expect("a picture")
    }

    fn slots(slots: &mut Slots, state: &AppState, moves: bool) -> Vec<u32> {
        let numbers = slots.of(&frame(state).stage.marks, moves);
        let mut each = numbers.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), numbers.len(), "an element draws one mark");
        numbers
    }

    #[test]
    fn a_mark_that_stays_keeps_its_element_and_a_new_one_gets_a_new_one() {
        let mut all = Slots::default();
        let mut before = BTreeMap::new();
        let mut state = act(&open(TEXT), Action::Seek(Seek::Tenth(8)));
        let mut count = 0;
        for _ in 0..60 {
            let numbers = slots(&mut all, &state, true);
            let mut now = BTreeMap::new();
            for (mark, number) in frame(&state).stage.marks.iter().zip(numbers) {
                let key = mark.key.to_string();
                match before.get(&key) {
                    Some(known) => assert_eq!(*known, number, "{key}"),
                    None => assert!(number > count, "{key} comes from elsewhere"),
                }
                now.insert(key, number);
            }
            count = now.values().copied().max().unwrap_or(0).max(count);
            before = now;
            state = act(&state, Action::Seek(Seek::Steps(1)));
        }
    }

    #[test]
    fn another_picture_takes_over_the_elements_of_each_form() {
        let mut all = Slots::default();
        let mut forms = BTreeMap::new();
        let mut most = 0;
        let mut before: Vec<u32> = Vec::new();
        for tenth in [9, 3, 7, 5, 8, 2] {
            let state = act(&open(TEXT), Action::Seek(Seek::Tenth(tenth)));
            let marks = &frame(&state).stage.marks;
            for (mark, number) in marks.iter().zip(slots(&mut all, &state, false)) {
                let form = form(mark);
                assert_eq!(*forms.entry(number).or_insert(form), form);
            }
            most = most.max(marks.len());
            let now = slots(&mut all, &state, false);
            let stay: Vec<u32> = now.iter().filter(|n| before.contains(n)).copied().collect();
            let there: Vec<u32> = before.iter().filter(|n| now.contains(n)).copied().collect();
            assert_eq!(stay, there, "no element changes its place");
            before = now;
        }
        assert!(forms.len() < 2 * most, "{} for {most}", forms.len());
    }
}
