//! A scenario replayed step by step: clients, requests, batches, time. Which of the schedules that a
//! transcript leaves open it follows is chosen from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::rabbitmq::check;
use crate::rabbitmq::copy_cost::CopyCost;
use crate::rabbitmq::cut::Chosen;
use crate::rabbitmq::observe;
use crate::rabbitmq::op::{Op, Spec};
use crate::rabbitmq::plan::{Life, Plan};
use crate::rabbitmq::prelude::{
    BatchCap, Broker, Chunk, ConnectionId, Effect, PublisherId, Request, Response, ResponseCode,
    Rules, SimDuration, SimTime, SubscriptionId, Token,
};
use crate::rabbitmq::step::Step;
use crate::report::{Difference, Reason};
use crate::transcript::Scenario;
use crate::values::Ranges;
use crate::work::Work;

/// Where the clock of a replay starts: late enough for moments before the first chunk.
const START: SimTime = SimTime(1_000_000_000);
/// Between two steps.
const STEP: SimDuration = SimDuration::from_millis(100);

/// Picks the observation of one of the recorded runs.
pub(crate) type Observe = fn(&Step) -> Option<&Value>;

/// What one replay came to, up to its first difference: what follows one shows nothing more.
pub(crate) struct Attempt {
    pub(crate) compared: u32,
    pub(crate) matched: u32,
    pub(crate) given: u32,
    pub(crate) skipped: BTreeMap<Reason, u32>,
    pub(crate) difference: Option<Difference>,
    /// How many options each choice had that was made up to the difference.
    pub(crate) offered: Vec<u8>,
    /// Whether the work was used up before the last step.
    pub(crate) unfinished: bool,
}

/// What a step shows.
pub(crate) enum Seen {
    /// To be compared.
    Value(Value),
    /// What the replay took from the observation itself.
    Given,
    /// Not to be compared.
    Skip(Reason),
    /// Nothing.
    Nothing,
}

/// A client of the transcript: one connection at a time.
#[derive(Clone, Debug, Default)]
pub(crate) struct TranscriptClient {
    pub(crate) id: ConnectionId,
    pub(crate) answers: BTreeMap<Token, Response>,
    pub(crate) confirms: Vec<(u8, Ranges)>,
    pub(crate) errors: Vec<(u8, Ranges, ResponseCode)>,
    pub(crate) events: Vec<Value>,
    pub(crate) subscriptions: BTreeMap<SubscriptionId, Subscribed>,
    pub(crate) last_publisher: Option<u8>,
    /// The broker closed the connection, and no step has said so yet.
    pub(crate) closed: bool,
}

/// A subscription as its client sees it.
#[derive(Clone, Debug)]
pub(crate) struct Subscribed {
    pub(crate) stream: String,
    pub(crate) delivered: Vec<Arc<Chunk>>,
    pub(crate) auto_credit: bool,
    /// Offsets below are dropped: of the subscribe's own spec, and of the answer to an update.
    pub(crate) from: (u64, u64),
    pub(crate) answer: Option<Option<Spec>>,
    /// Its spec is a moment of the recording that cannot be placed.
    pub(crate) unknown: bool,
}

