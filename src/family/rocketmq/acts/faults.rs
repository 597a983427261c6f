//! Acts that lose a message, and what happens to the broker and its files. Knows the language's words for them; never
//! what they lead to.

use alloc::vec;
use alloc::vec::Vec;

use super::{Rows, up};
use crate::view::acts::blank::one;
use crate::view::acts::{Act, LinePart};

impl Rows<'_> {
    pub(super) fn faults(&self) -> Vec<Act> {
        let producers = self.producers(&up);
        let members = self.members(&up);
        let (no_p, no_m) = ("No producer is open.", "No member is running.");
        let on = |name, options, why, word| {
            let parts = vec![LinePart::Words(word), LinePart::Field(0)];
            self.here.on(name, options, why, Vec::new(), parts)
        };
        let mut acts = vec![
            on(
                "Lose a send result",
                producers.clone(),
                no_p,
                "lose next confirm to",
            ),
            on("Lose a message", producers, no_p, "lose next publish from"),
            on("Lose a commit", members, no_m, "lose next store from"),
        ];
        acts.extend(self.here.links(&self.all(&up)));
        acts.extend(self.here.nodes());
        acts.push(self.here.free(
            "Run the cleaner",
            Vec::new(),
            vec![LinePart::Words("expire")],
        ));
        acts.push(self.here.free(
            "Fill the disk",
            vec![one("to", "82%")],
            vec![LinePart::Words("option disk"), LinePart::Field(0)],
        ));
        acts
    }
}
