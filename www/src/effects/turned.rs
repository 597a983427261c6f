//! What becomes of the focus when the lab gets wider or narrower, as a phone that is turned: what another width hides cannot
//! keep it. Must not know what the places show.

use web_sys::Element;
use yew::prelude::*;

use super::after::{After, use_after};
use super::dom;
use super::store::Lab;
use super::watch::use_width;
use crate::state::{Action, CardSide};

/// A lab is held in a hand when it is narrower, in pixels; the style sheets say the same.
const HAND: u32 = 620;
/// The tab of the text, which is only there in a hand.
const TEXT_TAB: &str = ".side .tab:nth-of-type(4)";

/// Shows the text where it would be hidden with the focus in it, and leaves its tab where that goes. `root` is the
/// instance's own element.
#[hook]
pub(crate) fn use_turned(root: &NodeRef, lab: &Lab) {
    let (place, lab) = (root.clone(), lab.clone());
    let turned = Callback::from(move |width: u32| {
        let Some(root) = place.cast::<Element>() else {
            return;
        };
        let has = |selector: &str| root.query_selector(selector).is_ok_and(|e| e.is_some());
        if width < HAND && has(".editor :focus") {
            lab.send(Action::Side(CardSide::Text));
        }
        if width >= HAND && has(".at-text") {
            if has(&[TEXT_TAB, ":focus"].concat()) {
                dom::focus_in(&root, ".editor textarea");
            }
            lab.send(Action::Side(CardSide::Story));
        }
    });
    use_width(root, turned);
}

/// Whether an element is as narrow as a lab in a hand. What folds with it gives the focus to its heading.
#[hook]
pub(crate) fn use_narrow(node: &NodeRef) -> bool {
    let narrow = use_state_eq(|| false);
    let set = narrow.setter();
    use_width(node, Callback::from(move |width| set.set(width < HAND)));
    let node = node.clone();
    use_after(After::new(*narrow, move |_| {
        if let Some(root) = node.cast::<Element>() {
            dom::leave_folded(&root);
        }
    }));
    *narrow
}
