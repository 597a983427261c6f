//! Events and elements in plain terms, so that components need not name the browser's types.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::state::document::{byte_of_utf16, utf16_of_byte};
use crate::state::keys::{Focus, Press};

/// What a text area holds, and its caret in bytes.
pub(crate) fn area(node: &NodeRef) -> Option<(String, usize)> {
    let area = node.cast::<HtmlTextAreaElement>()?;
    let text = area.value();
    let caret = caret_of(&area, &text);
    Some((text, caret))
}

/// The caret of a text area that holds this text, in bytes.
pub(crate) fn caret(node: &NodeRef, text: &str) -> Option<usize> {
    let area = node.cast::<HtmlTextAreaElement>()?;
    Some(caret_of(&area, text))
}

/// Lays a text area out that holds more units (UTF-16) than so many, without wrapping; whether it does.
pub(crate) fn lay_out_beyond(node: &NodeRef, units: usize) -> bool {
    let area = node.cast::<HtmlTextAreaElement>();
    let Some(area) = area.filter(|area| area.text_length() as usize > units) else {
        return false;
    };
    area.set_wrap("off");
    // Whoever asks for the height gets it of what was laid out.
    area.offset_height() >= 0
}

fn caret_of(area: &HtmlTextAreaElement, text: &str) -> usize {
    let units = area.selection_end().ok().flatten().unwrap_or(0);
    byte_of_utf16(text, units as usize)
}

/// Makes a text area hold this text with the caret at that byte.
pub(crate) fn place(node: &NodeRef, text: &str, caret: usize) {
    let Some(area) = node.cast::<HtmlTextAreaElement>() else {
        return;
    };
    if area.value() != text {
        area.set_value(text);
    }
    let units = u32::try_from(utf16_of_byte(text, caret)).unwrap_or(u32::MAX);
    // A caret that cannot be set is nothing to stop for.
    let _ = area.set_selection_range(units, units);
}

/// The first and the last but one pixel row that a scrolling element shows.
pub(crate) fn visible_rows(node: &NodeRef) -> Option<(i32, i32)> {
    let element = node.cast::<Element>()?;
    let top = element.scroll_top();
    Some((top, top + element.client_height()))
}

/// Scrolls a scrolling element so that these pixel rows are visible, no further than needed.
pub(crate) fn reveal_rows(node: &NodeRef, top: i32, bottom: i32) {
    let (Some(element), Some((first, last))) = (node.cast::<Element>(), visible_rows(node)) else {
        return;
    };
    if top < first {
        element.set_scroll_top(top);
    } else if bottom > last {
        element.set_scroll_top(bottom - element.client_height());
    }
}

/// Gives an element the focus.
pub(crate) fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<Element>() {
        // An element that cannot have it keeps it where it is.
        focus_element(&element);
    }
}

/// The value of the input, list or text area that an event comes from.
pub(crate) fn value(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(list) = target.dyn_ref::<HtmlSelectElement>() {
        return list.value();
    }
    String::new()
}

/// What stands in the first field of the form that an event is about.
pub(crate) fn value_of_form(event: &Event) -> String {
    let field = around(event, "form").and_then(|form| form.query_selector("input").ok().flatten());
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map_or_else(String::new, |field| field.value())
}

/// Makes a list show this choice.
pub(crate) fn choose(node: &NodeRef, value: &str) {
    if let Some(list) = node.cast::<HtmlSelectElement>() {
        list.set_value(value);
    }
}

/// Empties a file input, so that choosing the same file again is a change.
pub(crate) fn empty(event: &Event) {
    let target = event.target();
    if let Some(input) = target.and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value("");
    }
}

/// Scrolls the window until the end of an element is in it, no further than needed.
pub(crate) fn keep_in_reach(node: &NodeRef) {
    let (Some(element), Some(window)) = (node.cast::<Element>(), web_sys::window()) else {
        return;
    };
    let height = window
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    if height.is_some_and(|height| element.get_bounding_client_rect().bottom() > height) {
        element.scroll_into_view_with_bool(false);
    }
}

/// The length in bytes of what is about to be pasted; at least the number of characters.
pub(crate) fn pasted_length(event: &Event) -> Option<usize> {
    let paste = event.dyn_ref::<web_sys::ClipboardEvent>()?;
    let text = paste.clipboard_data()?.get_data("text/plain").ok()?;
    Some(text.len())
}

/// An event of a key, which whoever listens knows it to be.
pub(crate) fn of_key(event: &Event) -> &KeyboardEvent {
    event.unchecked_ref()
}

/// A key press, as far as it matters.
pub(crate) fn press<'a>(event: &KeyboardEvent, key: &'a str) -> Press<'a> {
    Press {
        key,
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    }
}

/// What has the focus when a key is pressed.
pub(crate) fn focus_kind(event: &KeyboardEvent) -> Focus {
    let Some(element) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
        return Focus::Other;
    };
    if element.has_attribute("data-timeline") {
        return Focus::Other;
    }
    match element.tag_name().to_ascii_lowercase().as_str() {
        "textarea" => Focus::Text,
        "select" => Focus::Control,
        "input" => match element.get_attribute("type").as_deref() {
            Some("range") => Focus::Control,
            _ => Focus::Text,
        },
        "button" | "a" | "summary" if element.get_attribute("role").as_deref() == Some("tab") => {
            Focus::Control
        }
        "button" | "a" | "summary" => Focus::Button,
        _ if element.get_attribute("role").as_deref() == Some("button") => Focus::Button,
        _ => Focus::Other,
    }
}

