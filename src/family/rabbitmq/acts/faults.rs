//! Acts that lose a message, and the end of a stream. Knows the language's words for them; never what they lead to.

use alloc::vec;
use alloc::vec::Vec;

use super::{Rows, up};
use crate::language::ast::Role;
use crate::view::acts::{Act, LinePart};

impl Rows<'_> {
    pub(super) fn faults(&self) -> Vec<Act> {
        let producers = self.names(Role::Producer, &up);
        let consumers = self.names(Role::Consumer, &up);
        let (no_p, no_c) = ("No producer is open.", "No consumer is running.");
        let on = |name, options, why, word| {
            let parts = vec![LinePart::Words(word), LinePart::Field(0)];
            self.here.on(name, options, why, Vec::new(), parts)
        };
        let mut acts = vec![
            on(
                "Lose a confirm",
                producers.clone(),
                no_p,
                "lose next confirm to",
            ),
            on("Lose a publish", producers, no_p, "lose next publish from"),
            on("Lose a store", consumers, no_c, "lose next store from"),
        ];
        acts.extend(self.here.links(&self.pick(&|_, state| up(state))));
        acts.extend(self.here.nodes());
        acts.push(on(
            "Delete stream",
            self.streams(),
            "There is no stream.",
            "delete",
        ));
        acts
    }
}
