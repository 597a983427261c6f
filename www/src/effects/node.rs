//! A view as data: elements with attributes, texts, and what is done when something happens to them. What the app and the
//! player have in common is written so: the app makes yew's nodes of it (`html.rs`), the player shows it itself
//! (`shown.rs`). Must not know what it shows.

use std::rc::Rc;

use yew::{AttrValue, Event};

/// What is done when something happens to an element.
pub(crate) type Heard = Rc<dyn Fn(&Event)>;

/// A part of a view.
pub(crate) enum Node {
    /// An element.
    Tag(Tag),
    /// Words.
    Text(AttrValue),
    /// Several parts, or none.
    Many(Vec<Node>),
}

/// An element.
pub(crate) struct Tag {
    pub(super) name: &'static str,
    /// What tells it from others of its name beside it; 0: nothing does.
    pub(super) key: u32,
    pub(super) names: &'static [&'static str],
    /// The values of these attributes; one without is not there.
    pub(super) values: Vec<Option<AttrValue>>,
    pub(super) heard: Vec<(&'static str, Heard)>,
    pub(super) children: Vec<Node>,
}

/// An element by its name, with attributes: `tag!("p", "class" = "wrong")`. A value may be words of any type, or missing.
macro_rules! tag {
    ($name:literal $(, $attribute:literal = $value:expr)* $(,)?) => {
        $crate::effects::node::Tag::new(
            $name,
            &[$($attribute),*],
            vec![$(::yew::html::IntoPropValue::into_prop_value($value)),*],
        )
    };
}
pub(crate) use tag;

impl Tag {
    /// An element; use `tag!`.
    pub(crate) fn new(
        name: &'static str,
        names: &'static [&'static str],
        values: Vec<Option<AttrValue>>,
    ) -> Self {
        Self {
            name,
            key: 0,
            names,
            values,
            heard: Vec::new(),
            children: Vec::new(),
        }
    }

    /// The same, told by a number from others of its name beside it.
    pub(crate) fn key(mut self, key: u32) -> Self {
        self.key = key;
        self
    }

    /// The same; this is done when something of that kind happens to it.
    pub(crate) fn on(mut self, kind: &'static str, heard: Heard) -> Self {
        self.heard.push((kind, heard));
        self
    }

    /// The same with one part more inside.
    pub(crate) fn with(mut self, part: impl Into<Node>) -> Self {
        self.children.push(part.into());
        self
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl From<Tag> for Node {
    fn from(tag: Tag) -> Self {
        Self::Tag(tag)
    }
}

impl From<Option<Tag>> for Node {
    fn from(tag: Option<Tag>) -> Self {
        tag.map_or_else(Self::default, Self::Tag)
    }
}

impl From<&'static str> for Node {
    fn from(words: &'static str) -> Self {
        Self::Text(AttrValue::Static(words))
    }
}

impl From<String> for Node {
    fn from(words: String) -> Self {
        Self::Text(words.into())
    }
}

impl FromIterator<Tag> for Node {
    fn from_iter<I: IntoIterator<Item = Tag>>(tags: I) -> Self {
        Self::Many(tags.into_iter().map(Self::Tag).collect())
    }
}

impl FromIterator<Node> for Node {
    fn from_iter<I: IntoIterator<Item = Node>>(parts: I) -> Self {
        Self::Many(parts.into_iter().collect())
    }
}
