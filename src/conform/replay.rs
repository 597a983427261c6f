//! A scenario replayed: every step's requests, what came back, and the search for a schedule that the
//! transcript leaves open (whether stores reached the writer before messages, or with them).

use alloc::collections::{BTreeMap, VecDeque};
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use serde_json::{Map, Value, json};

use super::check;
use super::cut::{Choices, Chosen, Cutter};
use super::observe;
use super::plan::{self, Life, Plan};
use super::step::{Op, Spec, Step};
use super::transcript::Scenario;
use super::values::Ranges;
use super::{Difference, Outcome, Reason, Verdict};
use crate::broker::rabbitmq::{
    BatchCap, Broker, Effect, Request, Response, ResponseCode, Rules, Token,
};
use crate::ids::{ConnectionId, SubscriptionId};
use crate::log::Chunk;
use crate::units::{SimDuration, SimTime};

/// Where the clock of a replay starts: late enough for moments before the first chunk.
const START: SimTime = SimTime(1_000_000_000);
/// Between two steps.
const STEP: SimDuration = SimDuration::from_millis(100);
/// Between two batches, so that no two chunks have one stamp.
const BATCH: SimDuration = SimDuration::from_millis(2);
/// How often a scenario is replayed at most in search of its schedule.
const REPLAYS: usize = 400;
/// Steps and messages that all replays of one scenario may cost together.
const WORK: u64 = 20_000_000;

/// Picks the observation of one of the recorded runs.
type Observe = fn(&Step) -> Option<&Value>;

/// What a step shows.
pub(super) enum Seen {
    /// To be compared.
    Value(Value),
    /// Not to be compared.
    Skip(Reason),
    /// Nothing.
    Nothing,
}

/// A client of the transcript: one connection at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub(super) id: ConnectionId,
    pub(super) answers: BTreeMap<Token, Response>,
    pub(super) confirms: Vec<(u8, Ranges)>,
    pub(super) errors: Vec<(Ranges, ResponseCode)>,
    pub(super) events: Vec<Value>,
    pub(super) subscriptions: BTreeMap<SubscriptionId, Subscribed>,
    pub(super) last_publisher: Option<u8>,
    /// The broker closed the connection, and no step has said so yet.
    pub(super) closed: bool,
}

/// A subscription as its client sees it.
#[derive(Clone, Debug)]
pub(super) struct Subscribed {
    pub(super) stream: String,
    pub(super) delivered: Vec<Arc<Chunk>>,
    pub(super) auto_credit: bool,
    /// Offsets below are dropped: of the subscribe's own spec, and of the answer to an update.
    pub(super) from: (u64, u64),
    pub(super) answer: Option<Option<Spec>>,
    /// Its spec is a moment of the recording that cannot be placed.
    pub(super) unknown: bool,
}

/// The state of one replay.
pub(super) struct Runner<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) broker: Broker,
    pub(super) now: SimTime,
    pub(super) clients: BTreeMap<String, Client>,
    pub(super) last_created: String,
    /// Whether the transcript shows every chunk that the present step wrote.
    pub(super) shown: bool,
    /// A deletion is at work that no step shows.
    pub(super) unshown_deletion: bool,
    plan: &'a Plan,
    lives: BTreeMap<String, u32>,
    caps: BTreeMap<Arc<str>, BatchCap>,
    names: BTreeMap<ConnectionId, String>,
    chosen: Chosen,
    connections: u32,
    tokens: u32,
    running: bool,
    /// Stores wait that are written one by one.
    one_by_one: bool,
}

/// What one replay came to.
struct Attempt {
    compared: u32,
    matched: u32,
    skipped: BTreeMap<Reason, u32>,
    difference: Option<Difference>,
    offered: Vec<u8>,
}