/// The state of one replay.
pub(crate) struct Runner<'a> {
    pub(crate) scenario: &'a Scenario<Step>,
    pub(crate) broker: Broker,
    pub(crate) now: SimTime,
    pub(crate) clients: BTreeMap<String, TranscriptClient>,
    pub(crate) last_created: String,
    /// Who declared a publisher for a stream last.
    pub(crate) declared: BTreeMap<String, (String, u8)>,
    /// Lives whose messages no step publishes, and which have got them.
    pub(crate) supplied: BTreeSet<(String, u32)>,
    /// Whether the transcript shows every chunk that the present step wrote.
    pub(crate) shown: bool,
    /// Whether duplicates left open into how many batches the present step's commands went.
    pub(crate) frames_free: bool,
    /// Batches that end where the transcript shows it.
    pub(crate) given_cuts: u32,
    /// A deletion is at work that no step shows.
    pub(crate) unshown_deletion: bool,
    pub(crate) plan: &'a Plan,
    pub(crate) work: &'a Work,
    pub(crate) copy: CopyCost,
    pub(crate) lives: BTreeMap<String, u32>,
    pub(crate) caps: BTreeMap<Arc<str>, BatchCap>,
    pub(crate) names: BTreeMap<ConnectionId, String>,
    pub(crate) chosen: Chosen,
    connections: u32,
    tokens: u32,
    pub(crate) running: bool,
    /// Stores wait that are written one by one.
    pub(crate) one_by_one: bool,
    /// The broker before requests that nobody has waited for.
    pub(crate) before_unawaited: Option<Broker>,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(
        rules: &Rules,
        scenario: &'a Scenario<Step>,
        plan: &'a Plan,
        work: &'a Work,
    ) -> Self {
        Self {
            scenario,
            broker: Broker::new(rules.clone(), 1),
            now: START,
            clients: BTreeMap::new(),
            last_created: String::new(),
            declared: BTreeMap::new(),
            supplied: BTreeSet::new(),
            shown: true,
            frames_free: false,
            given_cuts: 0,
            unshown_deletion: false,
            plan,
            work,
            copy: CopyCost::default(),
            lives: BTreeMap::new(),
            caps: BTreeMap::new(),
            names: BTreeMap::new(),
            chosen: Chosen::default(),
            connections: 0,
            tokens: 0,
            running: true,
            one_by_one: false,
            before_unawaited: None,
        }
    }

    pub(crate) fn run(mut self, steps: &[Step], observe: Observe) -> Attempt {
        let mut attempt = Attempt {
            compared: 0,
            matched: 0,
            given: 0,
            skipped: BTreeMap::new(),
            difference: None,
            offered: Vec::new(),
            unfinished: false,
        };
        for (at, step) in steps.iter().enumerate() {
            self.work.spend(5);
            self.now = self.now.after(STEP);
            self.shown = true;
            self.frames_free = false;
            let expected = observe(step);
            let seen = self.step(&step.op, expected);
            if self.work.is_spent() {
                attempt.unfinished = true;
                break;
            }
            let Some(expected) = expected else {
                continue;
            };
            match seen {
                Seen::Nothing => {}
                Seen::Given => attempt.given += 1,
                Seen::Skip(reason) => *attempt.skipped.entry(reason).or_default() += 1,
                Seen::Value(got) => {
                    attempt.compared += 1;
                    if check::same(&step.op, expected, &got, self.shown) {
                        attempt.matched += 1;
                        let fixed = self.shown && !self.frames_free;
                        if check::frames_open(&step.op, expected, fixed) {
                            *attempt.skipped.entry(Reason::Scheduling).or_default() += 1;
                        }
                    } else {
                        attempt.difference = Some(Difference {
                            step: at + 1,
                            op: step.name.clone(),
                            expected: expected.to_string(),
                            got: got.to_string(),
                        });
                        break;
                    }
                }
            }
        }
        attempt.given += self.given_cuts;
        attempt.offered = self.chosen.offered;
        attempt
    }

    fn step(&mut self, op: &Op, expected: Option<&Value>) -> Seen {
        match op {
            Op::Create { stream, args } => self.create(stream, args, expected),
            Op::Delete { stream } => self.delete(stream, expected),
            Op::DeclarePublisher {
                on,
                publisher,
                reference,
                stream,
            } => self.declare(on, *publisher, reference, stream),
            Op::DeletePublisher { on, publisher } => {
                let publisher = PublisherId(*publisher);
                self.ask(on, Request::DeletePublisher { publisher })
            }
            Op::Publish(publish) => self.publish(publish, expected),
            Op::PublishSubBatch {
                on,
                publisher,
                id,
                records,
            } => self.publish_sub_batch(on, *publisher, *id, *records, expected),
            Op::Subscribe(subscribe) => self.subscribe(subscribe),
            Op::Credit {
                on,
                subscription,
                credit,
            } => self.credit(on, SubscriptionId(*subscription), *credit),
            Op::Read { on, subscription } => self.read(on, *subscription, expected),
            Op::Unsubscribe { on, subscription } => {
                self.unsubscribe(on, SubscriptionId(*subscription))
            }
            Op::StoreOffset {
                on,
                reference,
                stream,
                offset,
                times,
                gap_us,
            } => self.store(on, reference, stream, (*offset, *times, *gap_us)),
            Op::Query { on, stream, what } => self.query(on, stream, what),
            Op::DiskLog { stream } => self.disk_log(stream.as_deref(), expected),
            Op::ListQueues { stream } => self.list_queues(stream.as_deref()),
            Op::CloseConnection { on, crash } => self.close(on, *crash),
            Op::ClosedByBroker { on } => self.closed_by_broker(on),
            Op::Events { on } => {
                self.settle();
                Seen::Value(Value::Array(std::mem::take(&mut self.client(on).events)))
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
    pub(crate) fn client(&mut self, on: &str) -> &mut TranscriptClient {
        if !self.clients.contains_key(on) {
            self.reconnect(on);
        }
        self.clients
            .get_mut(on)
            .expect("a client is made when it is first mentioned")
    }

    /// Closes the client's connection, if it has one, and gives it a new one.
    pub(crate) fn reconnect(&mut self, on: &str) {
        if let Some(old) = self.clients.get(on).map(|client| client.id) {
            let token = self.token();
            self.request(old, token, Request::Close);
        }
        let id = ConnectionId(self.connections);
        self.connections += 1;
        self.names.insert(id, on.to_string());
        let client = TranscriptClient {
            id,
            ..TranscriptClient::default()
        };
        self.clients.insert(on.to_string(), client);
    }

    pub(crate) fn token(&mut self) -> Token {
        self.tokens += 1;
        Token(self.tokens)
    }

    /// Sends a request whose answer comes at once or with the writer's next batches.
    pub(crate) fn answer(&mut self, on: &str, request: Request) -> Option<Response> {
        let token = self.send(on, request);
        if !self.client(on).answers.contains_key(&token) {
            self.settle();
        }
        self.client(on).answers.remove(&token)
    }

    pub(crate) fn ask(&mut self, on: &str, request: Request) -> Seen {
        let response = self.answer(on, request);
        Seen::Value(json!(observe::code(response.as_ref())))
    }

    /// Sends a request without waiting for anything.
    pub(crate) fn send(&mut self, on: &str, request: Request) -> Token {
        let (token, id) = (self.token(), self.client(on).id);
        self.request(id, token, request);
        token
    }

    pub(crate) fn request(&mut self, from: ConnectionId, token: Token, request: Request) {
        let effects = self.effects_of(from, token, request);
        self.route(effects);
    }

    /// What a request does at once; nothing while the broker is down, or once the work is used up.
    pub(crate) fn effects_of(
        &mut self,
        from: ConnectionId,
        token: Token,
        request: Request,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.running && !self.work.is_spent() {
            let before = self.copy.units();
            self.copy.requested(&request);
            let came_in = self.copy.units() - before;
            self.broker.request(from, token, request, &mut effects);
            self.work.spend(5 + came_in + 2 * effects.len() as u64);
        }
        effects
    }

    /// The present life of a stream as the transcript shows it.
    pub(crate) fn life(&self, stream: &str) -> Option<&'a Life> {
        let life = self.lives.get(stream).copied().unwrap_or(0);
        self.plan.lives.get(&(stream.to_string(), life))
    }

    pub(crate) fn begin_life(&mut self, stream: &str) {
        *self.lives.entry(stream.to_string()).or_default() += 1;
        self.caps.remove(stream);
        self.last_created = stream.to_string();
    }
}
