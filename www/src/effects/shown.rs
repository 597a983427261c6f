//! A view in a page, without yew: elements are made of its data, and stay while the data that follow are alike. Must not
//! know what it shows.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlInputElement, Node as PageNode};
use yew::AttrValue;

use super::node::{Heard, Node, Tag};

/// The elements of pictures.
const SVG: &str = "http://www.w3.org/2000/svg";
/// A part that was not there before.
const NEW: usize = usize::MAX;

/// What is inside an element of the page.
pub(crate) struct Shown {
    root: Element,
    parts: Vec<Part>,
}

/// A part of it.
enum Part {
    Text(PageNode, AttrValue),
    Tag(Box<Made>),
}

/// An element that was made, and what it was made of.
struct Made {
    element: Element,
    name: &'static str,
    key: u32,
    names: &'static [&'static str],
    values: Vec<Option<AttrValue>>,
    ears: Vec<Ear>,
    parts: Vec<Part>,
}

/// Hears of one kind of events: the element keeps its ear, what is done changes.
struct Ear {
    element: Element,
    kind: &'static str,
    heard: Rc<RefCell<Heard>>,
    callback: Closure<dyn FnMut(Event)>,
}

impl Shown {
    /// Takes the place of everything in `root`.
    pub(crate) fn new(root: Element) -> Self {
        root.set_text_content(None);
        Self {
            root,
            parts: Vec::new(),
        }
    }

    /// Shows this from now on.
    pub(crate) fn show(&mut self, view: Node) {
        follow(&self.root, &mut self.parts, vec![view]);
    }

    /// The element in which it is.
    pub(crate) const fn root(&self) -> &Element {
        &self.root
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.root.set_text_content(None);
    }
}

/// Makes the parts of an element what they are to be: what is alike stays, in its order, and all else goes or comes.
fn follow(parent: &Element, parts: &mut Vec<Part>, view: Vec<Node>) {
    let mut wanted = Vec::with_capacity(view.len());
    flat(view, &mut wanted);
    let mut before: Vec<Option<Part>> = parts.drain(..).map(Some).collect();
    let mut places = Vec::with_capacity(wanted.len());
    // Where the next one most likely stood: views keep their order.
    let mut likely = 0;
    for node in wanted {
        let is_alike = |place: &usize| {
            before[*place]
                .as_ref()
                .is_some_and(|part| part.is_like(&node))
        };
        let found = (likely..before.len()).chain(0..likely).find(is_alike);
        let kept = found.and_then(|place| Some((place, before[place].take()?)));
        let (place, part) = match kept {
            Some((place, mut part)) => {
                likely = place + 1;
                part.follow(node);
                (place, part)
            }
            None => (NEW, Part::new(parent, node)),
        };
        places.push(place);
        parts.push(part);
    }
    for gone in before.into_iter().flatten() {
        // What a page has taken out itself need not go.
        let _ = parent.remove_child(gone.node());
    }
    let (mut next, mut first) = (None, NEW);
    for (part, place) in parts.iter().zip(places).rev() {
        if place < first {
            first = place;
        } else {
            let _ = parent.insert_before(part.node(), next);
        }
        next = Some(part.node());
    }
}

fn flat(view: Vec<Node>, all: &mut Vec<Node>) {
    for node in view {
        match node {
            Node::Many(parts) => flat(parts, all),
            node @ (Node::Tag(_) | Node::Text(_)) => all.push(node),
        }
    }
}

impl Part {
    fn new(parent: &Element, node: Node) -> Self {
        let document = parent.owner_document().expect("an element has a document");
        match node {
            Node::Tag(tag) => {
                let is_svg = tag.name == "svg" || parent.namespace_uri().as_deref() == Some(SVG);
                let element = match is_svg {
                    true => document.create_element_ns(Some(SVG), tag.name),
                    false => document.create_element(tag.name),
                };
                let mut made = Made {
                    element: element.expect("a name of an element"),
                    name: tag.name,
                    key: tag.key,
                    names: &[],
                    values: Vec::new(),
                    ears: Vec::new(),
                    parts: Vec::new(),
                };
                made.follow(tag);
                Self::Tag(Box::new(made))
            }
            Node::Text(words) => Self::Text(document.create_text_node(&words).into(), words),
            Node::Many(_) => unreachable!("a list was made flat"),
        }
    }

    fn node(&self) -> &PageNode {
        match self {
            Self::Text(node, _) => node,
            Self::Tag(made) => &made.element,
        }
    }

    /// Whether it can become that.
    fn is_like(&self, node: &Node) -> bool {
        match (self, node) {
            (Self::Text(..), Node::Text(_)) => true,
            (Self::Tag(made), Node::Tag(tag)) => made.key == tag.key && made.name == tag.name,
            _ => false,
        }
    }

    fn follow(&mut self, node: Node) {
        match (self, node) {
            (Self::Text(at, words), Node::Text(now)) if *words != now => {
                at.set_text_content(Some(&now));
                *words = now;
            }
            (Self::Tag(made), Node::Tag(tag)) => made.follow(tag),
            _ => {}
        }
    }
}

impl Made {
    fn follow(&mut self, tag: Tag) {
        let was = self.names.iter().zip(&self.values);
        for (name, _) in was.filter(|(name, _)| !tag.names.contains(name)) {
            let _ = self.element.remove_attribute(name);
        }
        for (place, (name, value)) in tag.names.iter().zip(&tag.values).enumerate() {
            // Elements of one name mostly have the same attributes in the same order.
            let before = match self.names.get(place) == Some(name) {
                true => Some(place),
                false => self.names.iter().position(|before| before == name),
            };
            let before = before.and_then(|place| self.values[place].as_ref());
            self.set(name, before, value.as_ref());
        }
        (self.names, self.values) = (tag.names, tag.values);
        self.hear(tag.heard);
        follow(&self.element, &mut self.parts, tag.children);
    }

