//! Acts that break something, or mend it. Knows the language's words for them; never what they lead to.

use offset_lab::language::ast::Role;
use offset_lab::world::Node;

use super::blank::one;
use super::here::{Here, up};
use super::{Act, Part};

impl Here<'_> {
    pub(super) fn faults(&self) -> Vec<Act> {
        let producers = self.names(Role::Producer, up);
        let consumers = self.names(Role::Consumer, up);
        let all = self.pick(|_, s| up(s));
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
                vec![one("share", "1/10")],
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
                vec![one("by", "10ms")],
                vec![Part::Words("delay"), Part::Field(0), Part::Field(1)],
            ),
            self.on("Heal", all, "No program is running.", vec![], last("heal")),
        ];
        acts.extend(self.nodes());
        acts.push(self.on(
            "Delete stream",
            self.streams(),
            "There is no stream.",
            vec![],
            last("delete"),
        ));
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
        let node = |name, word, options, why| {
            self.on(
                name,
                options,
                why,
                Vec::new(),
                vec![Part::Words(word), Part::Field(0)],
            )
        };
        let whole = |name, word, possible: bool, why| Act {
            possible: self.whole.and(if possible { Ok(()) } else { Err(why) }),
            ..self.free(name, Vec::new(), vec![Part::Words(word)])
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
