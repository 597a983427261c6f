//! Steps on a group as the broker keeps it: its offsets, its lag, its resets.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::rocketmq::op::{At, GroupQueue};
use crate::rocketmq::prelude::{
    Asking, Offset, Pop, PopStart, Request, ResetSaid, ResetTime, ResetToTime, Response,
    SimDuration, Tags, When, tool,
};
use crate::rocketmq::replay::{Runner, Seen};
use crate::rocketmq::topic_steps::{RECORDER, code, done};
use crate::rocketmq::world::ReplayWorld;
use crate::values::to_value;

/// For how long a pop hides its messages.
const INVISIBLE: SimDuration = SimDuration::from_secs(600);

impl Runner<'_> {
    pub(crate) fn create_group(&mut self, group: &Arc<str>) -> Seen {
        let group = group.clone();
        let answer = self.ask(Request::Group { group });
        Seen::Value(done(answer))
    }

    pub(crate) fn stored(&mut self, of: &GroupQueue) -> Value {
        let answer = self.ask(Request::QueryOffset {
            group: of.group.clone(),
            of: of.of.clone(),
        });
        match answer {
            Some(Response::Offset(offset)) => json!({"code": "ok", "offset": offset.0}),
            Some(_) => json!({"code": "not_found"}),
            None => json!({"code": "no answer"}),
        }
    }

    pub(crate) fn update_offset(&mut self, of: &GroupQueue, offset: i64) -> Seen {
        let answer = self.ask(Request::UpdateOffset {
            group: of.group.clone(),
            of: of.of.clone(),
            offset,
        });
        Seen::Value(done(answer))
    }

    pub(crate) fn await_offset(
        &mut self,
        of: &GroupQueue,
        offset: i64,
        within: SimDuration,
    ) -> Seen {
        let deadline = self.world.wire.now.after(within);
        let wanted = u64::try_from(offset).ok().map(Offset);
        let is_stored = |world: &ReplayWorld<'_>| {
            wanted.is_some() && world.wire.broker.lookup(&of.group, &of.of) == wanted
        };
        self.world.until(deadline, is_stored);
        Seen::Value(self.stored(of))
    }

    pub(crate) fn await_flushed(
        &mut self,
        of: &GroupQueue,
        offset: i64,
        within: SimDuration,
    ) -> Seen {
        let deadline = self.world.wire.now.after(within);
        let wanted = u64::try_from(offset).ok().map(Offset);
        let flushed = self.world.until(deadline, |world| {
            let group = world.wire.broker.group(&of.group);
            wanted.is_some() && group.and_then(|group| group.flushed(&of.of)) == wanted
        });
        Seen::Value(json!(if flushed { "ok" } else { "not in the file" }))
    }

    pub(crate) fn consumer_progress(&self, group: &Arc<str>) -> Seen {
        let rows = match tool::consumer_progress(&self.world.wire.broker, group) {
            Ok(rows) => rows,
            Err(refused) => return Seen::Value(json!({"error": code(refused)})),
        };
        let (mut seen, mut total) = (Vec::new(), 0);
        for row in &rows {
            // Whether the untouched retry topic is a row yet depends on a timer of the client.
            if row.of.topic.starts_with("%RETRY%") && row.broker.0 == 0 {
                continue;
            }
            let last = match row.last {
                Some(_) => json!({"message": row.consumer.0 - 1}),
                None => json!("N/A"),
            };
            let mut shown = json!({
                "Topic": &*row.of.topic,
                "QID": row.of.queue,
                "Broker Offset": row.broker.0,
                "Consumer Offset": row.consumer.0,
                "Diff": row.diff(),
                "LastTime": last,
            });
            if let Some(inflight) = row.inflight {
                shown["Inflight"] = json!(inflight);
            }
            total += row.diff();
            seen.push(shown);
        }
        Seen::Value(json!({"rows": seen, "Diff Total": total}))
    }

    fn asking(&mut self) -> Asking {
        Asking {
            now: self.world.wire.now,
            from: RECORDER,
            token: self.world.wire.token(),
        }
    }

    pub(crate) fn reset_to_time(
        &mut self,
        group: &Arc<str>,
        topic: &Arc<str>,
        to: At,
        force: bool,
    ) -> Seen {
        let when = match to {
            At::Units(at) => When::At(self.moment(topic, at)),
            At::Now => When::Now,
            At::End => When::End,
        };
        let asking = self.asking();
        let mut said = ResetSaid::Nothing;
        self.world.wire.broker_does(|broker, out| {
            said = tool::reset_by_time(broker, asking, (group, topic), (when, force), out);
        });
        Seen::Value(reset_said(&said, 0))
    }

    pub(crate) fn reset_request(
        &mut self,
        group: &Arc<str>,
        topic: &Arc<str>,
        to: At,
        force: bool,
    ) -> Seen {
        let to = match to {
            At::Units(at) => ResetTime::At(self.moment(topic, at)),
            At::Now | At::End => ResetTime::Max,
        };
        let answer = self.ask(Request::ResetToTime(ResetToTime {
            group: group.clone(),
            topic: topic.clone(),
            to,
            force,
        }));
        Seen::Value(match answer {
            Some(Response::Reset(offsets)) => json!({"offsets": by_queue(&offsets)}),
            other => json!({"error": done(other)}),
        })
    }

    pub(crate) fn reset_to_offset(&mut self, of: &GroupQueue, to: i64) -> Seen {
        let asking = self.asking();
        let mut said = ResetSaid::Nothing;
        self.world.wire.broker_does(|broker, out| {
            said = tool::reset_by_offset(broker, asking, (&of.group, &of.of, to), out);
        });
        let printed = || json!({"said": format!("reset consumer offset to {to}")});
        Seen::Value(match said {
            ResetSaid::Done(_) | ResetSaid::Nothing => printed(),
            ResetSaid::Rollback(_) | ResetSaid::Refused(_) => reset_said(&said, to),
        })
    }

    pub(crate) fn pop(&mut self, of: &GroupQueue, max: u32, start: PopStart) -> Seen {
        let answer = self.ask(Request::Pop(Pop {
            group: of.group.clone(),
            of: of.of.clone(),
            max,
            invisible: INVISIBLE,
            start,
            tags: Tags::All,
            times: 1,
            wait: None,
        }));
        Seen::Value(match answer {
            Some(Response::Popped(found)) => json!({"messages": to_value(&found.ranges)}),
            Some(Response::Refused(refused)) => json!({"code": refused.number()}),
            other => done(other),
        })
    }
}

fn by_queue(offsets: &[(u32, Offset)]) -> Value {
    let each = offsets
        .iter()
        .map(|(queue, offset)| (queue.to_string(), offset.0));
    json!(each.collect::<BTreeMap<String, u64>>())
}

fn reset_said(said: &ResetSaid, to: i64) -> Value {
    match said {
        ResetSaid::Done(offsets) => json!({"offsets": by_queue(offsets)}),
        ResetSaid::Rollback(rows) => {
            let row = |row: &tool::Rollback| {
                json!({
                    "queueId": row.queue,
                    "brokerOffset": row.broker.0,
                    "consumerOffset": row.consumer.0,
                    "timestampOffset": row.timestamp.0,
                    "resetOffset": row.reset.0,
                })
            };
            json!({"fallback": rows.iter().map(row).collect::<Value>()})
        }
        ResetSaid::Nothing => json!({"said": format!("reset consumer offset to {to}")}),
        ResetSaid::Refused(refused) => json!({"error": code(*refused)}),
    }
}
