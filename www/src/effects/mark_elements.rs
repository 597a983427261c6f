//! The elements of a picture's marks. From one picture to the next, what has changed is changed in them and nothing else:
//! to make and compare a view of some thousand values takes longer. Must not know what marks mean.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::JsString;
use offset_lab::view::{Frame, Mark};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, Node};

use super::dom;
use crate::state::mark_element::{AttributeName, AttributeValue, MarkElement, Place};
use crate::state::{mark_element, slots};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The elements, in the order of the marks of the picture drawn last.
#[derive(Default)]
pub(crate) struct MarkElements(RefCell<Picture>);

#[derive(Default)]
struct Picture {
    names: Names,
    /// In which they are.
    root: Option<Element>,
    /// Names the mark under the pointer: one for all marks.
    title: Option<Element>,
    drawn: Option<Drawn>,
    elements: Vec<Element>,
    /// Where each was put when it did not move there.
    anchors: Vec<Place>,
}

/// What the elements show.
#[derive(Clone)]
pub(crate) struct Drawn {
    /// The picture.
    pub(crate) frame: Rc<Frame>,
    /// The place of the mark that is in the order of tabs.
    pub(crate) tab: usize,
}

impl Drawn {
    fn marks(&self) -> &[Mark] {
        &self.frame.stage.marks
    }

    fn element(&self, place: usize, anchor: Place) -> MarkElement<'_> {
        let mark = &self.marks()[place];
        MarkElement::new(mark, anchor, place == self.tab, &self.frame.stage.lanes)
    }

    /// Whether the element of a mark shows what the element of another picture's mark does.
    fn is_as_before(&self, place: usize, before: &Self, from: usize) -> bool {
        let (now, then) = (&self.marks()[place], &before.marks()[from]);
        now == then
            && (place == self.tab) == (from == before.tab)
            && self.frame.stage.lanes == before.frame.stage.lanes
    }
}

impl MarkElements {
    /// Draws a picture, which is all that is in `root`. `moves` says whether it is a motion of the one before. Where
    /// somebody else took elements of the picture away, all are made anew.
    pub(crate) fn draw(&self, root: &Element, now: Drawn, moves: bool) {
        let mut picture = self.0.borrow_mut();
        if picture.root.as_ref() != Some(root) {
            *picture = Picture::default();
        }
        if picture.draw(root, now.clone(), moves).is_err() {
            *picture = Picture::default();
            // What is refused once more cannot be drawn here.
            let _ = picture.draw(root, now, false);
        }
    }

    /// The mark of a picture, which was drawn last, that an event is about, and its place.
    pub(crate) fn mark_at<'a>(&self, frame: &'a Frame, event: &Event) -> Option<(usize, &'a Mark)> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let picture = self.0.borrow();
        let place = picture.elements.iter().position(|each| *each == target)?;
        Some((place, frame.stage.marks.get(place)?))
    }

    /// Has the browser show these words beside the pointer, wherever it is in the picture.
    pub(crate) fn name(&self, words: Option<&str>) {
        if let Some(title) = &self.0.borrow().title {
            title.set_text_content(words);
        }
    }

    /// Gives the focus to the mark of a place.
    pub(crate) fn focus(&self, place: usize) {
        // Having the focus is told at once to those who ask for a place.
        let element = self.0.borrow().elements.get(place).cloned();
        if let Some(element) = element {
            dom::focus_element(&element);
        }
    }
}

impl Picture {
    fn draw(&mut self, root: &Element, now: Drawn, moves: bool) -> Result<(), JsValue> {
        let document = root.owner_document().ok_or(JsValue::NULL)?;
        if self.root.is_none() {
            root.set_text_content(None);
            let title = document.create_element_ns(Some(SVG), "title")?;
            root.append_child(&title)?;
            (self.root, self.title) = (Some(root.clone()), Some(title));
        }
        let before = self.drawn.take();
        let marks = before.as_ref().map_or(&[][..], Drawn::marks);
        let from = slots::taken_over(marks, now.marks(), moves);
        let mut left: Vec<Option<Element>> = self.elements.drain(..).map(Some).collect();
        let anchors = std::mem::take(&mut self.anchors);
        for (place, from) in from.iter().enumerate() {
            let taken = from.and_then(|from| Some((left.get_mut(from)?.take()?, from)));
            let here = mark_element::place(&now.marks()[place]);
            let (element, anchor) = match (taken, &before) {
                (Some((element, from)), Some(before)) => {
                    let anchor = if moves { anchors[from] } else { here };
                    if anchor != anchors[from] || !now.is_as_before(place, before, from) {
                        let then = before.element(from, anchors[from]);
                        self.names
                            .change(&element, &then, &now.element(place, anchor));
                    }
                    (element, anchor)
                }
                (Some(_) | None, _) => (
                    self.names.create(&document, &now.element(place, here))?,
                    here,
                ),
            };
            self.elements.push(element);
            self.anchors.push(anchor);
        }
        left.iter().flatten().for_each(Element::remove);
        let mut next: Option<&Node> = None;
        for (element, stays) in self.elements.iter().zip(slots::in_order(&from)).rev() {
            if !stays {
                root.insert_before(element, next)?;
            }
            next = Some(element);
        }
        self.drawn = Some(now);
        Ok(())
    }
}

/// The names of attributes as the page has them, so that none is handed over letter by letter each time.
struct Names(Vec<JsString>);

impl Default for Names {
    fn default() -> Self {
        let words = AttributeName::WORDS.iter();
        Self(words.map(|word| JsString::from(*word)).collect())
    }
}

#[wasm_bindgen]
extern "C" {
    type Attributed;

    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_number(this: &Attributed, name: &JsString, value: i32);

    #[wasm_bindgen(method, js_name = setAttribute)]
    fn set_words(this: &Attributed, name: &JsString, value: &str);

    #[wasm_bindgen(method, js_name = removeAttribute)]
    fn remove(this: &Attributed, name: &JsString);
}

impl Names {
    fn create(&self, document: &Document, now: &MarkElement<'_>) -> Result<Element, JsValue> {
        let element = document.create_element_ns(Some(SVG), now.name)?;
        for (name, value) in &now.attributes {
            self.set(&element, *name, value);
        }
        element.set_text_content(now.text);
        Ok(element)
    }

    /// Makes an element of the same name show something else.
    fn change(&self, element: &Element, before: &MarkElement<'_>, now: &MarkElement<'_>) {
        for attribute in &now.attributes {
            if !before.attributes.contains(attribute) {
                self.set(element, attribute.0, &attribute.1);
            }
        }
        for (name, _) in &before.attributes {
            if !now.attributes.iter().any(|(other, _)| other == name) {
                element.unchecked_ref::<Attributed>().remove(self.of(*name));
            }
        }
        if before.text != now.text {
            match element.first_child() {
                Some(text) => text.set_node_value(now.text),
                None => element.set_text_content(now.text),
            }
        }
    }

    fn set(&self, element: &Element, name: AttributeName, value: &AttributeValue<'_>) {
        let element: &Attributed = element.unchecked_ref();
        match value {
            AttributeValue::Number(number) => element.set_number(self.of(name), *number),
            AttributeValue::Words(words) => element.set_words(self.of(name), words),
        }
    }

    fn of(&self, name: AttributeName) -> &JsString {
        &self.0[name as usize]
    }
}
