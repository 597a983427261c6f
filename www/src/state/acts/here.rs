//! The acts of a moment, by what is there: which streams live, which programs are up. Knows the language's
//! words for them; never what they lead to.

use offset_lab::ids::ActorId;
use offset_lab::scenario::ast::Role;
use offset_lab::scenario::show;
use offset_lab::world::stream::StreamState;
use offset_lab::world::{ActorState, Node, Program, World};

use super::{Act, Field, Part};
use crate::state::AppState;

/// The programs at a moment, by what can be done to them.
pub(super) struct Here<'a> {
    state: &'a AppState,
    world: World,
    /// Whether anything can be written at all.
    pub(super) whole: Result<(), &'static str>,
}

pub(super) const fn up(state: ActorState) -> bool {
    matches!(
        state,
        ActorState::Starting | ActorState::Running | ActorState::Paused
    )
}

const fn down(state: ActorState) -> bool {
    matches!(
        state,
        ActorState::Closed | ActorState::Crashed | ActorState::Refused
    )
}

fn words(label: &'static str, default: &'static str) -> Field {
    Field::Words { label, default }
}

fn fixed(label: &'static str, options: &[&str]) -> Field {
    Field::Choice {
        label,
        options: options.iter().map(|o| (*o).to_owned()).collect(),
    }
}

impl<'a> Here<'a> {
    pub(super) fn new(state: &'a AppState) -> Option<Self> {
        let good = state.good.as_ref()?;
        Some(Self {
            state,
            world: good.timeline().world(state.cursor),
            whole: state.can_act(),
        })
    }

    /// Names of the programs of a role whose state fits, as the language writes them.
    pub(super) fn names(&self, role: Role, fits: impl Fn(ActorState) -> bool) -> Vec<String> {
        self.pick(None, |r, s| r == role && fits(s))
    }

    fn pick(&self, only: Option<ActorId>, fits: impl Fn(Role, ActorState) -> bool) -> Vec<String> {
        let Some(good) = &self.state.good else {
            return Vec::new();
        };
        let actors = good
            .timeline()
            .scenario()
            .actors
            .iter()
            .zip(&self.world.actors);
        let fitting = actors.enumerate().filter(|(id, (_, actor))| {
            let mine = only.is_none_or(|only| only.index() == *id);
            let state = match &actor.program {
                Some(Program::Producer(p)) => (Role::Producer, p.state),
                Some(Program::Consumer(c)) => (Role::Consumer, c.state),
                None => return false,
            };
            mine && fits(state.0, state.1)
        });
        fitting
            .map(|(_, (named, _))| show::name(&named.name))
            .collect()
    }

    fn streams(&self) -> Vec<String> {
        let Some(good) = &self.state.good else {
            return Vec::new();
        };
        let streams = good
            .timeline()
            .scenario()
            .streams
            .iter()
            .zip(&self.world.streams);
        let live = streams.filter(|(_, s)| s.state == StreamState::Live);
        live.map(|(name, _)| show::name(name)).collect()
    }

    /// An act on one of several: impossible for `why` when there are none.
    fn on(
        &self,
        name: &'static str,
        options: Vec<String>,
        why: &'static str,
        more: Vec<Field>,
        parts: Vec<Part>,
    ) -> Act {
        let possible = match options.is_empty() {
            true => self.whole.and(Err(why)),
            false => self.whole,
        };
        let mut fields = vec![Field::Choice { label: "", options }];
        fields.extend(more);
        Act {
            name: name.into(),
            fields,
            parts,
            possible,
        }
    }

    fn free(&self, name: &'static str, fields: Vec<Field>, parts: Vec<Part>) -> Act {
        Act {
            name: name.into(),
            fields,
            parts,
            possible: self.whole,
        }
    }

    pub(super) fn publish(&self) -> Act {
        self.on(
            "Publish",
            self.names(Role::Producer, up),
            "There is no producer: make a new one.",
            vec![words("messages", "1"), words("body", "m{n}")],
            vec![
                Part::Words("publish"),
                Part::Field(0),
                Part::Field(1),
                Part::Text(2),
            ],
        )
    }

    pub(super) fn new_things(&self) -> Vec<Act> {
        let on = [Part::Words("on"), Part::Field(0)];
        let head = |word| {
            vec![
                Part::Words(word),
                Part::NewName(1),
                on[0].clone(),
                on[1].clone(),
            ]
        };
        let none = "There is no stream yet: make one.";
        let mut consumer = head("consumer");
        consumer.extend([
            Part::Words("from"),
            Part::Field(2),
            Part::Words("store"),
            Part::Field(3),
        ]);
        consumer.push(Part::Optional("takes", 4));
        vec![
            self.free(
                "Stream",
                vec![words("name", "events"), words("max-length", "")],
                vec![
                    Part::Words("stream"),
                    Part::NewName(0),
                    Part::Optional("max-length", 1),
                ],
            ),
            self.on(
                "Producer",
                self.streams(),
                none,
                vec![words("name", "writer")],
                head("producer"),
            ),
            self.on(
                "Consumer",
                self.streams(),
                none,
                vec![
                    words("name", "reader"),
                    fixed("from", &["first", "last", "next", "offset 0"]),
                    fixed("store", &["never", "every 10", "every 1", "auto"]),
                    words("takes", "1ms"),
                ],
                consumer,
            ),
        ]
    }

