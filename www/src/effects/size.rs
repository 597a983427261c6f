//! Watches how wide an element is, to the pixel. Must not know what is drawn in it.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};
use yew::prelude::*;

/// Tells the width of an element now and whenever it changes.
#[hook]
pub(crate) fn use_width(node: &NodeRef, tell: Callback<u32>) {
    let node = node.clone();
    use_effect_with((), move |()| {
        let watched = node
            .cast::<Element>()
            .and_then(|element| Watched::new(&element, tell));
        move || drop(watched)
    });
}

/// An observer with its callback; dropping it ends the watching.
struct Watched {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watched {
    fn new(element: &Element, tell: Callback<u32>) -> Option<Self> {
        let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            if let Ok(entry) = entries.get(0).dyn_into::<ResizeObserverEntry>() {
                tell.emit(entry.content_rect().width() as u32);
            }
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
