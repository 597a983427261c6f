//! Acts of every family: letting time pass, slow and faulty links, and nodes. Knows the language's words for them.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::blank::{condition, one};
use super::{Act, Here, LinePart};
use crate::world::Node;

impl Here<'_> {
    /// `run`, `wait`, `run until` and `step`.
    pub(crate) fn time(&self) -> [Act; 4] {
        let line = |word| vec![LinePart::Words(word), LinePart::Field(0)];
        [
            self.free("Run", Vec::new(), vec![LinePart::Words("run")]),
            self.free("Wait", vec![one("for", "10ms")], line("wait")),
            self.free(
                "Run until",
                vec![condition("", "world.time >= 10ms")],
                line("run until"),
            ),
            self.free("Step", vec![one("events", "1")], line("step")),
        ]
    }

    /// Faults of the links of these programs, and their end.
    pub(crate) fn links(&self, running: &[String]) -> Vec<Act> {
        let on = |name, more, parts| {
            self.on(
                name,
                running.to_vec(),
                "No program is running.",
                more,
                parts,
            )
        };
        vec![
            on(
                "Drop frames",
                vec![one("share", "1/10")],
                vec![
                    LinePart::Words("drop"),
                    LinePart::Field(1),
                    LinePart::Words("from"),
                    LinePart::Field(0),
                ],
            ),
            on(
                "Delay",
                vec![one("by", "10ms")],
                vec![
                    LinePart::Words("delay"),
                    LinePart::Field(0),
                    LinePart::Field(1),
                ],
            ),
            on(
                "Heal",
                Vec::new(),
                vec![LinePart::Words("heal"), LinePart::Field(0)],
            ),
        ]
    }

    /// What can happen to nodes.
    pub(crate) fn nodes(&self) -> Vec<Act> {
        let numbers = |fits: &dyn Fn(&Node) -> bool| -> Vec<String> {
            let nodes = (1..).zip(&self.world.nodes);
            nodes
                .filter(|(_, node)| fits(node))
                .map(|(n, _): (u32, _)| n.to_string())
                .collect()
        };
        let live = numbers(&|node| node.up);
        let dead = numbers(&|node| !node.up);
        let node = |name, word, options, why| {
            self.on(
                name,
                options,
                why,
                Vec::new(),
                vec![LinePart::Words(word), LinePart::Field(0)],
            )
        };
        let whole = |name, word, possible: bool, why| Act {
            possible: self.whole.and(if possible { Ok(()) } else { Err(why) }),
            ..self.free(name, Vec::new(), vec![LinePart::Words(word)])
        };
        if self.world.nodes.len() < 2 {
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
        let any = !live.is_empty();
        vec![
            whole(
                "Crash the leader",
                "crash leader",
                any,
                "Every node is down.",
            ),
            node("Crash node", "crash node", live, "Every node is down."),
            node("Start node", "start node", dead, "Every node is up."),
            node(
                "Cut node",
                "cut node",
                numbers(&|n| !n.cut),
                "Every node is cut.",
            ),
            node(
                "Heal node",
                "heal node",
                numbers(&|n| n.cut),
                "No node is cut.",
            ),
        ]
    }
}
