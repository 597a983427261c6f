//! A broker with one stream, driven by hand.

use std::sync::Arc;

use offset_lab::family::rabbitmq::broker::{
    Broker, ClientFrame, Effect, Properties, Request, Response, StreamArguments, Token,
};
use offset_lab::family::rabbitmq::log::{ChunkKind, Encoding, MessageRun, OffsetSpec};
use offset_lab::family::rabbitmq::rules::Rules;
use offset_lab::ids::{ActorId, ConnectionId, PublisherId, PublishingId, SubscriptionId};
use offset_lab::message::{Body, BodyPart};
use offset_lab::units::SimTime;

pub(super) const A: ConnectionId = ConnectionId(0);
pub(super) const P: PublisherId = PublisherId(1);
pub(super) const SUB: SubscriptionId = SubscriptionId(0);

/// A broker with one stream `s`, and what it did last.
pub(super) struct Lab {
    pub(super) broker: Broker,
    pub(super) now: u64,
    pub(super) out: Vec<Effect>,
}

pub(super) fn run(first: u64, count: u64) -> MessageRun {
    MessageRun {
        producer: ActorId(0),
        body: Arc::new(Body {
            parts: vec![BodyPart::Literal("m".into()), BodyPart::Id],
        }),
        encoding: Encoding::Raw,
        first_index: 0,
        first_count: 0,
        first_id: PublishingId(first),
        count,
        sub_batch: 1,
        filter: None,
    }
}

impl Lab {
    pub(super) fn new(reference: &str, arguments: StreamArguments, nodes: u8) -> Self {
        let rules = Rules::parse("4.3").expect("a version");
        let mut lab = Self {
            broker: Broker::new(rules, nodes),
            now: 0,
            out: Vec::new(),
        };
        let stream: Arc<str> = "s".into();
        lab.ask(Request::Create {
            stream: stream.clone(),
            arguments,
        });
        lab.ask(Request::DeclarePublisher {
            publisher: P,
            reference: reference.into(),
            stream,
        });
        lab
    }

    pub(super) fn ask(&mut self, request: Request) {
        self.out.clear();
        self.broker.request(A, Token(0), request, &mut self.out);
    }

    pub(super) fn publish(&mut self, first: u64, count: u64) -> &mut Self {
        self.ask(Request::Publish {
            publisher: P,
            messages: vec![run(first, count)],
        });
        self
    }

    pub(super) fn store(&mut self, reference: &str, offset: u64) -> &mut Self {
        self.ask(Request::StoreOffset {
            reference: reference.into(),
            stream: "s".into(),
            offset,
        });
        self
    }

    /// One batch of everything that waits, then what follows from it.
    pub(super) fn batch(&mut self) -> &mut Self {
        let now = SimTime(self.now * 1_000);
        self.out.clear();
        self.broker.writer_batch(now, "s", u64::MAX, &mut self.out);
        self.broker.dispatch("s", &mut self.out);
        self.broker.retention(now, "s", &mut self.out);
        self
    }

    pub(super) fn stored(&mut self, reference: &str) -> Option<u64> {
        self.ask(Request::QueryOffset {
            reference: reference.into(),
            stream: "s".into(),
        });
        self.batch();
        self.picked(|effect| {
            if let Effect::ToClient {
                frame:
                    ClientFrame::Response {
                        response: Response::StoredOffset(offset),
                        ..
                    },
                ..
            } = effect
            {
                return Some(*offset);
            }
            None
        })
        .pop()
    }

    /// Chunks as kind, first offset and records.
    pub(super) fn chunks(&self) -> Vec<(char, u64, u64)> {
        let stream = self.broker.stream("s").expect("it was created");
        let letter = |kind| match kind {
            ChunkKind::User => 'u',
            ChunkKind::TrackingDelta => 'd',
            ChunkKind::TrackingSnapshot => 's',
        };
        let chunks = stream.log().chunks();
        chunks
            .map(|chunk| (letter(chunk.kind), chunk.id.0, chunk.records))
            .collect()
    }

    pub(super) fn first(&self) -> u64 {
        self.broker
            .stream("s")
            .expect("it was created")
            .log()
            .first()
            .0
    }

    /// What `pick` finds among the effects.
    pub(super) fn picked<T>(&self, pick: impl Fn(&Effect) -> Option<T>) -> Vec<T> {
        self.out.iter().filter_map(pick).collect()
    }

    /// The ids of each confirm frame.
    pub(super) fn confirmed(&self) -> Vec<Vec<(u64, u64)>> {
        self.picked(|effect| {
            if let Effect::ToClient {
                frame: ClientFrame::Confirm { ids, .. },
                ..
            } = effect
            {
                return Some(ids.iter().map(|run| (run.first.0, run.ids)).collect());
            }
            None
        })
    }

    pub(super) fn subscribe(&mut self, spec: OffsetSpec, credit: u16) -> Vec<u64> {
        self.ask(Request::Unsubscribe { subscription: SUB });
        self.ask(Request::Subscribe {
            subscription: SUB,
            stream: "s".into(),
            spec,
            credit,
            properties: Properties::default(),
        });
        self.delivered()
    }

    pub(super) fn credit(&mut self, credit: u16) -> usize {
        self.ask(Request::Credit {
            subscription: SUB,
            credit,
        });
        self.delivered().len()
    }

    /// The chunks that were sent.
    pub(super) fn delivered(&self) -> Vec<u64> {
        self.picked(|effect| {
            if let Effect::ToClient {
                frame: ClientFrame::Deliver { chunk, .. },
                ..
            } = effect
            {
                return Some(chunk.id.0);
            }
            None
        })
    }
}
