//! What producers and consumers have in common in the picture: name, state, faults, frames on the way.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Sketch;
use super::canvas::{About, Area, Canvas};
use super::text::{self, Font};
use crate::explain::english;
use crate::ids::ActorId;
use crate::trace::Fault;
use crate::trace::MessageKind;
use crate::view::key::Key;
use crate::view::model::{ProgramModel, RunState};
use crate::view::outline::Outline;
use crate::view::outline::PathCommand::{Close, HorizontalTo, LineTo, MoveTo, VerticalTo};
use crate::view::stage::{Anchor, Target};
use crate::world::LinkState;

/// The class of a state: each has a stroke of its own.
pub(crate) const fn state_class(state: RunState) -> &'static str {
    match state {
        RunState::Starting => "starting",
        RunState::Running => "running",
        RunState::Paused => "paused",
        RunState::Closed => "closed",
        RunState::Crashed => "crashed",
        RunState::Refused => "refused",
    }
}

/// A class for the program that the latest event was about.
pub(crate) fn activity(sketch: &Sketch<'_>, id: ActorId) -> &'static str {
    if sketch.is_active(id) { " active" } else { "" }
}

/// A program that was not started yet: a dotted place for it.
pub(crate) fn ghost(sketch: &Sketch<'_>, canvas: &mut Canvas, key: Key, id: ActorId, area: Area) {
    let name = sketch.moment.name(id);
    canvas
        .rect(key, "actor ghost", area, 8)
        .about(Target::Actor(id), format!("{name}, not started yet"));
    let words = text::fit(name, Font::Name, (area.w - 24) / 2);
    let x = area.x + 12;
    let y = area.y + 19;
    let end = x + text::width(&words, Font::Name) + 10;
    let style = (Font::Name, "muted");
    canvas.text(key.named("name"), style, (x, y), Anchor::Start, words);
    let style = (Font::Body, "muted");
    let state = text::fit("not started yet", Font::Body, area.right() - 8 - end);
    canvas.text(key.named("state"), style, (end, y), Anchor::Start, state);
}

/// Name and state, and what else is to be said of it, in the first line of a program's box; answers where they
/// end.
pub(crate) fn head(
    sketch: &Sketch<'_>,
    canvas: &mut Canvas,
    id: ActorId,
    program: &ProgramModel,
    also: &str,
    area: Area,
) -> i32 {
    let (x, y) = (area.x + 12, area.y + 19);
    let state = program.state;
    let word = match state == RunState::Running {
        true => "",
        false => program.state_word,
    };
    let both = format!("{word} · {also}");
    let badge = match (word, also) {
        (word, "") => word,
        ("", also) => also,
        _ => &both,
    };
    let name = sketch.moment.name(id);
    let beside_name = area.w - 50 - text::width(name, Font::Name);
    let badge = text::fit(badge, Font::Strong, beside_name.max(area.w / 2));
    let sign = sign(state);
    let taken = match (text::width(&badge, Font::Strong), sign) {
        (0, _) => 0,
        (w, None) => w + 10,
        (w, Some(_)) => w + 26,
    };
    let name = text::fit(name, Font::Name, area.w - 24 - taken);
    let end = x + text::width(&name, Font::Name);
    canvas.text(
        Key::actor(id, "name"),
        (Font::Name, ""),
        (x, y),
        Anchor::Start,
        name,
    );
    let mut at = end + 10;
    if let Some(sign) = sign {
        let class = format!("sign {}", state_class(state));
        canvas.path(Key::actor(id, "sign"), class, sign(at, y - 10));
        at += 16;
    }
    let class = format!("state {}", state_class(state));
    let style = (Font::Strong, class.as_str());
    canvas.text(
        Key::actor(id, "state"),
        style,
        (at, y),
        Anchor::Start,
        badge,
    );
    end + taken
}

/// The faults of a program's link in words; nothing when it has none.
pub(crate) fn faults(actor: &LinkState) -> String {
    let all: Vec<String> = actor.faults.iter().map(fault).collect();
    all.join(" · ")
}

type Sign = fn(i32, i32) -> Outline;

/// The sign of a state, ten units high: a cross, two bars, a square, a bar across. What starts has its dots around it.
fn sign(state: RunState) -> Option<Sign> {
    Some(match state {
        RunState::Running | RunState::Starting => return None,
        RunState::Crashed => |x, y| {
            let (r, b) = (x + 10, y + 10);
            Outline::new(&[MoveTo(x, y), LineTo(r, b), MoveTo(r, y), LineTo(x, b)])
        },
        RunState::Paused => |x, y| {
            let (left, right, b) = (x + 3, x + 8, y + 10);
            Outline::new(&[
                MoveTo(left, y),
                VerticalTo(b),
                MoveTo(right, y),
                VerticalTo(b),
            ])
        },
        RunState::Closed => |x, y| {
            let (r, b) = (x + 10, y + 10);
            Outline::new(&[
                MoveTo(x, y),
                HorizontalTo(r),
                VerticalTo(b),
                HorizontalTo(x),
                Close,
            ])
        },
        RunState::Refused => |x, y| Outline::new(&[MoveTo(x, y + 5), HorizontalTo(x + 10)]),
    })
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::LoseNext(MessageKind::Confirm) => "next confirm will be lost".into(),
        Fault::LoseNext(MessageKind::Store) => "next store will be lost".into(),
        Fault::LoseNext(MessageKind::Publish) => "next publish will be lost".into(),
        Fault::Drop {
            numerator,
            denominator,
        } => format!("loses {numerator} of {denominator} frames"),
        Fault::Delay { by } => format!("{by} slower"),
    }
}

/// Frames on a program's link, in words; nothing when there are none.
pub(crate) fn on_the_way(actor: &LinkState) -> String {
    let frames = |n: u32| english::count(n.into(), "frame");
    match (actor.messages_up, actor.messages_down) {
        (0, 0) => String::new(),
        (up, 0) => format!("{} on the way to the broker", frames(up)),
        (0, down) => format!("{} on the way back", frames(down)),
        (up, down) => format!("{} on the way to the broker, {down} back", frames(up)),
    }
}
