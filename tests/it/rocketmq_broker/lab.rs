//! A RocketMQ broker, driven by hand.

use std::sync::Arc;

use offset_lab::family::rocketmq::broker::{
    Broker, BrokerSettings, Effect, Pull, Pulled, QueueName, Request, Response, Tags, Task, Token,
};
use offset_lab::family::rocketmq::rules::Rules;
use offset_lab::family::rocketmq::store::{MessageRun, Spread};
use offset_lab::ids::{ActorId, ConnectionId};
use offset_lab::message::template;
use offset_lab::units::{Bytes, SimDuration, SimTime};

pub(super) const A: ConnectionId = ConnectionId(1);
pub(super) const B: ConnectionId = ConnectionId(2);
/// Bytes of a file of the commit log.
pub(super) const FILE: u64 = 16 * 1024;

/// A broker, the present moment, and what it did last.
pub(super) struct Lab {
    pub(super) broker: Broker,
    pub(super) now: SimTime,
    pub(super) out: Vec<Effect>,
    tokens: u32,
}

pub(super) fn of(topic: &str, queue: u32) -> QueueName {
    let topic = topic.into();
    QueueName { topic, queue }
}

pub(super) fn seconds(seconds: u64) -> SimDuration {
    SimDuration::from_secs(seconds)
}

pub(super) fn run(count: u64) -> MessageRun {
    MessageRun {
        producer: ActorId(0),
        body: Arc::new(template("m{n}")),
        padded: 0,
        key: None,
        tag: None,
        first_index: 0,
        first_count: 0,
        step: 1,
        count,
        attempt: 0,
    }
}

impl Lab {
    /// A broker of a version with a topic `t` of so many queues, and a group `g`.
    pub(super) fn new(version: &str, queues: u32) -> Self {
        let settings = BrokerSettings {
            commit_log_file: Bytes(FILE),
            ..BrokerSettings::default()
        };
        Self::with(version, queues, settings)
    }

    pub(super) fn with(version: &str, queues: u32, settings: BrokerSettings) -> Self {
        let rules = Rules::parse(version).expect("a version");
        let mut lab = Self {
            broker: Broker::new(rules, settings),
            now: SimTime::ZERO,
            out: Vec::new(),
            tokens: 0,
        };
        lab.topic("t", queues);
        lab.ask(Request::Group { group: "g".into() });
        lab
    }

    pub(super) fn topic(&mut self, topic: &str, queues: u32) {
        self.ask(Request::Topic {
            topic: topic.into(),
            read_queues: queues,
            write_queues: queues,
        });
    }

    /// Asks, on connection A; the answer, if it comes at once.
    pub(super) fn ask(&mut self, request: Request) -> Option<Response> {
        self.ask_from(A, request)
    }

    pub(super) fn ask_from(&mut self, from: ConnectionId, request: Request) -> Option<Response> {
        self.tokens += 1;
        let token = Token(self.tokens);
        self.out.clear();
        self.broker
            .request(self.now, from, token, request, &mut self.out);
        answers(&self.out).pop()
    }

    /// Sends messages and lets them become visible.
    pub(super) fn send(&mut self, queue: u32, count: u64) -> Option<Response> {
        self.send_run("t", Spread::Queue(queue), run(count), 0)
    }

    pub(super) fn send_run(
        &mut self,
        topic: &str,
        spread: Spread,
        messages: MessageRun,
        level: u8,
    ) -> Option<Response> {
        let sent = self.ask(Request::Send {
            topic: topic.into(),
            spread,
            messages,
            level,
        });
        self.pass(SimDuration::from_millis(1));
        sent
    }

    /// Lets time pass: the broker does what is due, and `out` has what came of it.
    pub(super) fn pass(&mut self, time: SimDuration) {
        let until = self.now.after(time);
        self.out.clear();
        while let Some(next) = self.broker.next_moment(self.now).filter(|at| *at <= until) {
            self.now = next;
            for task in Task::ALL {
                if self.broker.next_of(next, task) == Some(next) {
                    self.broker.work(next, task, &mut self.out);
                }
            }
        }
        self.now = until;
    }

    /// Another topic's messages fill the file until the next has begun.
    pub(super) fn roll(&mut self) {
        self.topic("other", 1);
        let file = |lab: &Self| lab.broker.store().log().end().0 / FILE;
        let before = file(self);
        while file(self) == before {
            let mut filler = run(1);
            filler.padded = 2_000;
            self.send_run("other", Spread::Queue(0), filler, 0);
        }
    }

    /// Every file but the one that is written to expires and is deleted.
    pub(super) fn expire(&mut self) {
        let settings = self.broker.settings_mut();
        let reserved = std::mem::replace(&mut settings.reserved, SimDuration::ZERO);
        self.out.clear();
        self.broker.expire(self.now, &mut self.out);
        self.broker.settings_mut().reserved = reserved;
    }

    pub(super) fn bounds(&self, queue: u32) -> (u64, u64) {
        let of = of("t", queue);
        (self.broker.min(&of).0, self.broker.max(&of).0)
    }

    pub(super) fn pull_request(offset: i64) -> Pull {
        Pull {
            of: of("t", 0),
            group: "g".into(),
            offset,
            max: 32,
            times: 1,
            tags: Tags::All,
            commit: None,
            wait: None,
        }
    }

    pub(super) fn pull(&mut self, offset: i64) -> Pulled {
        self.pull_with(Self::pull_request(offset))
    }

    pub(super) fn pull_with(&mut self, pull: Pull) -> Pulled {
        match self.ask(Request::Pull(pull)) {
            Some(Response::Pulled(pulled)) => pulled,
            other => panic!("no answer to a pull: {other:?}"),
        }
    }

    pub(super) fn commit(&mut self, offset: i64) -> Option<Response> {
        self.ask(Request::UpdateOffset {
            group: "g".into(),
            of: of("t", 0),
            offset,
        })
    }

    /// What a member is told of the group's offset on queue 0.
    pub(super) fn lookup(&self) -> Option<u64> {
        self.broker.lookup("g", &of("t", 0)).map(|offset| offset.0)
    }

    pub(super) fn stored(&self) -> Option<u64> {
        self.broker.offset("g", &of("t", 0)).map(|offset| offset.0)
    }
}

/// The answers among effects.
pub(super) fn answers(out: &[Effect]) -> Vec<Response> {
    let answer = |effect: &Effect| match effect {
        Effect::Response { response, .. } => Some(response.clone()),
        Effect::Notice { .. } | Effect::Changed(_) => None,
    };
    out.iter().filter_map(answer).collect()
}