/// Replays a scenario as either of its recorded runs.
pub(super) fn scenario(rules: &Rules, scenario: &Scenario) -> Outcome {
    let Some(steps) = &scenario.steps else {
        return skipped(scenario, Reason::ClientLibrary);
    };
    let first = search(rules, scenario, steps, |step| step.observed.as_ref());
    let another = steps.iter().any(|step| step.in_another_run.is_some());
    let best = if first.difference.is_some() && another {
        let second = search(rules, scenario, steps, |step| {
            step.in_another_run.as_ref().or(step.observed.as_ref())
        });
        if second.difference.is_none() {
            second
        } else {
            first
        }
    } else {
        first
    };
    let verdict = match (best.difference, best.skipped.keys().next()) {
        (Some(difference), _) => Verdict::Differs(difference),
        (None, Some(reason)) if best.compared == 0 => Verdict::Skipped(*reason),
        (None, None) if best.compared == 0 => Verdict::Skipped(scenario.silent()),
        (None, _) => Verdict::Match,
    };
    Outcome {
        id: scenario.id.clone(),
        verdict,
        compared: best.compared,
        matched: best.matched,
        skipped: best.skipped,
    }
}

fn skipped(scenario: &Scenario, reason: Reason) -> Outcome {
    Outcome {
        id: scenario.id.clone(),
        verdict: Verdict::Skipped(reason),
        compared: 0,
        matched: 0,
        skipped: BTreeMap::from([(reason, 1)]),
    }
}

/// Replays with the first choice everywhere; if that differs, with ever more choices changed. What
/// gets further is kept, and the search goes on behind it.
fn search(rules: &Rules, scenario: &Scenario, steps: &[Step], observe: Observe) -> Attempt {
    let plan = plan::collect(steps, observe);
    let attempt = |given: &[u8]| {
        let mut runner = Runner::new(rules, scenario, &plan);
        runner.chosen.given = given.to_vec();
        runner.run(steps, observe)
    };
    let reach = |attempt: &Attempt| attempt.difference.as_ref().map(|at| at.step);
    let messages: u64 = plan.lives.values().map(|life| life.published).sum();
    let work = WORK / (messages + steps.len() as u64 * 50 + 1);
    let mut left = REPLAYS.min(usize::try_from(work).unwrap_or(REPLAYS));
    let mut best = attempt(&[]);
    let mut open = VecDeque::from(changes(&[], &best.offered));
    while let (Some(given), Some(reached)) = (open.pop_front(), reach(&best)) {
        if left == 0 {
            break;
        }
        left -= 1;
        let other = attempt(&given);
        let further = reach(&other).is_none_or(|step| step > reached);
        let next = changes(&given, &other.offered);
        if further {
            open.clear();
            best = other;
        }
        open.extend(next);
    }
    best
}

/// The same choices with one more changed, behind those that were changed already.
fn changes(given: &[u8], offered: &[u8]) -> Vec<Vec<u8>> {
    let one_more = |at: usize, option: u8| {
        let mut changed = given.to_vec();
        changed.resize(at, 0);
        changed.push(option);
        changed
    };
    (given.len()..offered.len())
        .flat_map(|at| (1..offered[at]).map(move |option| (at, option)))
        .map(|(at, option)| one_more(at, option))
        .collect()
}

impl<'a> Runner<'a> {
    fn new(rules: &Rules, scenario: &'a Scenario, plan: &'a Plan) -> Self {
        Self {
            scenario,
            broker: Broker::new(rules.clone(), 1),
            now: START,
            clients: BTreeMap::new(),
            last_created: String::new(),
            shown: true,
            unshown_deletion: false,
            plan,
            lives: BTreeMap::new(),
            caps: BTreeMap::new(),
            names: BTreeMap::new(),
            chosen: Chosen::default(),
            connections: 0,
            tokens: 0,
            running: true,
            one_by_one: false,
        }
    }

    fn run(mut self, steps: &[Step], observe: Observe) -> Attempt {
        let mut attempt = Attempt {
            compared: 0,
            matched: 0,
            skipped: BTreeMap::new(),
            difference: None,
            offered: Vec::new(),
        };
        for (at, step) in steps.iter().enumerate() {
            self.now = self.now.after(STEP);
            self.shown = true;
            let expected = observe(step);
            let seen = self.step(&step.op, expected);
            let Some(expected) = expected else {
                continue;
            };
            match seen {
                Seen::Nothing => {}
                Seen::Skip(reason) => *attempt.skipped.entry(reason).or_default() += 1,
                Seen::Value(got) => {
                    attempt.compared += 1;
                    if check::same(&step.op, expected, &got, self.shown) {
                        attempt.matched += 1;
                    } else if attempt.difference.is_none() {
                        attempt.difference = Some(Difference {
                            step: at + 1,
                            op: step.name.clone(),
                            expected: expected.to_string(),
                            got: got.to_string(),
                        });
                    }
                }
            }
        }
        attempt.offered = self.chosen.offered;
        attempt
    }