    fn set(&self, name: &str, before: Option<&AttrValue>, value: Option<&AttrValue>) {
        // What an input holds is no attribute: a person may have changed it.
        if name == "value"
            && let Some(input) = self.element.dyn_ref::<HtmlInputElement>()
        {
            let value = value.map_or("", |value| value);
            if input.value() != value {
                input.set_value(value);
            }
        } else if before != value {
            let _ = match value {
                Some(value) => self.element.set_attribute(name, value),
                None => self.element.remove_attribute(name),
            };
        }
    }

    /// What is heard, in its order, is the same for all elements that are alike.
    fn hear(&mut self, heard: Vec<(&'static str, Heard)>) {
        for (place, (kind, heard)) in heard.into_iter().enumerate() {
            match self.ears.get(place) {
                Some(ear) => drop(ear.heard.replace(heard)),
                None => self.ears.push(Ear::new(&self.element, kind, heard)),
            }
        }
    }
}

impl Ear {
    fn new(element: &Element, kind: &'static str, heard: Heard) -> Self {
        let heard = Rc::new(RefCell::new(heard));
        let now = Rc::clone(&heard);
        let callback = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let heard = Rc::clone(&now.borrow());
            heard(&event);
        });
        let function = callback.as_ref().unchecked_ref();
        let _ = element.add_event_listener_with_callback(kind, function);
        Self {
            element: element.clone(),
            kind,
            heard,
            callback,
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        // What is gone hears nothing any more.
        let _ = self
            .element
            .remove_event_listener_with_callback(self.kind, function);
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use wasm_bindgen::JsCast;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
    use web_sys::{Element, Event, HtmlInputElement};
    use yew::AttrValue;

    use super::{SVG, Shown};
    use crate::effects::node::{Heard, Node, tag};

    wasm_bindgen_test_configure!(run_in_browser);

    fn shown() -> Shown {
        let document = web_sys::window().and_then(|window| window.document());
        let document = document.expect("tests run in a page");
        Shown::new(document.create_element("section").expect("a plain name"))
    }

    fn list(keys: &[u32]) -> Node {
        let items = keys
            .iter()
            .map(|key| tag!("i", "id" = key.to_string()).key(*key));
        tag!("p").with(items.collect::<Node>()).into()
    }

    fn find(shown: &Shown, selector: &str) -> Element {
        let found = shown.root().query_selector(selector).expect("a selector");
        found.expect(selector)
    }

    #[wasm_bindgen_test]
    fn what_is_alike_stays_and_all_comes_into_its_order() {
        let mut shown = shown();
        shown.show(list(&[1, 2, 3, 4]));
        for keys in [&[4, 1, 2, 3][..], &[1, 5, 3], &[3, 6, 1], &[], &[7]] {
            let before = shown
                .root()
                .query_selector("i[id='3']")
                .expect("a selector");
            shown.show(list(keys));
            let items = find(&shown, "p").children();
            let ids = (0..items.length()).filter_map(|at| items.item(at)?.id().parse().ok());
            assert_eq!(ids.collect::<Vec<u32>>(), keys);
            if before.is_some() && keys.contains(&3) {
                assert_eq!(Some(find(&shown, "i[id='3']")), before);
            }
        }
    }

    #[wasm_bindgen_test]
    fn attributes_and_words_follow_and_an_input_holds_what_it_is_given() {
        let mut shown = shown();
        let view = |title: Option<&'static str>, words: &'static str| {
            let input = tag!("input", "title" = title, "value" = AttrValue::Static(words));
            let drawn = tag!("svg").with(tag!("title").with(words));
            Node::from(tag!("form").with(input).with(drawn).with(words))
        };
        shown.show(view(Some("a"), "one"));
        let input: HtmlInputElement = find(&shown, "input").unchecked_into();
        assert_eq!((input.title(), input.value()), ("a".into(), "one".into()));
        assert_eq!(
            find(&shown, "svg title").namespace_uri().as_deref(),
            Some(SVG)
        );
        input.set_value("typed");
        shown.show(view(None, "one"));
        assert_eq!(
            (input.has_attribute("title"), input.value()),
            (false, "one".into())
        );
        shown.show(view(None, "two"));
        assert_eq!(
            find(&shown, "form").text_content().as_deref(),
            Some("twotwo")
        );
        assert_eq!(input, find(&shown, "input").unchecked_into());
    }

    #[wasm_bindgen_test]
    fn what_happens_is_heard_by_what_was_shown_last() {
        let mut shown = shown();
        let sum = Rc::new(Cell::new(0));
        let adds = |more: u32| {
            let sum = Rc::clone(&sum);
            let heard: Heard = Rc::new(move |_: &Event| sum.set(sum.get() + more));
            Node::from(tag!("b").on("click", heard))
        };
        shown.show(adds(1));
        let element = find(&shown, "b");
        let click = || element.dispatch_event(&Event::new("click").expect("an event"));
        click().expect("it is heard");
        shown.show(adds(10));
        click().expect("it is heard");
        assert_eq!(sum.get(), 11);
        shown.show(Node::default());
        click().expect("nobody hears");
        assert_eq!((sum.get(), shown.root().child_element_count()), (11, 0));
    }
}
