//! Where things of the text stand in the drawn layer of the editor, in pixels: asked of the browser, which alone
//! knows where it wraps a line. Must not know what the text says.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::NodeRef;

use crate::state::blocks::TextSpot;

/// Pixels beyond either edge of what is in view that are drawn as well.
const MARGIN: i32 = 800;
/// The height of a row, when nothing says otherwise.
const ROW: f64 = 20.0;
/// Between the completion and the edges of its card.
const EDGE: f64 = 4.0;
/// A completion is at least so high, even if it has to scroll.
const LOW: f64 = 60.0;

/// A place in the window: the left edge of a character, and its row.
#[derive(Clone, Copy, Debug)]
struct WindowPlace {
    left: f64,
    top: f64,
    bottom: f64,
}

/// The first and the last block in view.
pub(crate) fn blocks_in_view(scroller: &NodeRef, lines: &NodeRef) -> Option<(usize, usize)> {
    let scroller = scroller.cast::<Element>()?;
    let blocks = lines.cast::<Element>()?.children();
    let top = scroller.scroll_top() - MARGIN;
    let bottom = scroller.scroll_top() + scroller.client_height() + MARGIN;
    let block = |at: u32| {
        blocks
            .item(at)
            .and_then(|b| b.dyn_into::<HtmlElement>().ok())
    };
    // The first block that ends below this row.
    let below = |row: i32| {
        let (mut low, mut high) = (0, blocks.length());
        while low < high {
            let middle = low + (high - low) / 2;
            match block(middle) {
                Some(b) if b.offset_top() + b.offset_height() <= row => low = middle + 1,
                _ => high = middle,
            }
        }
        low as usize
    };
    let last = (blocks.length() as usize).saturating_sub(1);
    Some((below(top).min(last), below(bottom).min(last)))
}

/// Scrolls so that the row of a spot is in view, with so many rows before and behind it, no further than needed.
pub(crate) fn reveal(
    scroller: &NodeRef,
    lines: &NodeRef,
    spot: TextSpot,
    (before, behind): (i32, i32),
) {
    let (Some(element), Some(place)) = (scroller.cast::<Element>(), place_of(lines, spot)) else {
        return;
    };
    let frame = element.get_bounding_client_rect();
    let scrolled = element.scroll_top();
    let height = element.client_height();
    let row = ROW as i32;
    let top = (place.top - frame.top()) as i32 + scrolled - before * row;
    let bottom = (place.bottom - frame.top()) as i32 + scrolled + behind * row;
    if top < scrolled {
        element.set_scroll_top(top);
    } else if bottom > scrolled + height {
        element.set_scroll_top(bottom - height);
    }
}

/// Puts a list below the row of a spot, or above it where there is more room, and keeps it inside its card.
pub(crate) fn put_at(list: &NodeRef, lines: &NodeRef, spot: TextSpot) -> Option<()> {
    let list = list.cast::<HtmlElement>()?;
    let place = place_of(lines, spot)?;
    let card = list.offset_parent()?.get_bounding_client_rect();
    let style = list.style();
    // In whole pixels; a property that cannot be set leaves the list where it is.
    let set = |name: &str, pixels: f64| {
        drop(style.set_property(name, &[&(pixels as i32).to_string(), "px"].concat()));
    };
    set("max-width", card.width() - 2.0 * EDGE);
    let wanted = f64::from(list.scroll_height()) + 2.0;
    let (below, above) = (card.bottom() - place.bottom, place.top - card.top());
    let (top, room) = match below - EDGE >= wanted.min(above) {
        true => (place.bottom - card.top(), below),
        false => (above - wanted.min(above - EDGE), above),
    };
    set("max-height", (room - EDGE).max(LOW));
    set("top", top);
    let most = card.width() - f64::from(list.offset_width()) - EDGE;
    set("left", (place.left - card.left()).min(most).max(EDGE));
    Some(())
}

fn place_of(lines: &NodeRef, spot: TextSpot) -> Option<WindowPlace> {
    let block = lines
        .cast::<Element>()?
        .children()
        .item(u32::try_from(spot.block).ok()?)?;
    let inside = block.first_element_child()?;
    if inside.class_list().contains("line") {
        let code = block
            .children()
            .item(spot.line)?
            .query_selector(".code")
            .ok()??;
        return Some(at_unit(&code, spot.in_line).unwrap_or_else(|| start_of(&code)));
    }
    if inside.class_list().contains("rest") {
        return Some(at_unit(&inside, spot.in_block).unwrap_or_else(|| start_of(&inside)));
    }
    let start = start_of(&inside);
    let down = f64::from(spot.line) * ROW;
    Some(WindowPlace {
        top: start.top + down,
        bottom: start.top + down + ROW,
        ..start
    })
}

fn start_of(element: &Element) -> WindowPlace {
    let rect = element.get_bounding_client_rect();
    WindowPlace {
        left: rect.left(),
        top: rect.top(),
        bottom: rect.top() + ROW,
    }
}

/// The place behind so many units of an element's text.
fn at_unit(element: &Element, units: u32) -> Option<WindowPlace> {
    let (text, units) = text_at(element, units)?;
    let range = element.owner_document()?.create_range().ok()?;
    range.set_start(&text, units).ok()?;
    range.collapse_with_to_start(true);
    let rects = range.get_client_rects()?;
    // Where a line goes on in a further row, the place is both at the end of one and at the start of the next.
    let rect = rects.item(rects.length().checked_sub(1)?)?;
    let middle = f64::midpoint(rect.top(), rect.bottom());
    Some(WindowPlace {
        left: rect.left(),
        top: middle - ROW / 2.0,
        bottom: middle + ROW / 2.0,
    })
}

/// The text node in which so many units of an element's text end, and how many of them are in it.
fn text_at(node: &Node, mut units: u32) -> Option<(Node, u32)> {
    let mut last = None;
    let children = node.child_nodes();
    for child in (0..children.length()).filter_map(|at| children.item(at)) {
        let length = child.text_content().map_or(0, |t| t.encode_utf16().count()) as u32;
        if units <= length && length > 0 {
            return match child.node_type() {
                Node::TEXT_NODE => Some((child, units)),
                _ => text_at(&child, units),
            };
        }
        units -= length.min(units);
        last = Some(child);
    }
    let last = last.filter(|node| node.node_type() == Node::TEXT_NODE)?;
    let length = last.text_content()?.encode_utf16().count() as u32;
    Some((last, length))
}
