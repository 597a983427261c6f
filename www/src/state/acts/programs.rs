//! Acts on programs, and letting time pass. Knows the language's words for them; never what they lead to.

use offset_lab::family::rabbitmq::state::ActorState;
use offset_lab::language::ast::Role;

use super::blank::{condition, one};
use super::here::{Here, down, up};
use super::{Act, Part};

impl Here<'_> {
    pub(super) fn programs(&self) -> Vec<Act> {
        let plain = |name, word, why, fits: fn(Role, ActorState) -> bool| {
            let parts = vec![Part::Words(word), Part::Field(0)];
            self.on(name, self.pick(fits), why, Vec::new(), parts)
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
        let running = self.names(Role::Consumer, up);
        let none = "No consumer is running.";
        let parts = |word| vec![Part::Words(word), Part::Field(0), Part::Field(1)];
        vec![
            self.on(
                "Store",
                running.clone(),
                none,
                vec![one("offset", "0")],
                parts("store"),
            ),
            self.on(
                "Query",
                running.clone(),
                none,
                Vec::new(),
                vec![Part::Words("query"), Part::Field(0)],
            ),
            self.on(
                "Credit",
                running,
                none,
                vec![one("chunks", "1")],
                parts("credit"),
            ),
        ]
    }

    pub(super) fn waits(&self) -> Vec<Act> {
        vec![
            self.free("Run", Vec::new(), vec![Part::Words("run")]),
            self.free(
                "Wait",
                vec![one("for", "10ms")],
                vec![Part::Words("wait"), Part::Field(0)],
            ),
            self.free(
                "Run until",
                vec![condition("", "world.time >= 10ms")],
                vec![Part::Words("run until"), Part::Field(0)],
            ),
            self.on(
                "Await confirms",
                self.names(Role::Producer, up),
                "No producer is open.",
                Vec::new(),
                vec![
                    Part::Words("await"),
                    Part::Field(0),
                    Part::Words("confirmed"),
                ],
            ),
            self.free(
                "Step",
                vec![one("events", "1")],
                vec![Part::Words("step"), Part::Field(0)],
            ),
        ]
    }
}
