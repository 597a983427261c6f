//! Tests of the app in a real browser, through what pages call. They are part of the library: with another crate type
//! beside `cdylib`, cargo leaves link-time optimisation out, and the app is a tenth larger.

use core::cell::Cell;
use core::time::Duration;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Document, Element, KeyboardEvent, KeyboardEventInit, ShadowRootInit, ShadowRootMode,
};
use yew::platform::time::sleep;

wasm_bindgen_test_configure!(run_in_browser);

const TEXT: &str = "stream s\nproducer p on s\npublish p 3 \"m{n}\"\nrun\n";

fn document() -> Document {
    let window = web_sys::window().expect("tests run in a page");
    window.document().expect("a page has a document")
}

fn place() -> Element {
    let place = document().create_element("section").expect("a plain name");
    let body = document().body().expect("a page has a body");
    body.append_child(&place).expect("a body takes elements");
    place
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in pairs {
        js_sys::Reflect::set(&object, &(*name).into(), &(*value).into()).expect("a plain object");
    }
    object.into()
}

fn find(root: &Element, selector: &str) -> Option<Element> {
    root.query_selector(selector).expect("a valid selector")
}

fn text(root: &Element, selector: &str) -> String {
    find(root, selector)
        .and_then(|e| e.text_content())
        .unwrap_or_default()
}

