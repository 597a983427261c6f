//! Steps on topics and messages.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::rocketmq::op::{At, Key, PullOp, Send};
use crate::rocketmq::prelude::{
    ActorId, Boundary, ConnectionId, MessageRun, Pull, QueueName, Request, Response, ResponseCode,
    SimDuration, SimTime, Spread, TopicRow, hash,
};
use crate::rocketmq::replay::{Runner, Seen, Told};
use crate::values::{Ranges, to_value};

/// The connection of producers, tools and bare requests.
pub(crate) const RECORDER: ConnectionId = ConnectionId(0);
/// A unit of the times of messages.
const UNIT: SimDuration = SimDuration::from_millis(10);
/// Until what was appended is visible, with room to spare.
const VISIBLE: SimDuration = SimDuration::from_millis(20);

/// How a refusal is written.
pub(crate) fn code(code: ResponseCode) -> Value {
    json!(format!("code {}", code.number()))
}

impl Runner<'_> {
    pub(crate) fn ask(&mut self, request: Request) -> Option<Response> {
        self.world.wire.ask(RECORDER, request)
    }

    pub(crate) fn told(&mut self, topic: &Arc<str>) -> &mut Told {
        let fresh = Told {
            sent: 0,
            unit: None,
        };
        self.topics.entry(topic.clone()).or_insert(fresh)
    }

    /// The moment of a time in units of a topic's messages.
    pub(crate) fn moment(&self, topic: &str, at: i64) -> SimTime {
        let unit = self.topics.get(topic).and_then(|told| told.unit);
        let (from, moment) = unit.unwrap_or((0, self.world.wire.now));
        let further = i128::from(at - from) * i128::from(UNIT.0);
        let moment = i128::from(moment.0) + further;
        SimTime(u64::try_from(moment.max(0)).unwrap_or(u64::MAX))
    }

    pub(crate) fn topic(&mut self, topic: &Arc<str>, read_queues: u32, write_queues: u32) -> Seen {
        let answer = self.ask(Request::Topic {
            topic: topic.clone(),
            read_queues,
            write_queues,
        });
        Seen::Value(done(answer))
    }

    /// The next messages of a topic, all alike.
    fn numbered(
        &mut self,
        topic: &Arc<str>,
        count: u64,
        like: (Option<Arc<str>>, u32),
    ) -> MessageRun {
        let body = self.body.clone();
        let told = self.told(topic);
        let first = told.sent;
        told.sent += count;
        MessageRun {
            producer: ActorId(0),
            body,
            padded: like.1,
            key: None,
            tag: like.0,
            first_index: first,
            first_count: first,
            step: 1,
            count,
            attempt: 0,
        }
    }

    fn send_run(
        &mut self,
        topic: &Arc<str>,
        spread: Spread,
        messages: MessageRun,
        level: u8,
    ) -> Result<Vec<(u32, u64, u64)>, Value> {
        let answer = self.ask(Request::Send {
            topic: topic.clone(),
            spread,
            messages,
            level,
        });
        match answer {
            Some(Response::Sent(sent)) => {
                let each = sent
                    .iter()
                    .map(|sent| (sent.queue, sent.first.0, sent.count));
                Ok(each.collect())
            }
            other => Err(done(other)),
        }
    }

    pub(crate) fn send(&mut self, send: &Send) -> Seen {
        let (topic, spread) = (&send.of.topic, Spread::Queue(send.of.queue));
        let like = (send.tag.clone(), send.size);
        let mut offsets = Ranges::new();
        let batches = if send.at.is_empty() {
            vec![(None, send.count)]
        } else {
            let mut batches: Vec<(Option<i64>, u64)> = Vec::new();
            for at in &send.at {
                match batches.last_mut() {
                    Some((before, count)) if *before == Some(*at) => *count += 1,
                    Some(_) | None => batches.push((Some(*at), 1)),
                }
            }
            batches
        };
        let mut before = None;
        for (at, count) in batches {
            if let Some(at) = at {
                // The first of them is now; the others as much later as their times are.
                let gap = u64::try_from(at - before.unwrap_or(at)).unwrap_or(0);
                self.world.pass(UNIT.times(gap));
                if before.is_none() {
                    let now = self.world.wire.now;
                    self.told(topic).unit = Some((at, now));
                }
                before = Some(at);
            }
            let run = self.numbered(topic, count, like.clone());
            match self.send_run(topic, spread, run, send.level) {
                Ok(sent) => {
                    for (_, first, count) in sent {
                        crate::values::push(&mut offsets, (first, count));
                    }
                }
                Err(refused) => return Seen::Value(refused),
            }
        }
        self.world.pass(VISIBLE);
        if send.level > 0 {
            return Seen::Value(json!("ok"));
        }
        Seen::Value(json!({"offsets": to_value(&offsets)}))
    }

    /// The first queue is random: the one that the recording shows, if it shows one.
    pub(crate) fn send_round_robin(
        &mut self,
        topic: &Arc<str>,
        count: u64,
        expected: Option<&Value>,
    ) -> Seen {
        let queues = self
            .world
            .wire
            .broker
            .topic(topic)
            .map_or(0, |it| it.write_queues);
        let by_queue = |first: u32| {
            let shares = Spread::RoundRobin { first, queues }.shares(count);
            let each = shares.map(|share| (share.queue.to_string(), share.count));
            json!(each.collect::<BTreeMap<String, u64>>())
        };
        let first = (0..queues).find(|first| expected == Some(&by_queue(*first)));
        if !count.is_multiple_of(u64::from(queues.max(1))) {
            self.given += 1;
        }
        let run = self.numbered(topic, count, (None, 0));
        let first = first.unwrap_or(0);
        let spread = Spread::RoundRobin { first, queues };
        match self.send_run(topic, spread, run, 0) {
            Ok(sent) => {
                self.world.pass(VISIBLE);
                let each = sent
                    .iter()
                    .map(|(queue, _, count)| (queue.to_string(), *count));
                Seen::Value(json!(each.collect::<BTreeMap<String, u64>>()))
            }
            Err(refused) => Seen::Value(refused),
        }
    }

    pub(crate) fn send_by_key(&mut self, topic: &Arc<str>, keys: &[Key]) -> Seen {
        let queues = self
            .world
            .wire
            .broker
            .topic(topic)
            .map_or(0, |it| it.write_queues);
        let mut chosen = Vec::new();
        for key in keys {
            let hash = match key {
                Key::Text(text) => hash::java_string(text),
                // `Integer.hashCode`, and `Long.hashCode` of what is longer.
                Key::Number(number) => i32::try_from(*number)
                    .unwrap_or((*number ^ ((*number).cast_unsigned() >> 32).cast_signed()) as i32),
            };
            let queue = hash::queue_of(hash, queues);
            let run = self.numbered(topic, 1, (None, 0));
            match self.send_run(topic, Spread::Queue(queue), run, 0) {
                Ok(sent) => chosen.extend(sent.first().map(|sent| sent.0)),
                Err(refused) => return Seen::Value(refused),
            }
        }
        self.world.pass(VISIBLE);
        Seen::Value(json!(chosen))
    }

    pub(crate) fn pull(&mut self, pull: &PullOp) -> Seen {
        let answer = self.ask(Request::Pull(Pull {
            of: pull.of.clone(),
            group: pull.group.clone(),
            offset: pull.offset,
            max: pull.max,
            times: 1,
            tags: pull.tags.clone(),
            commit: pull.commit,
            wait: None,
        }));
        let Some(Response::Pulled(pulled)) = answer else {
            return Seen::Value(json!({"status": done(answer)}));
        };
        let mut seen = json!({
            "status": pulled.status.to_client(pull.offset).word(),
            "store_status": pulled.status.word(),
            "next": pulled.next.0,
            "min": pulled.min.0,
            "max": pulled.max.0,
        });
        if !pulled.found.ranges.is_empty() {
            seen["messages"] = to_value(&pulled.found.ranges);
        }
        Seen::Value(seen)
    }

    pub(crate) fn search(&mut self, of: &QueueName, at: At, upper: bool) -> Seen {
        let at = match at {
            At::Units(at) => self.moment(&of.topic, at),
            At::Now | At::End => self.world.wire.now,
        };
        let boundary = if upper {
            Boundary::Upper
        } else {
            Boundary::Lower
        };
        let of = of.clone();
        let answer = self.ask(Request::SearchOffset { of, at, boundary });
        Seen::Value(match answer {
            Some(Response::Offset(offset)) => json!(offset.0),
            other => done(other),
        })
    }

    pub(crate) fn topic_status(&mut self, topic: &Arc<str>) -> Seen {
        let topic = topic.clone();
        let rows = match self.ask(Request::TopicStats { topic }) {
            Some(Response::TopicStats(rows)) => rows,
            _ => Vec::new(),
        };
        let row = |row: &TopicRow| {
            json!({
                "QID": row.queue,
                "Min Offset": row.min.0,
                "Max Offset": row.max.0,
                "Last Updated": row.last.is_some(),
            })
        };
        Seen::Value(rows.iter().map(row).collect())
    }
}

/// `"ok"`, or the code.
pub(crate) fn done(answer: Option<Response>) -> Value {
    match answer {
        Some(Response::Refused(refused)) => code(refused),
        Some(_) => json!("ok"),
        None => json!("no answer"),
    }
}