/// The place of a pointer in the picture that listens, in units of which it is `width` wide.
pub(crate) fn place_in(event: &Event, width: u32) -> Option<(i32, i32)> {
    let rect = picture_of(event)?.get_bounding_client_rect();
    let event: &PointerEvent = event.unchecked_ref();
    let unit = f64::from(width) / rect.width();
    let x = (f64::from(event.client_x()) - rect.left()) * unit;
    let y = (f64::from(event.client_y()) - rect.top()) * unit;
    Some((x as i32, y as i32))
}

/// How far along an element a press is, and how far a finger is wide there: both in ten-thousandths.
pub(crate) fn along(event: &Event, selector: &str) -> Option<(u32, u32)> {
    let rect = around(event, selector)?.get_bounding_client_rect();
    let event: &MouseEvent = event.unchecked_ref();
    let place = (f64::from(event.client_x()) - rect.left()) / rect.width();
    let near = 14.0 / rect.width();
    Some((
        (place.clamp(0.0, 1.0) * 10_000.0) as u32,
        (near * 10_000.0) as u32,
    ))
}

/// Lets the picture hear of a pointer until it is let go, wherever it moves.
pub(crate) fn capture(event: &Event) {
    if let Some(picture) = picture_of(event) {
        let event: &PointerEvent = event.unchecked_ref();
        // A pointer that is gone cannot be captured, and need not be.
        let _ = picture.set_pointer_capture(event.pointer_id());
    }
}

/// Scrolls to the end.
pub(crate) fn scroll_to_end(node: &NodeRef) {
    if let Some(element) = node.cast::<Element>() {
        element.set_scroll_top(element.scroll_height());
    }
}

/// The picture that an event is about.
fn picture_of(event: &Event) -> Option<Element> {
    around(event, "svg.stage")
}

/// The nearest element that matches around what an event is about.
fn around(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok()?
}

/// Whether a key press is a chord.
pub(crate) fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key()
}

/// Whether a pointer is the first finger, or the mouse with its main button.
pub(crate) fn is_main(event: &Event) -> bool {
    let event: &PointerEvent = event.unchecked_ref();
    event.is_primary() && event.button() == 0
}

/// Whether an element or something in it has the focus.
pub(super) fn has_focus(element: &Element) -> bool {
    element.matches(":focus-within").unwrap_or(false)
}

/// Gives the focus to the picture that an event is about.
pub(crate) fn focus_picture(event: &Event) {
    if let Some(picture) = picture_of(event) {
        focus_element(&picture);
    }
}

/// Gives the focus to the element of that place among those that match, within the element that listens.
pub(crate) fn focus_nth(event: &Event, selector: &str, place: usize) {
    let all = matching(event, selector);
    if let Some(element) = all.into_iter().nth(place) {
        focus_element(&element);
    }
}

fn matching(event: &Event, selector: &str) -> Vec<Element> {
    let root = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let root = root.and_then(|e| e.closest("[role=tablist], [role=listbox]").ok().flatten());
    let Some(found) = root.and_then(|root| root.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    let elements = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok());
    elements.collect()
}

pub(super) fn focus_element(element: &Element) {
    // SVG elements have no type of their own here; both kinds have `focus`.
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}

/// Gives the focus to the first element that matches in the instance of an event, or to the instance itself:
/// for controls that vanish when they are used, so that the keys stay where they were.
pub(crate) fn focus_in_lab(event: &Event, selector: &str) {
    if let Some(lab) = around(event, ".lab") {
        focus_in(&lab, selector);
    }
}

/// Gives the focus to the first element in `root` that matches, or to `root`.
pub(super) fn focus_in(root: &Element, selector: &str) {
    match root.query_selector(selector) {
        Ok(Some(element)) => focus_element(&element),
        Ok(None) | Err(_) => focus_element(root),
    }
}

/// Gives the focus to the heading of what has just been folded with the focus in it.
pub(super) fn leave_folded(root: &Element) {
    let inside = root.query_selector("details:not([open]) :focus");
    let folded = inside.ok().flatten();
    let heading = folded
        .and_then(|inside| inside.closest("details:not([open])").ok().flatten())
        .and_then(|folded| folded.query_selector("summary").ok().flatten());
    if let Some(heading) = heading {
        focus_element(&heading);
    }
}

/// The same for an action's form: to the button of its menu, or to the panel that it stands in.
pub(crate) fn leave_form(event: &Event) {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let is_in = |selector: &str| {
        let around = target
            .as_ref()
            .and_then(|t| t.closest(selector).ok().flatten());
        around.is_some()
    };
    if is_in(".menu") {
        focus_in_lab(event, ".actions [aria-expanded=true]");
    } else if is_in(".acts-list") {
        focus_in_lab(event, ".table-panel");
    }
}

/// Gives the focus to the field of a form in which something wrong stands, else to its button.
pub(crate) fn focus_wrong(form: &NodeRef) {
    let form = form.cast::<Element>();
    let find = |selector: &str| form.as_ref()?.query_selector(selector).ok().flatten();
    if let Some(element) = find("[aria-invalid=true]").or_else(|| find("[type=submit]")) {
        focus_element(&element);
    }
}