    pub(super) fn programs(&self, only: Option<ActorId>) -> Vec<Act> {
        let one = |name, word, why, fits: fn(Role, ActorState) -> bool| {
            let parts = vec![Part::Words(word), Part::Field(0)];
            self.on(name, self.pick(only, fits), why, Vec::new(), parts)
        };
        vec![
            one("Crash", "crash", "No program is running.", |_, s| up(s)),
            one("Restart", "restart", "No program is down.", |_, s| down(s)),
            one("Stop", "stop", "No consumer is running.", |r, s| {
                r == Role::Consumer && up(s)
            }),
            one("Pause", "pause", "No consumer is running.", |r, s| {
                r == Role::Consumer && s == ActorState::Running
            }),
            one("Resume", "resume", "No consumer is paused.", |r, s| {
                r == Role::Consumer && s == ActorState::Paused
            }),
            one("Close", "close", "No producer is open.", |r, s| {
                r == Role::Producer && up(s)
            }),
            one("Resend", "resend", "No producer is open.", |r, s| {
                r == Role::Producer && up(s)
            }),
        ]
    }

    pub(super) fn stores(&self, only: Option<ActorId>) -> Vec<Act> {
        let running = self.pick(only, |r, s| r == Role::Consumer && up(s));
        let none = "No consumer is running.";
        let parts = |word| vec![Part::Words(word), Part::Field(0), Part::Field(1)];
        vec![
            self.on(
                "Store",
                running.clone(),
                none,
                vec![words("offset", "0")],
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
                vec![words("chunks", "1")],
                parts("credit"),
            ),
        ]
    }

    pub(super) fn waits(&self) -> Vec<Act> {
        vec![
            self.free("Run", Vec::new(), vec![Part::Words("run")]),
            self.free(
                "Wait",
                vec![words("for", "10ms")],
                vec![Part::Words("wait"), Part::Field(0)],
            ),
            self.free(
                "Step",
                vec![words("events", "1")],
                vec![Part::Words("step"), Part::Field(0)],
            ),
        ]
    }

    pub(super) fn faults(&self, only: Option<ActorId>) -> Vec<Act> {
        let producers = self.pick(only, |r, s| r == Role::Producer && up(s));
        let consumers = self.pick(only, |r, s| r == Role::Consumer && up(s));
        let all = self.pick(only, |_, s| up(s));
        let (no_p, no_c) = ("No producer is open.", "No consumer is running.");
        let last = |word| vec![Part::Words(word), Part::Field(0)];
        let mut acts = vec![
            self.on(
                "Lose a confirm",
                producers.clone(),
                no_p,
                vec![],
                last("lose next confirm to"),
            ),
            self.on(
                "Lose a publish",
                producers,
                no_p,
                vec![],
                last("lose next publish from"),
            ),
            self.on(
                "Lose a store",
                consumers,
                no_c,
                vec![],
                last("lose next store from"),
            ),
            self.on(
                "Drop frames",
                all.clone(),
                "No program is running.",
                vec![words("share", "1/10")],
                vec![
                    Part::Words("drop"),
                    Part::Field(1),
                    Part::Words("from"),
                    Part::Field(0),
                ],
            ),
            self.on(
                "Delay",
                all.clone(),
                "No program is running.",
                vec![words("by", "10ms")],
                vec![Part::Words("delay"), Part::Field(0), Part::Field(1)],
            ),
            self.on("Heal", all, "No program is running.", vec![], last("heal")),
        ];
        if only.is_none() {
            acts.extend(self.nodes());
        }
        acts
    }

    fn nodes(&self) -> Vec<Act> {
        let numbers = |fits: &dyn Fn(&Node) -> bool| -> Vec<String> {
            let nodes = (1..).zip(&self.world.nodes);
            nodes
                .filter(|(_, node)| fits(node))
                .map(|(n, _): (u32, _)| n.to_string())
                .collect()
        };
        let live = numbers(&|node| node.up);
        let dead = numbers(&|node| !node.up);
        let one = |name, word, options, why| {
            self.on(
                name,
                options,
                why,
                Vec::new(),
                vec![Part::Words(word), Part::Field(0)],
            )
        };
        if self.world.nodes.len() < 2 {
            let whole = |name, word, possible: bool, why| Act {
                possible: self.whole.and(if possible { Ok(()) } else { Err(why) }),
                ..self.free(name, Vec::new(), vec![Part::Words(word)])
            };
            return vec![
                whole(
                    "Crash the broker",
                    "crash broker",
                    !live.is_empty(),
                    "The broker is down.",
                ),
                whole(
                    "Start the broker",
                    "start broker",
                    !dead.is_empty(),
                    "The broker is up.",
                ),
            ];
        }
        vec![
            one("Crash node", "crash node", live, "Every node is down."),
            one("Start node", "start node", dead, "Every node is up."),
            one(
                "Cut node",
                "cut node",
                numbers(&|n| !n.cut),
                "Every node is cut.",
            ),
            one(
                "Heal node",
                "heal node",
                numbers(&|n| n.cut),
                "No node is cut.",
            ),
        ]
    }
}
