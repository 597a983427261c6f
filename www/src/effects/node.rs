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
    ($name:literal $(, $attribute:literal = $value:expr)* $(,)?) => {{
        #[allow(unused_mut, reason = "some have no attributes")]
        let mut tag = $crate::effects::node::Tag::new($name, &[$($attribute),*]);
        $($crate::effects::node::Worth::add($value, &mut tag);)*
        tag
    }};
}
pub(crate) use tag;

/// What an attribute can be worth.
pub(crate) trait Worth {
    /// The element gets it for the next of its attributes.
    fn add(self, tag: &mut Tag);
}

// Each is a function of its own: an element is built in hundreds of places of the download.
impl Worth for &'static str {
    #[inline(never)]
    fn add(self, tag: &mut Tag) {
        tag.values.push(Some(AttrValue::Static(self)));
    }
}

impl Worth for AttrValue {
    #[inline(never)]
    fn add(self, tag: &mut Tag) {
        tag.values.push(Some(self));
    }
}

impl Worth for String {
    #[inline(never)]
    fn add(self, tag: &mut Tag) {
        AttrValue::from(self).add(tag);
    }
}

impl<T: Worth> Worth for Option<T> {
    #[inline(never)]
    fn add(self, tag: &mut Tag) {
        match self {
            Some(worth) => worth.add(tag),
            None => tag.values.push(None),
        }
    }
}

impl Tag {
    /// An element; use `tag!`.
    #[inline(never)]
    pub(crate) fn new(name: &'static str, names: &'static [&'static str]) -> Self {
        Self {
            name,
            key: 0,
            names,
            values: Vec::with_capacity(names.len()),
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
        self.hear(kind, heard);
        self
    }

    #[inline(never)]
    fn hear(&mut self, kind: &'static str, heard: Heard) {
        self.heard.push((kind, heard));
    }

    /// The same with one part more inside.
    pub(crate) fn with(mut self, part: impl Into<Node>) -> Self {
        self.push(part.into());
        self
    }

    #[inline(never)]
    fn push(&mut self, part: Node) {
        self.children.push(part);
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
