//! Steps on the broker itself: its files, its settings, its own ends and starts.

use std::sync::Arc;

use serde_json::json;

use crate::report::Reason;
use crate::rocketmq::prelude::{ActorId, MessageRun, Request, SimDuration, Spread};
use crate::rocketmq::replay::{Runner, Seen};
use crate::rocketmq::topic_steps::done;

/// The topic whose messages fill a file, and the bytes of each.
const FILLER: (&str, u32) = ("filler", 60_000);
/// How far the recorder sets the last write of finished files back.
const BACK: SimDuration = SimDuration::from_secs(73 * 3_600);
/// The cleaner runs every 10 s.
const CLEANED: SimDuration = SimDuration::from_secs(30);
/// Behind what moved, the recorder waits for the pass after.
const SETTLED: SimDuration = SimDuration::from_secs(11);
/// How long a broker is away.
const AWAY: SimDuration = SimDuration::from_secs(5);

impl Runner<'_> {
    /// Another topic's messages fill the file that is written to, until the next has begun.
    pub(crate) fn roll_commit_log(&mut self) -> Seen {
        let topic: Arc<str> = FILLER.0.into();
        self.topic(&topic, 1, 1);
        let file = self.world.wire.broker.settings().commit_log_file.0;
        let number = |runner: &Self| runner.world.wire.broker.store().log().end().0 / file;
        let before = number(self);
        while number(self) == before {
            let messages = MessageRun {
                producer: ActorId(0),
                body: self.body.clone(),
                padded: FILLER.1,
                key: None,
                tag: None,
                first_index: 0,
                first_count: 0,
                step: 1,
                count: 1,
                attempt: 0,
            };
            let answer = self.ask(Request::Send {
                topic: topic.clone(),
                spread: Spread::Queue(0),
                messages,
                level: 0,
            });
            let answer = done(answer);
            if answer != "ok" {
                return Seen::Value(answer);
            }
        }
        self.world.pass(SimDuration::from_millis(20));
        Seen::Value(json!("ok"))
    }

    /// The finished files are set back, and the broker's own cleaner finds them.
    pub(crate) fn expire_commit_log(&mut self) -> Seen {
        self.world.wire.broker.backdate(BACK);
        let deadline = self.world.wire.now.after(CLEANED);
        let expired = self
            .world
            .until(deadline, |world| world.wire.broker.files().count() <= 1);
        self.world.pass(SETTLED);
        Seen::Value(json!(if expired { "ok" } else { "files are left" }))
    }

    pub(crate) fn configure_broker(&mut self, key: &str, value: &str) -> Seen {
        let number = value.parse::<u64>().ok();
        let settings = self.world.wire.broker.settings_mut();
        match (key, number) {
            ("accessMessageInMemoryMaxRatio", Some(percent)) => {
                settings.memory_percent = u8::try_from(percent.min(100)).unwrap_or(100);
            }
            ("fileReservedTime", Some(hours)) => {
                settings.reserved = SimDuration::from_secs(hours.saturating_mul(3_600));
            }
            (_, _) => return Seen::Skip(Reason::NotRecorded),
        }
        Seen::Value(json!("ok"))
    }

    pub(crate) fn broker(&mut self, kill: bool, stop: bool, start: bool) -> Seen {
        if self.world.wire.running && (kill || stop) {
            self.world.wire.broker_does(|broker, out| {
                if kill {
                    broker.crash();
                } else {
                    broker.stop(out);
                }
            });
            self.world.wire.running = false;
            let now = self.world.wire.now;
            for member in self.world.members.values_mut() {
                member.cut_off(now);
            }
        }
        if start && !self.world.wire.running {
            self.world.pass(AWAY);
            self.world.wire.running = true;
            let now = self.world.wire.now;
            self.world
                .wire
                .broker_does(|broker, out| broker.start(now, out));
        }
        Seen::Value(json!("ok"))
    }
}
