//! Steps of producers, and on streams: declare, publish in frames, confirms; create with arguments.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::rabbitmq::create_arguments::{CreateArguments, arguments};
use crate::rabbitmq::observe;
use crate::rabbitmq::op::Publish;
use crate::rabbitmq::prelude::{
    ActorId, Body, BodyPart, Encoding, MessageRun, PublisherId, PublishingId, Request, ResponseCode,
};
use crate::rabbitmq::replay::{Runner, Seen};
use crate::report::Reason;
use crate::values::{Ranges, push, to_value};

/// Refused ids that are listed one by one, as a transcript lists them.
const LISTED: usize = 100_000;

impl Runner<'_> {
    pub(crate) fn create(
        &mut self,
        stream: &str,
        args: &Map<String, Value>,
        expected: Option<&Value>,
    ) -> Seen {
        self.settle();
        let arguments = match arguments(args, self.broker.rules()) {
            CreateArguments::Good(arguments) => arguments,
            CreateArguments::Refused => return Seen::Value(json!("precondition_failed")),
            CreateArguments::Poison => {
                self.client("A").closed = true;
                return Seen::Value(json!("tcp: closed by broker"));
            }
        };
        let name: Arc<str> = Arc::from(stream);
        // A stream that could be created again must have been deleted in between.
        let again =
            expected.is_some_and(|code| code == "ok") && self.broker.stream(stream).is_some();
        if again {
            self.unshown_deletion = true;
            let stream = name.clone();
            self.answer("A", Request::Delete { stream });
            self.unshown_deletion = false;
        }
        let request = Request::Create {
            stream: name,
            arguments,
        };
        let response = self.answer("A", request);
        let code = observe::code(response.as_ref());
        if code == ResponseCode::Ok.name() {
            self.begin_life(stream);
        } else if self.last_created.is_empty() {
            self.last_created = stream.into();
        }
        if again {
            return Seen::Given;
        }
        Seen::Value(json!(code))
    }

    pub(crate) fn delete(&mut self, stream: &str, expected: Option<&Value>) -> Seen {
        self.settle();
        // A stream that could be deleted was there, whoever created it.
        let unshown = expected.is_some_and(|code| code == "ok") && !self.lives.contains_key(stream);
        if unshown {
            self.create(stream, &Map::new(), None);
        }
        let stream = Arc::from(stream);
        let seen = self.ask("A", Request::Delete { stream });
        if unshown { Seen::Given } else { seen }
    }

    pub(crate) fn declare(
        &mut self,
        on: &str,
        publisher: u8,
        reference: &str,
        stream: &str,
    ) -> Seen {
        self.client(on).last_publisher = Some(publisher);
        self.declared
            .insert(stream.to_string(), (on.to_string(), publisher));
        let request = Request::DeclarePublisher {
            publisher: PublisherId(publisher),
            reference: Arc::from(reference),
            stream: Arc::from(stream),
        };
        let response = self.answer(on, request);
        Seen::Value(json!(observe::code(response.as_ref())))
    }

    pub(crate) fn publish(&mut self, publish: &Publish, expected: Option<&Value>) -> Seen {
        let publisher = self.publisher(&publish.on, publish.publisher);
        let awaited = publish.await_each || publish.await_confirm;
        if awaited {
            let client = self.client(&publish.on);
            client.confirms.clear();
            client.errors.clear();
        }
        for messages in frames(publish) {
            let request = Request::Publish {
                publisher,
                messages,
            };
            self.send(&publish.on, request);
            if publish.await_each {
                self.settle();
            }
        }
        if !awaited {
            return Seen::Nothing;
        }
        self.settle();
        let refused = !self.client(&publish.on).errors.is_empty();
        let seen = self.published(&publish.on, expected);
        // A stream that cannot start drops its publishers a moment after they were declared: a
        // frame in between vanishes, a later one is refused.
        let silent = expected.is_some_and(|seen| {
            seen.get("errors").is_none() && seen.get("confirm_frames") == Some(&json!(0))
        });
        let started = self.broker.stream(&self.last_created);
        if silent && refused && started.is_some_and(|stream| !stream.is_available()) {
            return Seen::Skip(Reason::Scheduling);
        }
        seen
    }

    pub(crate) fn publish_sub_batch(
        &mut self,
        on: &str,
        publisher: Option<u8>,
        id: u64,
        records: u32,
        expected: Option<&Value>,
    ) -> Seen {
        let publisher = self.publisher(on, publisher);
        let prefix = if records <= 10 { "s0" } else { "s" };
        let body = Body {
            parts: Vec::from([BodyPart::Literal(prefix.into()), BodyPart::Index]),
        };
        let run = MessageRun {
            producer: ActorId(0),
            body: Arc::new(body),
            encoding: if records <= 100 {
                Encoding::Padded(3)
            } else {
                Encoding::Raw
            },
            first_index: 0,
            first_count: 0,
            first_id: PublishingId(id),
            count: u64::from(records),
            // A batch of one record is one that is not full: it has a batch's header.
            sub_batch: records.max(2),
            filter: None,
        };
        let client = self.client(on);
        client.confirms.clear();
        client.errors.clear();
        let messages = Vec::from([run]);
        self.send(
            on,
            Request::Publish {
                publisher,
                messages,
            },
        );
        self.settle();
        self.published(on, expected)
    }

    fn publisher(&mut self, on: &str, publisher: Option<u8>) -> PublisherId {
        let last = self.client(on).last_publisher;
        PublisherId(publisher.or(last).unwrap_or(1))
    }

    /// What an awaited publish shows: ids confirmed in order, frames, errors; or, as its observation
    /// has it, the list of what came unasked.
    fn published(&mut self, on: &str, expected: Option<&Value>) -> Seen {
        let client = self.client(on);
        let confirms = std::mem::take(&mut client.confirms);
        let errors = std::mem::take(&mut client.errors);
        if expected.is_some_and(Value::is_array) {
            return Seen::Value(self.unasked(&confirms, &errors));
        }
        let mut ids = Ranges::new();
        for range in confirms.iter().flat_map(|(_, ids)| ids) {
            push(&mut ids, *range);
        }
        let mut seen = json!({"confirmed": to_value(&ids), "confirm_frames": confirms.len()});
        if !errors.is_empty() {
            let each = errors.iter().flat_map(|(_, ids, code)| refused(ids, *code));
            let each: Vec<Value> = each.take(LISTED).collect();
            self.work.spend(each.len() as u64);
            seen["errors"] = Value::Array(each);
        }
        Seen::Value(seen)
    }

    fn unasked(&self, confirms: &[(u8, Ranges)], errors: &[(u8, Ranges, ResponseCode)]) -> Value {
        let confirms = confirms.iter().map(
            |(publisher, ids)| json!({"ev": "confirm", "pub": publisher, "ids": to_value(ids)}),
        );
        let errors = errors.iter().map(|(publisher, ids, code)| {
            let each: Vec<Value> = refused(ids, *code).take(LISTED).collect();
            self.work.spend(each.len() as u64);
            json!({"ev": "publish_error", "pub": publisher, "errors": each})
        });
        confirms.chain(errors).collect()
    }

    pub(crate) fn confirms(&mut self, on: &str) -> Seen {
        self.settle();
        let confirms = std::mem::take(&mut self.client(on).confirms);
        if !self.shown {
            return Seen::Skip(Reason::Scheduling);
        }
        let frames = confirms
            .iter()
            .map(|(publisher, ids)| json!([publisher, to_value(ids)]));
        Seen::Value(frames.collect())
    }
}

