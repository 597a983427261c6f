//! Watches whether an element can be seen: not scrolled away, not in a hidden tab. Must not know what is drawn
//! in it.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, IntersectionObserver, IntersectionObserverEntry};
use yew::prelude::*;

/// Tells whether an element can be seen, now and whenever it changes.
#[hook]
pub(crate) fn use_visible(node: &NodeRef, tell: Callback<bool>) {
    let node = node.clone();
    use_effect_with((), move |()| {
        let watched = node
            .cast::<Element>()
            .and_then(|element| Watched::new(&element, tell));
        move || drop(watched)
    });
}

/// The watchers with their callbacks; dropping it ends the watching.
struct Watched {
    observer: IntersectionObserver,
    document: Document,
    hidden: Closure<dyn FnMut()>,
    _seen: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watched {
    fn new(element: &Element, tell: Callback<bool>) -> Option<Self> {
        let document = element.owner_document()?;
        let in_view = Rc::new(Cell::new(true));
        let seen = {
            let (tell, in_view, document) = (tell.clone(), Rc::clone(&in_view), document.clone());
            Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
                let latest = entries.get(entries.length().saturating_sub(1));
                if let Ok(entry) = latest.dyn_into::<IntersectionObserverEntry>() {
                    in_view.set(entry.is_intersecting());
                    tell.emit(in_view.get() && !document.hidden());
                }
            })
        };
        let hidden = {
            let document = document.clone();
            Closure::<dyn FnMut()>::new(move || tell.emit(in_view.get() && !document.hidden()))
        };
        let observer = IntersectionObserver::new(seen.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        document
            .add_event_listener_with_callback("visibilitychange", hidden.as_ref().unchecked_ref())
            .ok()?;
        Some(Self {
            observer,
            document,
            hidden,
            _seen: seen,
        })
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.disconnect();
        let function = self.hidden.as_ref().unchecked_ref();
        // A document that is gone changes no more.
        let _ = self
            .document
            .remove_event_listener_with_callback("visibilitychange", function);
    }
}