/// Waits until the app shows a picture.
async fn drawn(root: &Element) {
    for _ in 0..200 {
        if find(root, ".stage .actor").is_some() {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("no picture: {}", root.inner_html());
}

fn press(at: &Element, key: &str) -> KeyboardEvent {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_composed(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("a key");
    at.dispatch_event(&event).expect("an element takes events");
    event
}

/// Counts the keys that come through to the body.
struct Leaks {
    count: Rc<Cell<u32>>,
    callback: Closure<dyn FnMut()>,
}

impl Leaks {
    fn new() -> Self {
        let count = Rc::new(Cell::new(0));
        let counter = Rc::clone(&count);
        let callback = Closure::<dyn FnMut()>::new(move || counter.set(counter.get() + 1));
        let body = document().body().expect("a page has a body");
        body.add_event_listener_with_callback("keydown", callback.as_ref().unchecked_ref())
            .expect("a body has listeners");
        Self { count, callback }
    }
}

impl Drop for Leaks {
    fn drop(&mut self) {
        let body = document().body().expect("a page has a body");
        body.remove_event_listener_with_callback("keydown", self.callback.as_ref().unchecked_ref())
            .expect("the listener was added");
    }
}

#[wasm_bindgen_test]
async fn the_app_mounts_in_any_element_and_goes_without_a_trace() {
    let root = place();
    let mut app = super::mount(root.clone(), JsValue::UNDEFINED).expect("no options are fine");
    app.set_text(TEXT);
    drawn(&root).await;
    app.destroy();
    app.destroy();
    // Yew takes its nodes out in a task of its own.
    for _ in 0..200 {
        if root.inner_html().is_empty() {
            break;
        }
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(root.inner_html(), "");
    root.remove();
}

#[wasm_bindgen_test]
async fn it_mounts_in_a_shadow_root() {
    let host = place();
    let shadow = host
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .expect("a section has a shadow");
    let root = document().create_element("div").expect("a plain name");
    shadow
        .append_child(&root)
        .expect("a shadow root takes elements");
    let mut app = super::mount(
        root.clone(),
        options(&[("scenario", TEXT), ("storage", "off")]),
    )
    .expect("known options");
    drawn(&root).await;
    let last = find(&root, "[aria-label=Last]").expect("the transport is there");
    last.unchecked_ref::<web_sys::HtmlElement>().click();
    sleep(Duration::from_millis(50)).await;
    assert!(
        text(&root, ".stage").contains("next 3"),
        "{}",
        text(&root, ".stage")
    );
    app.destroy();
    host.remove();
}

#[wasm_bindgen_test]
async fn two_instances_share_no_id_and_no_moment() {
    let (one, two) = (place(), place());
    let with = || options(&[("scenario", TEXT), ("storage", "off")]);
    let mut apps = [
        super::mount(one.clone(), with()).expect("known options"),
        super::mount(two.clone(), with()).expect("known options"),
    ];
    drawn(&one).await;
    drawn(&two).await;
    let ids = document()
        .query_selector_all("[id^=offset-lab-]")
        .expect("a valid selector");
    let mut seen = std::collections::BTreeSet::new();
    for at in 0..ids.length() {
        let id = ids
            .get(at)
            .and_then(|n| n.dyn_into::<Element>().ok())
            .map(|e| e.id());
        assert!(seen.insert(id.clone()), "{id:?} is there twice");
    }
    let clock = text(&two, ".clock");
    press(&find(&one, ".lab").expect("the app"), "End");
    sleep(Duration::from_millis(50)).await;
    assert_ne!(text(&one, ".clock"), clock);
    assert_eq!(text(&two, ".clock"), clock);
    apps.iter_mut().for_each(super::Handle::destroy);
    one.remove();
    two.remove();
}

#[wasm_bindgen_test]
async fn keys_that_are_ours_stay_inside_and_others_go_on() {
    let root = place();
    let mut app = super::mount(
        root.clone(),
        options(&[("scenario", TEXT), ("storage", "off")]),
    )
    .expect("known options");
    drawn(&root).await;
    let leaks = Leaks::new();
    let lab = find(&root, ".lab").expect("the app");
    assert!(press(&lab, "ArrowRight").default_prevented());
    assert_eq!(leaks.count.get(), 0);
    assert!(!press(&lab, "F7").default_prevented());
    assert_eq!(leaks.count.get(), 1);
    let area = find(&root, "textarea").expect("the editor");
    assert!(!press(&area, "ArrowRight").default_prevented());
    assert_eq!(leaks.count.get(), 2);
    app.destroy();
    root.remove();
}

#[wasm_bindgen_test]
async fn with_keys_off_none_is_ours() {
    let root = place();
    let with = options(&[("scenario", TEXT), ("storage", "off"), ("keys", "off")]);
    let mut app = super::mount(root.clone(), with).expect("known options");
    drawn(&root).await;
    let clock = text(&root, ".clock");
    let lab = find(&root, ".lab").expect("the app");
    assert!(!press(&lab, "End").default_prevented());
    sleep(Duration::from_millis(50)).await;
    assert_eq!(text(&root, ".clock"), clock);
    app.destroy();
    root.remove();
}

#[wasm_bindgen_test]
async fn nothing_has_an_inline_style() {
    let root = place();
    let titled = format!("title \"A crash\"\n{TEXT}");
    let mut app =
        super::mount(root.clone(), options(&[("scenario", &titled)])).expect("known options");
    drawn(&root).await;
    assert!(find(&root, "[style], style, script").is_none());
    assert!(text(&root, ".story h2").contains("crash"));
    app.destroy();
    root.remove();
}

#[wasm_bindgen_test]
fn options_that_are_none_are_refused_in_words() {
    let refused = |options: JsValue| {
        let error = super::mount(place(), options).err();
        error.and_then(|error| error.as_string())
    };
    let none = refused(JsValue::from_f64(1.0));
    assert_eq!(none.as_deref(), Some("`options` is no object"));
    let object = js_sys::Object::new();
    js_sys::Reflect::set(&object, &"theme".into(), &JsValue::from_f64(1.0))
        .expect("a plain object");
    let wrong = refused(object.into());
    assert_eq!(wrong.as_deref(), Some("`options.theme` is no string"));
}

#[wasm_bindgen_test]
fn a_page_can_list_the_lessons() {
    let lessons = super::all_lessons().expect("they can be listed");
    let lessons = js_sys::Array::from(&lessons);
    let first = lessons.get(0);
    let field = |name: &str| {
        let value = js_sys::Reflect::get(&first, &name.into()).expect("an object");
        value.as_string().expect("a text")
    };
    assert!(lessons.length() >= 20);
    assert_eq!(field("slug"), "what-an-offset-is");
    assert!(!field("title").is_empty());
}