    fn step(&mut self, op: &Op, expected: Option<&Value>) -> Seen {
        match op {
            Op::Create { stream, args } => self.create(stream, args, expected),
            Op::Delete { stream } => {
                self.settle();
                // A stream that could be deleted was there, whoever created it.
                if expected.is_some_and(|code| code == "ok") && !self.lives.contains_key(stream) {
                    self.create(stream, &Map::new(), None);
                }
                let stream = Arc::from(stream.as_str());
                self.ask("A", Request::Delete { stream })
            }
            Op::DeclarePublisher {
                on,
                publisher,
                reference,
                stream,
            } => self.declare(on, *publisher, reference, stream),
            Op::DeletePublisher { on, publisher } => {
                let publisher = crate::ids::PublisherId(*publisher);
                self.ask(on, Request::DeletePublisher { publisher })
            }
            Op::Publish(publish) => self.publish(publish, expected),
            Op::PublishSubBatch {
                on,
                publisher,
                id,
                records,
            } => self.publish_sub_batch(on, *publisher, *id, *records),
            Op::Subscribe(subscribe) => self.subscribe(subscribe),
            Op::Credit {
                on,
                subscription,
                credit,
            } => {
                let subscription = SubscriptionId(*subscription);
                self.credit(on, subscription, *credit);
                Seen::Nothing
            }
            Op::Read { on, subscription } => self.read(on, *subscription, expected),
            Op::Unsubscribe { on, subscription } => {
                let subscription = SubscriptionId(*subscription);
                self.settle();
                self.client(on).subscriptions.remove(&subscription);
                self.ask(on, Request::Unsubscribe { subscription })
            }
            Op::StoreOffset {
                on,
                reference,
                stream,
                offset,
                times,
                gap_us,
            } => {
                self.store(on, reference, stream, (*offset, *times, *gap_us));
                Seen::Nothing
            }
            Op::QueryOffset {
                on,
                reference,
                stream,
            } => {
                let reference = Arc::from(reference.as_str());
                let request = |stream| Request::QueryOffset { reference, stream };
                self.query(on, stream, request, observe::stored)
            }
            Op::QuerySequence {
                on,
                reference,
                stream,
            } => {
                let reference = Arc::from(reference.as_str());
                let request = |stream| Request::QueryPublisherSequence { reference, stream };
                self.query(on, stream, request, observe::sequence)
            }
            Op::StreamStats { on, stream } => {
                let request = |stream| Request::StreamStats { stream };
                self.query(on, stream, request, observe::stats)
            }
            Op::Metadata { on, stream } => {
                let request = |stream| Request::Metadata { stream };
                let show = |response: Option<&Response>| json!(observe::code(response));
                self.query(on, stream, request, show)
            }
            Op::DiskLog { stream } => self.disk_log(stream.as_deref(), expected),
            Op::ListQueues { stream } => self.list_queues(stream.as_deref()),
            Op::CloseConnection { on } => {
                self.settle();
                self.reconnect(on);
                Seen::Nothing
            }
            Op::ClosedByBroker { on } => self.closed_by_broker(on),
            Op::Events { on } => {
                self.settle();
                Seen::Value(Value::Array(core::mem::take(&mut self.client(on).events)))
            }
            Op::Confirms { on } => self.confirms(on),
            Op::Broker { start, stop } => self.restart(*start, *stop),
            Op::Sleep { us } => {
                self.settle();
                self.now = self.now.after(SimDuration(*us));
                Seen::Nothing
            }
            Op::Repeat { times, words } => self.repeat(*times, words, expected),
            Op::Other => Seen::Skip(Reason::NotRecorded),
        }
    }

