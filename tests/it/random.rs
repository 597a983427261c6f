//! Random requests against the broker and a naive model of a stream: a plain `Vec` of records and
//! maps, no chunks. After every step the two must agree, and what must never happen must not have.

mod model;
mod steps;

use std::sync::Arc;

use offset_lab::family::rabbitmq::broker::{
    Broker, CommandKind, Effect, Properties, Request, StreamArguments, Token,
};
use offset_lab::family::rabbitmq::log::{Chunk, ChunkKind, Encoding, MessageRun, OffsetSpec};
use offset_lab::family::rabbitmq::rules::Rules;
use offset_lab::ids::{ActorId, ConnectionId, PublisherId, PublishingId, SubscriptionId};
use offset_lab::message::{Body, BodyPart};
use offset_lab::units::SimTime;
use proptest::collection::vec;
use proptest::prelude::*;

use model::{Command, Model, Reader, answered, confirms, written};
use steps::{CONSUMERS, PRODUCERS, Step, arguments, step};

/// Broker and model side by side.
struct Twins {
    broker: Broker,
    model: Model,
    now: u64,
    connection: u32,
    arguments: StreamArguments,
}

fn stream() -> Arc<str> {
    "s".into()
}

impl Twins {
    fn new(arguments: StreamArguments) -> Self {
        let mut twins = Self {
            broker: Broker::new(Rules::parse("4.0").expect("a version"), 1),
            model: Model::default(),
            now: 1,
            connection: 0,
            arguments: arguments.clone(),
        };
        let stream = stream();
        twins.ask(Request::Create { stream, arguments });
        twins.declare();
        twins
    }

    fn declare(&mut self) {
        for (id, reference) in PRODUCERS.iter().enumerate() {
            self.ask(Request::DeclarePublisher {
                publisher: PublisherId(id as u8),
                reference: (*reference).into(),
                stream: stream(),
            });
        }
    }

