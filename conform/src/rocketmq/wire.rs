//! A broker, the present moment, and what is said between the broker and its clients. Knows no step.

use std::collections::{BTreeMap, VecDeque};

use crate::rocketmq::prelude::{
    Broker, BrokerSettings, Bytes, ConnectionId, Effect, Notice, QueueName, Request, Response,
    Rules, SimTime, Token,
};
use crate::work::Work;

/// Bytes of a file of the recorder's commit log, and entries of a file of its queues.
const FILES: (u64, u64) = (256 * 1024, 100);

/// Offsets that broadcasting members keep in files of their own, by client and group.
pub(crate) type Local = BTreeMap<(String, String), BTreeMap<QueueName, u64>>;

/// A broker, and what is on its way from it.
pub(crate) struct Wire<'a> {
    pub(crate) broker: Broker,
    pub(crate) running: bool,
    pub(crate) now: SimTime,
    pub(crate) local: Local,
    pub(crate) work: &'a Work,
    effects: Vec<Effect>,
    /// Notices that nobody has got yet.
    pub(crate) notices: VecDeque<(ConnectionId, Notice)>,
    /// Answers to pulls that waited.
    pub(crate) late: VecDeque<(ConnectionId, Token, Response)>,
    connections: u32,
    tokens: u32,
}

impl<'a> Wire<'a> {
    pub(crate) fn new(rules: &Rules, started: SimTime, now: SimTime, work: &'a Work) -> Self {
        let settings = BrokerSettings {
            commit_log_file: Bytes(FILES.0),
            consume_queue_file: FILES.1,
            delete_hours: (0..24).collect(),
            ..BrokerSettings::default()
        };
        let mut broker = Broker::new(rules.clone(), settings);
        broker.start(started, &mut Vec::new());
        Self {
            broker,
            running: true,
            now,
            local: Local::new(),
            work,
            effects: Vec::new(),
            notices: VecDeque::new(),
            late: VecDeque::new(),
            connections: 1,
            tokens: 0,
        }
    }

    pub(crate) fn connection(&mut self) -> ConnectionId {
        self.connections += 1;
        ConnectionId(self.connections)
    }

    pub(crate) fn token(&mut self) -> Token {
        self.tokens += 1;
        Token(self.tokens)
    }

    /// Sends a request; its answer, unless it waits or the broker is down.
    pub(crate) fn ask(&mut self, from: ConnectionId, request: Request) -> Option<Response> {
        let token = self.token();
        self.send(from, token, request)
    }

    pub(crate) fn send(
        &mut self,
        from: ConnectionId,
        token: Token,
        request: Request,
    ) -> Option<Response> {
        self.work.spend(10);
        if !self.running || self.work.is_spent() {
            return None;
        }
        let mut effects = std::mem::take(&mut self.effects);
        self.broker
            .request(self.now, from, token, request, &mut effects);
        self.effects = effects;
        self.sort(Some((from, token)))
    }

    /// Sorts effects into notices and late answers; the answer that is waited for is given back.
    pub(crate) fn sort(&mut self, waited: Option<(ConnectionId, Token)>) -> Option<Response> {
        let mut found = None;
        for effect in self.effects.drain(..) {
            match effect {
                Effect::Response {
                    to,
                    token,
                    response,
                } if waited == Some((to, token)) => {
                    found = Some(response);
                }
                Effect::Response {
                    to,
                    token,
                    response,
                } => self.late.push_back((to, token, response)),
                Effect::Notice { to, notice } => self.notices.push_back((to, notice)),
                Effect::Changed(_) => self.work.spend(1),
            }
        }
        found
    }

    /// Lets the broker do something by itself; what it says is sorted.
    pub(crate) fn broker_does(&mut self, what: impl FnOnce(&mut Broker, &mut Vec<Effect>)) {
        let mut effects = std::mem::take(&mut self.effects);
        what(&mut self.broker, &mut effects);
        self.effects = effects;
        self.sort(None);
    }
}
