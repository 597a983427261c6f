//! How many components an action draws anew, counted in a real browser.

use core::time::Duration;

use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit};
use yew::AppHandle;
use yew::platform::time::sleep;

use super::outside::Outside;
use super::store::{Lab, StoreHandle, renders};
use crate::components::app::{App, AppProps, InstancePlace};
use crate::state::{Action, AppState};

wasm_bindgen_test_configure!(run_in_browser);

const TEXT: &str = "stream s\nproducer p on s\npublish p 3 \"m{n}\"\nrun\n";

/// An app on the page, at rest.
struct Page {
    root: Element,
    app: AppHandle<App>,
}

impl Page {
    async fn open() -> Self {
        let document = web_sys::window().and_then(|window| window.document());
        let document = document.expect("tests run in a page");
        let root = document.create_element("section").expect("a plain name");
        let body = document.body().expect("a page has a body");
        body.append_child(&root).expect("a body takes elements");
        let state = AppState::default().reduce(Action::OpenText(TEXT.into()));
        let held = StoreHandle::new(state);
        let props = AppProps {
            lab: Lab::new("renders-".into(), true, &held),
            held,
            storage: false,
            link: None,
            outside: Outside::default(),
            stands: InstancePlace::Alone,
        };
        let app = yew::Renderer::<App>::with_root_and_props(root.clone(), props).render();
        let page = Self { root, app };
        page.rest().await;
        assert!(page.find(".stage .actor").is_some(), "a picture");
        page
    }

    /// Waits until nothing is drawn any more.
    async fn rest(&self) {
        let mut before = None;
        while before != Some(renders()) {
            before = Some(renders());
            sleep(Duration::from_millis(300)).await;
        }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root
            .query_selector(selector)
            .expect("a valid selector")
    }

    /// Components that are drawn once a key is let go, or pressed.
    async fn drawn_by(&self, kind: &str, at: &str, key: &str) -> u32 {
        let before = renders();
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict(kind, &init).expect("a key");
        let element = self.find(at).expect("something to press on");
        element
            .dispatch_event(&event)
            .expect("elements take events");
        self.rest().await;
        renders() - before
    }

    fn close(self) {
        self.app.destroy();
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn a_caret_that_moves_draws_the_editor_and_little_else() {
    let page = Page::open().await;
    let area = page.find("textarea").expect("the editor");
    let area = area.unchecked_into::<HtmlTextAreaElement>();
    let before = page.find(".line.has-caret").and_then(|l| l.text_content());
    area.set_selection_range(30, 30).expect("a text");
    let drawn = page.drawn_by("keyup", "textarea", "ArrowDown").await;
    let after = page.find(".line.has-caret").and_then(|l| l.text_content());
    assert_ne!(after, before, "the caret has moved");
    // The editor, its layers, its problems, the line that the caret left and the one that it came to.
    assert!((1..=5).contains(&drawn), "{drawn} components were drawn");
    // What moves nothing draws nothing.
    assert_eq!(page.drawn_by("keyup", "textarea", "Shift").await, 0);
    page.close();
}

#[wasm_bindgen_test]
async fn a_key_of_time_that_leads_nowhere_draws_nothing() {
    let page = Page::open().await;
    assert!(page.drawn_by("keydown", ".lab", "End").await > 0);
    assert_eq!(page.drawn_by("keydown", ".lab", "End").await, 0);
    assert_eq!(page.drawn_by("keydown", ".lab", "ArrowRight").await, 0);
    page.close();
}