    fn ask(&mut self, request: Request) {
        let mut out = Vec::new();
        let from = ConnectionId(self.connection);
        self.broker.request(from, Token(0), request, &mut out);
        self.follow(&out);
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Publish {
                producer,
                first,
                count,
                sub_batch,
            } => {
                self.publish(*producer, *first, *count, *sub_batch);
            }
            Step::Store { consumer, offset } => {
                let (consumer, offset) = (*consumer, *offset);
                self.model
                    .mailbox
                    .push_back(Command::Store { consumer, offset });
                let reference = CONSUMERS[consumer].into();
                self.ask(Request::StoreOffset {
                    reference,
                    stream: stream(),
                    offset,
                });
            }
            Step::QueryOffset { consumer } => {
                self.model.mailbox.push_back(Command::QueryOffset {
                    consumer: *consumer,
                });
                let reference = CONSUMERS[*consumer].into();
                self.ask(Request::QueryOffset {
                    reference,
                    stream: stream(),
                });
            }
            Step::QuerySequence { producer } => {
                self.model.mailbox.push_back(Command::QuerySequence {
                    producer: *producer,
                });
                let reference = PRODUCERS[*producer].into();
                self.ask(Request::QueryPublisherSequence {
                    reference,
                    stream: stream(),
                });
            }
            Step::Subscribe { id, spec, credit } => self.subscribe(*id, *spec, *credit),
            Step::Credit { id, credit } => self.credit(*id, *credit),
            Step::Unsubscribe { id } => {
                self.model.readers.remove(id);
                self.ask(Request::Unsubscribe {
                    subscription: SubscriptionId(*id),
                });
            }
            Step::Batch { max } => self.batch(*max),
            Step::Drain => self.drain(),
            Step::Pass { ms } => self.now += ms,
            Step::Restart => self.restart(),
            Step::Close => {
                self.drain();
                self.model.readers.clear();
                self.ask(Request::Close);
                self.connection += 1;
                self.declare();
            }
        }
        self.check();
    }

    fn publish(&mut self, producer: usize, first: u64, count: u64, sub_batch: u32) {
        let run = MessageRun {
            producer: ActorId(producer as u32),
            body: Arc::new(Body {
                parts: vec![BodyPart::Id],
            }),
            encoding: Encoding::Amqp,
            first_index: 0,
            first_count: 0,
            first_id: PublishingId(first),
            count,
            sub_batch,
            filter: None,
        };
        for entry in 0..run.entries() {
            let records = (count - entry * u64::from(sub_batch)).min(u64::from(sub_batch));
            let id = first + entry;
            self.model.mailbox.push_back(Command::Message {
                producer,
                id,
                records,
            });
        }
        let publisher = PublisherId(producer as u8);
        self.ask(Request::Publish {
            publisher,
            messages: vec![run],
        });
    }

    fn subscribe(&mut self, id: u8, spec: OffsetSpec, credit: u16) {
        let fresh = Reader {
            next: u64::MAX,
            credit: u64::from(credit),
            limit: u64::from(credit) / 2,
        };
        self.model.readers.entry(id).or_insert(fresh);
        self.ask(Request::Subscribe {
            subscription: SubscriptionId(id),
            stream: stream(),
            spec,
            credit,
            properties: Properties::default(),
        });
    }

    fn credit(&mut self, id: u8, credit: u16) {
        if let Some(reader) = self.model.readers.get_mut(&id) {
            reader.credit += u64::from(credit);
        }
        let subscription = SubscriptionId(id);
        self.ask(Request::Credit {
            subscription,
            credit,
        });
    }

    fn restart(&mut self) {
        self.broker.crash();
        self.broker.start();
        self.model.mailbox.clear();
        self.model.readers.clear();
        self.model.first_at_evaluation = self.model.first;
        self.connection += 1;
        self.declare();
    }

    fn drain(&mut self) {
        while self.broker.mailbox_len("s") > 0 {
            self.batch(32);
        }
        for (id, reader) in &self.model.readers {
            let from = usize::try_from(reader.next.max(self.model.first)).unwrap_or(usize::MAX);
            let left = self.model.log.iter().skip(from).flatten().count();
            let may = reader.credit > reader.limit;
            assert!(!may || left == 0, "reader {id} was not sent {left} records");
        }
    }

    /// A batch of both: the model takes as many commands as the broker will, waits not counted.
    fn batch(&mut self, max: u64) {
        let (mut room, mut commands) = (max, 0);
        for (kind, weight) in self.broker.mailbox("s") {
            let taken = weight.min(room);
            room -= taken;
            if kind != CommandKind::Wait {
                commands += taken;
            }
        }
        let mut out = Vec::new();
        let now = SimTime(self.now * 1_000);
        self.broker.writer_batch(now, "s", max, &mut out);
        self.model_batch(commands, &out);
        self.broker.dispatch("s", &mut out);
        self.broker.retention(now, "s", &mut out);
        self.follow(&out);
    }

    fn model_batch(&mut self, commands: u64, out: &[Effect]) {
        let model = &mut self.model;
        let snapshot = out
            .iter()
            .any(|effect| written(effect, ChunkKind::TrackingSnapshot));
        let (mut accepted, mut confirmed, mut answers) = (Vec::new(), Vec::new(), Vec::new());
        let mut tracked = false;
        for _ in 0..commands {
            let command = model
                .mailbox
                .pop_front()
                .expect("both mailboxes hold the same");
            match command {
                Command::Message {
                    producer,
                    id,
                    records,
                } => {
                    confirmed.push((producer as u8, id));
                    let named = producer > 0;
                    if named && model.highest.get(&producer).is_some_and(|top| id <= *top) {
                        continue;
                    }
                    if named {
                        model.highest.insert(producer, id);
                    }
                    accepted.extend((0..records).map(|_| Some((producer, id))));
                }
                Command::Store { consumer, offset } => {
                    tracked = true;
                    model.stored.insert(consumer, offset);
                }
                Command::QueryOffset { consumer } => {
                    answers.push(model.stored.get(&consumer).copied());
                }
                Command::QuerySequence { producer } => {
                    answers.push(Some(model.highest.get(&producer).copied().unwrap_or(0)));
                }
            }
        }
        if snapshot {
            model.log.push(None);
            let first = model.first_at_evaluation;
            model.stored.retain(|_, offset| *offset >= first);
        }
        let delta = accepted.is_empty() && tracked && !snapshot;
        model.log.extend(accepted);
        model.log.extend(delta.then_some(None));
        let mut seen = confirms(out);
        seen.sort_unstable();
        confirmed.sort_unstable();
        assert_eq!(
            seen, confirmed,
            "every message of a batch is confirmed once"
        );
        assert_eq!(answered(out), answers, "queries see the batch up to them");
    }

    /// What effects say of chunks sent and segments deleted.
    fn follow(&mut self, out: &[Effect]) {
        for effect in out {
            if let Effect::Attached {
                subscription, at, ..
            } = effect
                && let Some(reader) = self.model.readers.get_mut(&subscription.0)
            {
                reader.next = at.0;
            }
            if let Some((subscription, chunk, committed)) = model::delivered(effect) {
                assert!(Some(chunk.id) <= committed, "uncommitted data was sent");
                self.delivered(subscription, chunk);
            }
            if let Some(first) = model::truncated(effect) {
                assert!(first > self.model.first);
                self.model.first = first;
            }
        }
        let stream = self.broker.stream("s").expect("it is never deleted");
        self.model.first_at_evaluation = stream.first_counter().0;
    }

    /// A chunk continues where the last one ended: only tracking and what retention took may lie
    /// between, and it holds exactly the model's records.
    fn delivered(&mut self, id: u8, chunk: &Chunk) {
        let model = &mut self.model;
        let reader = model
            .readers
            .get_mut(&id)
            .expect("only subscribers are sent chunks");
        reader.credit = reader
            .credit
            .checked_sub(1)
            .expect("credit is never overdrawn");
        assert!(chunk.id.0 >= reader.next);
        let skipped = reader.next.max(model.first)..chunk.id.0;
        for offset in skipped {
            assert_eq!(
                model.log[offset as usize], None,
                "offset {offset} was passed over"
            );
        }
        let mut offset = chunk.id.0;
        for run in &chunk.runs {
            for k in 0..run.count {
                let record = (run.producer.0 as usize, run.message(k).id.0);
                assert_eq!(model.log[offset as usize], Some(record));
                offset += 1;
            }
        }
        reader.next = offset;
    }

    /// What holds after every step.
    fn check(&self) {
        let stream = self.broker.stream("s").expect("it is never deleted");
        let log = stream.log();
        assert_eq!(log.next().0, self.model.log.len() as u64);
        assert_eq!(log.first().0, self.model.first);
        let mut next = log.first();
        for chunk in log.chunks() {
            assert_eq!(chunk.id, next, "offsets leave no gap");
            assert!(chunk.records > 0);
            next = chunk.next();
        }
        assert_eq!(next, log.next());
        let bytes: u64 = log.chunks().map(|chunk| chunk.bytes).sum();
        assert_eq!(log.bytes(), bytes + 8 * log.segments().len() as u64);
        if self.arguments.max_length.is_none() && self.arguments.max_age.is_none() {
            assert_eq!(self.model.first, 0, "without limits nothing is deleted");
        }
        let from = ConnectionId(self.connection);
        for (id, reader) in &self.model.readers {
            let subscription = self.broker.subscription(from, SubscriptionId(*id));
            assert_eq!(subscription.map(|s| s.credit()), Some(reader.credit));
        }
        let stored: Vec<_> = stream
            .tracking()
            .offsets()
            .map(|(_, offset)| offset)
            .collect();
        assert_eq!(
            stored,
            self.model.stored.values().copied().collect::<Vec<_>>()
        );
    }
}

proptest! {
    // 400 runs of about 300 steps: more than 100,000 requests.
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_broker_agrees_with_a_plain_list(
        arguments in arguments(),
        steps in vec(step(), 200..400),
    ) {
        let mut twins = Twins::new(arguments);
        for step in &steps {
            twins.step(step);
        }
        twins.drain();
        twins.check();
    }
}
