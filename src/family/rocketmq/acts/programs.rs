//! Acts on programs. Knows the language's words for them; never what they lead to.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{Rows, down, up};
use crate::family::rocketmq::state::ActorState;
use crate::view::acts::{Act, LinePart};

impl Rows<'_> {
    pub(super) fn programs(&self) -> Vec<Act> {
        let plain = |name, word, options: Vec<String>, why| {
            let parts = vec![LinePart::Words(word), LinePart::Field(0)];
            self.here.on(name, options, why, Vec::new(), parts)
        };
        let running = |state| state == ActorState::Running;
        let paused = |state| state == ActorState::Paused;
        vec![
            plain("Crash", "crash", self.all(&up), "No program is running."),
            plain("Restart", "restart", self.all(&down), "No program is down."),
            plain("Stop", "stop", self.members(&up), "No member is running."),
            plain(
                "Pause",
                "pause",
                self.members(&running),
                "No member is running.",
            ),
            plain(
                "Resume",
                "resume",
                self.members(&paused),
                "No member is paused.",
            ),
            plain(
                "Close",
                "close",
                self.producers(&up),
                "No producer is open.",
            ),
        ]
    }

    pub(super) fn waits(&self) -> Vec<Act> {
        let stored = self.here.on(
            "Await send results",
            self.producers(&up),
            "No producer is open.",
            Vec::new(),
            vec![
                LinePart::Words("await"),
                LinePart::Field(0),
                LinePart::Words("confirmed"),
            ],
        );
        let [run, wait, until, step] = self.here.time();
        vec![run, wait, until, stored, step]
    }
}
