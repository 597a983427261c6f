//! Watches something of the browser for as long as a component lives: how wide an element is, whether it can be
//! seen, what happens to it. Must not know what is drawn in it.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, EventTarget, InputEvent, IntersectionObserver, IntersectionObserverEntry,
    ResizeObserver, ResizeObserverEntry,
};
use yew::prelude::*;

use super::after::{After, use_after};

/// Something of the browser that calls back until this is dropped.
pub(crate) struct Watch {
    callback: Closure<dyn FnMut(JsValue)>,
    stop: Box<dyn Fn(&Function)>,
}

impl Watch {
    /// `begin` has the browser call back, and says how it is to stop.
    fn new<S: Fn(&Function) + 'static>(
        tell: impl FnMut(JsValue) + 'static,
        begin: impl FnOnce(&Function) -> Option<S>,
    ) -> Option<Self> {
        let callback = Closure::<dyn FnMut(JsValue)>::new(tell);
        let stop = begin(callback.as_ref().unchecked_ref())?;
        Some(Self {
            callback,
            stop: Box::new(stop),
        })
    }

    /// Events of a kind.
    pub(super) fn events(
        target: &EventTarget,
        kind: &'static str,
        tell: impl FnMut(JsValue) + 'static,
    ) -> Option<Self> {
        let target = target.clone();
        Self::new(tell, |function| {
            target
                .add_event_listener_with_callback(kind, function)
                .ok()?;
            Some(move |function: &Function| {
                // What is gone listens to nothing any more.
                let _ = target.remove_event_listener_with_callback(kind, function);
            })
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        (self.stop)(self.callback.as_ref().unchecked_ref());
    }
}

/// Begins to watch an element; what cannot be watched is left out.
type Begin = Box<dyn FnOnce(&Element) -> Vec<Option<Watch>>>;

/// Watches an element from when it is there until it goes.
#[hook]
fn use_watches(node: &NodeRef, begin: Begin) {
    let node = node.clone();
    use_after(After::new((), move |()| {
        let watches = node.cast::<Element>().map(|element| begin(&element));
        move || drop(watches)
    }));
}

/// Tells the width of an element, to the pixel, now and whenever it changes.
#[hook]
pub(crate) fn use_width(node: &NodeRef, tell: Callback<u32>) {
    use_watches(node, Box::new(move |element| vec![width(element, tell)]));
}

/// The same of an element that is there, until what this answers is dropped.
pub(crate) fn width(element: &Element, tell: Callback<u32>) -> Option<Watch> {
    let told = move |entries: JsValue| {
        if let Some(entry) = last::<ResizeObserverEntry>(entries) {
            tell.emit(entry.content_rect().width() as u32);
        }
    };
    Watch::new(told, |function| {
        let observer = ResizeObserver::new(function).ok()?;
        observer.observe(element);
        Some(move |_: &Function| observer.disconnect())
    })
}

/// Tells whether an element can be seen (not scrolled away, not in a hidden tab), now and whenever it changes.
#[hook]
pub(crate) fn use_visible(node: &NodeRef, tell: Callback<bool>) {
    use_watches(node, Box::new(move |element| visible(element, tell)));
}

/// The same of an element that is there, until what this answers is dropped.
pub(crate) fn visible(element: &Element, tell: Callback<bool>) -> Vec<Option<Watch>> {
    let Some(document) = element.owner_document() else {
        return Vec::new();
    };
    let in_view = Rc::new(Cell::new(true));
    let look = {
        let (in_view, document) = (Rc::clone(&in_view), document.clone());
        move || tell.emit(in_view.get() && !document.hidden())
    };
    let seen = {
        let look = look.clone();
        move |entries: JsValue| {
            if let Some(entry) = last::<IntersectionObserverEntry>(entries) {
                in_view.set(entry.is_intersecting());
                look();
            }
        }
    };
    let seen = Watch::new(seen, |function| {
        let observer = IntersectionObserver::new(function).ok()?;
        observer.observe(element);
        Some(move |_: &Function| observer.disconnect())
    });
    vec![
        seen,
        Watch::events(&document, "visibilitychange", move |_| look()),
    ]
}

/// The latest of what an observer tells.
fn last<T: JsCast>(entries: JsValue) -> Option<T> {
    let entries = entries.dyn_into::<Array>().ok()?;
    let latest = entries.get(entries.length().saturating_sub(1));
    latest.dyn_into::<T>().ok()
}

/// Through the history of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Travel {
    /// Back.
    Undo,
    /// Forth.
    Redo,
}

/// Tells of the browser's own undo and redo in a text area (from its menus, say) in place of carrying them out:
/// the app has its own, and the browser's would undo what the app has placed.
#[hook]
pub(crate) fn use_input_guard(node: &NodeRef, tell: Callback<Travel>) {
    let begin = move |element: &Element| {
        let guard = move |event: JsValue| {
            let Ok(event) = event.dyn_into::<InputEvent>() else {
                return;
            };
            let travel = match event.input_type().as_str() {
                "historyUndo" => Travel::Undo,
                "historyRedo" => Travel::Redo,
                _ => return,
            };
            event.prevent_default();
            tell.emit(travel);
        };
        vec![Watch::events(element, "beforeinput", guard)]
    };
    use_watches(node, Box::new(begin));
}