/// Messages with consecutive ids, bodies as the recording client writes them.
pub(crate) fn run(first_id: PublishingId, count: u64) -> MessageRun {
    let parts = Vec::from([BodyPart::Literal("m".into()), BodyPart::Id]);
    MessageRun {
        producer: ActorId(0),
        body: Arc::new(Body { parts }),
        encoding: Encoding::Raw,
        first_index: 0,
        first_count: 0,
        first_id,
        count,
        sub_batch: 1,
        filter: None,
    }
}

/// Refused ids, each with the code.
fn refused(ids: &Ranges, code: ResponseCode) -> impl Iterator<Item = Value> + '_ {
    let all = ids
        .iter()
        .flat_map(|(first, count)| (0..*count).map(move |k| first.saturating_add(k)));
    all.map(move |id| json!([id, code.name()]))
}

/// Bytes of the body `m<id>`.
fn body_bytes(id: u64) -> u64 {
    2 + u64::from(id.checked_ilog10().unwrap_or(0))
}

/// The frames of a publish, each as runs of consecutive ids.
fn frames(publish: &Publish) -> Vec<Vec<MessageRun>> {
    let parts = Vec::from([BodyPart::Literal("m".into()), BodyPart::Id]);
    let body = Arc::new(Body { parts });
    let filters: Vec<Option<Arc<str>>> = publish
        .filters
        .iter()
        .map(|filter| filter.as_deref().map(Arc::from))
        .collect();
    let frame = publish.frame.unwrap_or(u64::MAX);
    let (mut frames, mut current, mut room, mut index) = (Vec::new(), Vec::new(), frame, 0u64);
    for (first, count) in &publish.ids {
        let mut done = 0;
        while done < *count {
            // Values that differ from id to id make runs of one.
            let differ = filters.len() > 1 && index < filters.len() as u64;
            // So do bodies of which some are longer than the size that others are padded to.
            let padded = publish
                .size
                .filter(|size| u64::from(*size) >= body_bytes(first.saturating_add(*count - 1)));
            let encoding = match publish.size {
                Some(size) if u64::from(size) >= body_bytes(first.saturating_add(done)) => {
                    Encoding::Padded(size)
                }
                Some(_) | None => Encoding::Raw,
            };
            let alone = differ || publish.size.is_some() && padded.is_none();
            let same = if alone { 1 } else { u64::MAX };
            let take = (count - done).min(room).min(same);
            let at = usize::try_from(index).unwrap_or(usize::MAX);
            let filter = filters
                .get(at)
                .or(filters.last().filter(|_| filters.len() == 1));
            current.push(MessageRun {
                producer: ActorId(0),
                body: body.clone(),
                encoding,
                first_index: index,
                first_count: index,
                first_id: PublishingId(first + done),
                count: take,
                sub_batch: 1,
                filter: filter.cloned().flatten(),
            });
            done += take;
            index += take;
            room -= take;
            if room == 0 {
                frames.push(std::mem::take(&mut current));
                room = frame;
            }
        }
    }
    if !current.is_empty() {
        frames.push(current);
    }
    frames
}