    /// The client of a name; it connects when it is first mentioned.
    pub(super) fn client(&mut self, on: &str) -> &mut Client {
        if !self.clients.contains_key(on) {
            self.reconnect(on);
        }
        self.clients
            .get_mut(on)
            .expect("a client is made when it is first mentioned")
    }

    /// Closes the client's connection, if it has one, and gives it a new one.
    pub(super) fn reconnect(&mut self, on: &str) {
        if let Some(old) = self.clients.get(on).map(|client| client.id) {
            let token = self.token();
            self.request(old, token, Request::Close);
        }
        let id = ConnectionId(self.connections);
        self.connections += 1;
        self.names.insert(id, on.to_string());
        let client = Client {
            id,
            ..Client::default()
        };
        self.clients.insert(on.to_string(), client);
    }

    pub(super) fn token(&mut self) -> Token {
        self.tokens += 1;
        Token(self.tokens)
    }

    /// Sends a request whose answer comes at once or with the writer's next batches.
    pub(super) fn answer(&mut self, on: &str, request: Request) -> Option<Response> {
        let token = self.send(on, request);
        if !self.client(on).answers.contains_key(&token) {
            self.settle();
        }
        self.client(on).answers.remove(&token)
    }

    fn ask(&mut self, on: &str, request: Request) -> Seen {
        let response = self.answer(on, request);
        Seen::Value(json!(observe::code(response.as_ref())))
    }

    /// Sends a request without waiting for anything.
    pub(super) fn send(&mut self, on: &str, request: Request) -> Token {
        let (token, id) = (self.token(), self.client(on).id);
        self.request(id, token, request);
        token
    }

    fn request(&mut self, from: ConnectionId, token: Token, request: Request) {
        if self.running {
            let mut effects = Vec::new();
            self.broker
                .request(self.now, from, token, request, &mut effects);
            self.route(effects);
        }
    }

    /// Lets every writer work until no command waits.
    pub(super) fn settle(&mut self) {
        loop {
            let pending: Vec<Arc<str>> = self.broker.pending().collect();
            if pending.is_empty() {
                return;
            }
            for stream in pending {
                self.batch(&stream);
            }
        }
    }

    fn batch(&mut self, stream: &Arc<str>) {
        self.now = self.now.after(BATCH);
        let cap = self.caps.entry(stream.clone()).or_default();
        let cut = Cutter {
            broker: &self.broker,
            stream,
            now: self.now,
            life: self.plan.lives.get(&(
                stream.to_string(),
                self.lives.get(&**stream).copied().unwrap_or(0),
            )),
            cap: *cap,
            one_by_one: self.one_by_one,
        }
        .next(&mut self.chosen);
        self.one_by_one = cut.one_by_one;
        let mut effects = Vec::new();
        let taken = self
            .broker
            .writer_batch(self.now, stream, cut.commands, &mut effects);
        cap.after(taken);
        self.shown &= cut.shown || !effects.iter().any(is_user_chunk);
        self.broker.dispatch(self.now, stream, &mut effects);
        self.retention(stream, &mut effects);
        self.route(effects);
    }

    /// Retention runs beside the writer: mostly after the whole batch that rolled the segment, at
    /// times before its messages are in, and then what they push out stays until the next roll.
    fn retention(&mut self, stream: &str, effects: &mut Vec<Effect>) {
        let rolled = |effect: &Effect| matches!(effect, Effect::Written { rolled: true, .. });
        if !effects.iter().any(rolled) {
            return;
        }
        let mut broker = self.broker.clone();
        let mut removed = Vec::new();
        broker.retention(self.now, stream, &mut removed);
        if removed.is_empty() || self.chosen.choose(2) == 0 {
            self.broker = broker;
            effects.append(&mut removed);
        }
    }

