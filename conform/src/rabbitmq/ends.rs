//! Ends: of connections, and of the broker. What was on its way then may be lost.

use crate::rabbitmq::cut::Choices;
use crate::rabbitmq::prelude::SimDuration;
use crate::rabbitmq::replay::{Runner, Seen};
use crate::report::Reason;

impl Runner<'_> {
    /// A connection ends. What a crash finds still on its way arrives, or is lost with it.
    pub(crate) fn close(&mut self, on: &str, crash: bool) -> Seen {
        let lost = self.before_unawaited.take().filter(|_| crash);
        match lost.filter(|_| self.chosen.choose(2) == 1) {
            Some(before) => self.broker = before,
            None => self.settle(),
        }
        self.reconnect(on);
        Seen::Nothing
    }

    /// Remembers the broker as it was before requests for which nobody waits.
    pub(crate) fn unawaited(&mut self) {
        if self.broker.pending().next().is_none() {
            self.before_unawaited = Some(self.broker.clone());
        }
    }

    pub(crate) fn restart(&mut self, start: bool, stop: bool) -> Seen {
        if stop || self.running && start {
            self.supply_all();
            self.settle();
            self.broker.crash();
            self.running = false;
            let names: Vec<String> = self.clients.keys().cloned().collect();
            for name in names {
                self.clients.remove(&name);
            }
            self.caps.clear();
        }
        if start {
            self.broker.start();
            self.running = true;
        }
        self.now = self.now.after(SimDuration::from_secs(5));
        Seen::Skip(Reason::WallClock)
    }
}
