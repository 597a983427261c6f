//! The keys of the picture: from mark to mark, into one, along a strip. Must not know what is drawn.

use offset_lab::ids::LogId;
use offset_lab::view::why::WhyTarget;
use offset_lab::view::{Frame, PicturePart, Target};
use yew::Event;

use crate::effects::dom;
use crate::effects::focus::KeptFocus;
use crate::effects::mark_elements::MarkElements;
use crate::effects::store::Lab;
use crate::state::Action;
use crate::state::drag::{Nudge, nudged};
use crate::state::walk::{WalkKey, Way, walk};

/// What keys need to know of a picture.
pub(super) struct MarkKeys<'a> {
    pub(super) lab: &'a Lab,
    pub(super) frame: &'a Frame,
    pub(super) kept: &'a KeptFocus,
    pub(super) elements: &'a MarkElements,
    /// What was pressed.
    pub(super) event: &'a Event,
}

impl MarkKeys<'_> {
    /// A key was pressed on the mark of place `at`, or on the picture itself; answers whether it is ours.
    pub(super) fn pressed(&self, key: &str, at: Option<usize>, tab: usize) -> bool {
        let Some(at) = at else {
            // From the picture itself into it; the keys of time stay what they are.
            let enters = matches!(key, "ArrowDown" | "ArrowUp" | "Enter");
            if enters {
                self.elements.focus(tab);
            }
            return enters;
        };
        let target = self.frame.stage.marks.get(at).and_then(|mark| mark.target);
        match key {
            "Escape" => {
                self.lab.send(Action::Select(None));
                dom::focus_picture(self.event);
                return true;
            }
            "w" => {
                self.lab.send(Action::Why(target.map(WhyTarget::Thing)));
                return true;
            }
            "Enter" | " " => {
                self.lab.send(Action::Select(target));
                return true;
            }
            _ => {}
        }
        if let Some(Target::Window(stream)) = target
            && let Some(nudge) = nudge(key)
        {
            let lanes = &self.frame.stage.lanes;
            if let Some(lane) = lanes.iter().find(|lane| lane.stream == stream) {
                self.look(stream, nudged(lane, nudge));
            }
            return true;
        }
        let Some(step) = WalkKey::of_key(key) else {
            return false;
        };
        match walk(&self.frame.stage, at, step) {
            Way::To(place) => self.elements.focus(place),
            Way::Beyond(stream, from, target) => {
                self.kept.want(target);
                self.look(stream, from);
            }
            Way::Nowhere => {}
        }
        true
    }

    fn look(&self, stream: LogId, from: u64) {
        self.lab
            .send(Action::Look(PicturePart::Cells(stream), Some(from)));
    }
}

/// What a key does on the handle of a window.
fn nudge(key: &str) -> Option<Nudge> {
    Some(match key {
        "ArrowLeft" => Nudge::Back,
        "ArrowRight" => Nudge::On,
        "PageUp" => Nudge::PageBack,
        "PageDown" => Nudge::PageOn,
        "Home" => Nudge::First,
        "End" => Nudge::Last,
        _ => return None,
    })
}