    /// The present life of a stream as the transcript shows it.
    pub(super) fn life(&self, stream: &str) -> Option<&'a Life> {
        let life = self.lives.get(stream).copied().unwrap_or(0);
        self.plan.lives.get(&(stream.to_string(), life))
    }

    /// Whether the transcript shows more of a stream than its steps account for.
    pub(super) fn incomplete(&self, stream: &str) -> bool {
        self.life(stream).is_some_and(Life::incomplete)
    }

    pub(super) fn begin_life(&mut self, stream: &str) {
        *self.lives.entry(stream.to_string()).or_default() += 1;
        self.caps.remove(stream);
        self.last_created = stream.to_string();
    }

    /// Hands effects to the clients; what they send by themselves (credits, answers to updates)
    /// follows.
    fn route(&mut self, effects: Vec<Effect>) {
        let mut replies = Vec::new();
        for effect in effects {
            self.deliver(effect, &mut replies);
        }
        for (from, request) in replies {
            let token = self.token();
            self.request(from, token, request);
        }
    }

    fn client_of(&mut self, id: ConnectionId) -> Option<&mut Client> {
        self.clients
            .get_mut(self.names.get(&id)?)
            .filter(|client| client.id == id)
    }

    fn deliver(&mut self, effect: Effect, replies: &mut Vec<(ConnectionId, Request)>) {
        let unshown = self.unshown_deletion;
        match effect {
            Effect::Respond {
                to,
                token,
                response,
            } => {
                if let Some(client) = self.client_of(to) {
                    client.answers.insert(token, response);
                }
            }
            Effect::Confirm {
                to, publisher, ids, ..
            } => {
                if let Some(client) = self.client_of(to) {
                    client.confirms.push((publisher.0, observe::ids(&ids)));
                }
            }
            Effect::PublishError { to, ids, code, .. } => {
                if let Some(client) = self.client_of(to) {
                    client.errors.push((observe::ids(&ids), code));
                }
            }
            Effect::Deliver {
                to,
                subscription,
                chunk,
                ..
            } => {
                let subscribed = self
                    .client_of(to)
                    .and_then(|client| client.subscriptions.get_mut(&subscription));
                if let Some(subscribed) = subscribed {
                    subscribed.delivered.push(chunk);
                    if subscribed.auto_credit {
                        replies.push((
                            to,
                            Request::Credit {
                                subscription,
                                credit: 1,
                            },
                        ));
                    }
                }
            }
            Effect::MetadataUpdate { to, stream, code } => {
                let mut event =
                    json!({"ev": "metadata_update", "code": code.name(), "stream": &*stream});
                if unshown {
                    event["unshown"] = json!(true);
                }
                if let Some(client) = self.client_of(to) {
                    client.events.push(event);
                }
            }
            Effect::ConsumerUpdate {
                to,
                subscription,
                active,
            } => {
                replies.extend(self.update(to, subscription, active));
            }
            Effect::CloseConnection { to, .. } => {
                if let Some(client) = self.client_of(to) {
                    client.closed = true;
                }
            }
            Effect::Attached { .. }
            | Effect::Waiting { .. }
            | Effect::Written { .. }
            | Effect::Stored { .. }
            | Effect::Deduplicated { .. }
            | Effect::Committed { .. }
            | Effect::Truncated { .. }
            | Effect::Forgotten { .. } => {}
        }
    }

    /// A consumer update is an event, and is answered as the subscription says.
    fn update(
        &mut self,
        to: ConnectionId,
        subscription: SubscriptionId,
        active: bool,
    ) -> Option<(ConnectionId, Request)> {
        let client = self.client_of(to)?;
        let event = json!({"ev": "consumer_update", "sub": subscription.0, "active": active});
        client.events.push(event);
        let subscribed = client.subscriptions.get(&subscription)?;
        let (answer, stream) = (subscribed.answer.clone()?, subscribed.stream.clone());
        let spec = answer.and_then(|spec| self.resolve(&stream, &spec));
        Some((to, Request::ConsumerUpdateResponse { subscription, spec }))
    }

    fn restart(&mut self, start: bool, stop: bool) -> Seen {
        if stop || self.running && start {
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

fn is_user_chunk(effect: &Effect) -> bool {
    matches!(effect, Effect::Written { chunk, .. } if matches!(chunk.kind, crate::log::ChunkKind::User))
}
