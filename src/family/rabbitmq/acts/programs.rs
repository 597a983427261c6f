//! Acts on programs. Knows the language's words for them; never what they lead to.

use alloc::vec;
use alloc::vec::Vec;

use super::{Rows, down, up};
use crate::family::rabbitmq::state::ActorState;
use crate::language::ast::Role;
use crate::view::acts::blank::one;
use crate::view::acts::{Act, LinePart};

impl Rows<'_> {
    pub(super) fn programs(&self) -> Vec<Act> {
        let plain = |name, word, why, fits: fn(Role, ActorState) -> bool| {
            let parts = vec![LinePart::Words(word), LinePart::Field(0)];
            self.here.on(name, self.pick(&fits), why, Vec::new(), parts)
        };
        vec![
            plain("Crash", "crash", "No program is running.", |_, s| up(s)),
            plain("Restart", "restart", "No program is down.", |_, s| down(s)),
            plain("Stop", "stop", "No consumer is running.", |r, s| {
                r == Role::Consumer && up(s)
            }),
            plain("Pause", "pause", "No consumer is running.", |r, s| {
                r == Role::Consumer && s == ActorState::Running
            }),
            plain("Resume", "resume", "No consumer is paused.", |r, s| {
                r == Role::Consumer && s == ActorState::Paused
            }),
            plain("Close", "close", "No producer is open.", |r, s| {
                r == Role::Producer && up(s)
            }),
            plain("Resend", "resend", "No producer is open.", |r, s| {
                r == Role::Producer && up(s)
            }),
        ]
    }

    pub(super) fn stores(&self) -> Vec<Act> {
        let running = self.names(Role::Consumer, &up);
        let none = "No consumer is running.";
        let parts = |word| {
            vec![
                LinePart::Words(word),
                LinePart::Field(0),
                LinePart::Field(1),
            ]
        };
        vec![
            self.here.on(
                "Store",
                running.clone(),
                none,
                vec![one("offset", "0")],
                parts("store"),
            ),
            self.here.on(
                "Query",
                running.clone(),
                none,
                Vec::new(),
                vec![LinePart::Words("query"), LinePart::Field(0)],
            ),
            self.here.on(
                "Credit",
                running,
                none,
                vec![one("chunks", "1")],
                parts("credit"),
            ),
        ]
    }

    pub(super) fn waits(&self) -> Vec<Act> {
        let confirms = self.here.on(
            "Await confirms",
            self.names(Role::Producer, &up),
            "No producer is open.",
            Vec::new(),
            vec![
                LinePart::Words("await"),
                LinePart::Field(0),
                LinePart::Words("confirmed"),
            ],
        );
        let [run, wait, until, step] = self.here.time();
        vec![run, wait, until, confirms, step]
    }
}
