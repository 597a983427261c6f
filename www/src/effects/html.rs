//! A view as yew's nodes. Must not know what it shows.

use std::rc::Rc;

use web_sys::Element;
use yew::html::IntoPropValue;
use yew::prelude::*;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VNode, VTag,
};

use super::node::{Heard, Node, Tag};

impl From<Node> for VNode {
    fn from(node: Node) -> Self {
        match node {
            Node::Tag(tag) => vtag(tag).into(),
            Node::Text(words) => words.into(),
            Node::Many(parts) => {
                let parts = parts.into_iter().map(Self::from).collect();
                VList::with_children(parts, None).into()
            }
        }
    }
}

impl From<Tag> for VNode {
    fn from(tag: Tag) -> Self {
        vtag(tag).into()
    }
}

impl IntoPropValue<VNode> for Node {
    fn into_prop_value(self) -> VNode {
        self.into()
    }
}

impl IntoPropValue<VNode> for Tag {
    fn into_prop_value(self) -> VNode {
        self.into()
    }
}

/// An element to which a component has a reference.
pub(crate) fn at(node: &NodeRef, tag: Tag) -> Html {
    let mut tag = vtag(tag);
    tag.node_ref = node.clone();
    tag.into()
}

/// Does something with that element whenever the component was drawn.
#[hook]
pub(crate) fn use_drawn(node: &NodeRef, then: impl FnOnce(&Element) + 'static) {
    let node = node.clone();
    use_effect(move || {
        if let Some(element) = node.cast::<Element>() {
            then(&element);
        }
    });
}

fn vtag(tag: Tag) -> VTag {
    let mut made = VTag::new(tag.name);
    let mut values = tag.values;
    // What an input holds is no attribute: a person may have changed it.
    if tag.name == "input"
        && let Some(place) = tag.names.iter().position(|name| *name == "value")
    {
        made.set_value(values[place].take());
    }
    let values = values
        .into_iter()
        .map(|value| Some(AttributeOrProperty::Attribute(value?)));
    made.attributes = Attributes::Dynamic {
        keys: tag.names,
        values: values.collect(),
    };
    made.key = (tag.key > 0).then(|| Key::from(tag.key));
    let ears = tag.heard.into_iter().map(|(kind, heard)| {
        let ear: Rc<dyn Listener> = Rc::new(Ear { kind, heard });
        Some(ear)
    });
    made.set_listeners(ears.collect());
    made.add_children(tag.children.into_iter().map(VNode::from));
    made
}

/// Hears of one kind of events.
struct Ear {
    kind: &'static str,
    heard: Heard,
}

impl Listener for Ear {
    fn kind(&self) -> ListenerKind {
        match self.kind {
            "change" => ListenerKind::onchange,
            "click" => ListenerKind::onclick,
            "focusin" => ListenerKind::onfocusin,
            "focusout" => ListenerKind::onfocusout,
            "input" => ListenerKind::oninput,
            "keydown" => ListenerKind::onkeydown,
            "pointercancel" => ListenerKind::onpointercancel,
            "pointerdown" => ListenerKind::onpointerdown,
            "pointermove" => ListenerKind::onpointermove,
            "pointerover" => ListenerKind::onpointerover,
            "pointerup" => ListenerKind::onpointerup,
            "submit" => ListenerKind::onsubmit,
            kind => ListenerKind::other(kind.into()),
        }
    }

    fn handle(&self, event: Event) {
        (self.heard)(&event);
    }

    fn passive(&self) -> bool {
        false
    }
}
