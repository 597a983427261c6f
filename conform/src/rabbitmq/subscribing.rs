//! Steps of consumers: subscribe, read, store and query offsets; and looks at a stream from outside.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::rabbitmq::create_arguments::{CreateArguments, arguments};
use crate::rabbitmq::observe;
use crate::rabbitmq::op::{Query, Spec, Subscribe};
use crate::rabbitmq::prelude::{
    ChunkKind, OffsetSpec, Properties, Request, Segment, SimDuration, SingleActive,
    SubscriptionFilter, SubscriptionId,
};
use crate::rabbitmq::replay::{Runner, Seen, Subscribed};
use crate::report::Reason;

impl Runner<'_> {
    pub(crate) fn subscribe(&mut self, subscribe: &Subscribe) -> Seen {
        self.settle();
        if subscribe.spec == Spec::Undefined {
            self.client(&subscribe.on).closed = true;
            return Seen::Skip(Reason::Tcp);
        }
        let subscription = SubscriptionId(subscribe.subscription);
        let spec = self.resolve(&subscribe.stream, &subscribe.spec);
        let request = Request::Subscribe {
            subscription,
            stream: Arc::from(subscribe.stream.as_str()),
            spec: spec.unwrap_or(OffsetSpec::Next),
            credit: subscribe.credit,
            properties: properties(&subscribe.props),
        };
        let own = below(Some(&subscribe.spec));
        let answer = subscribe.answer.as_ref().and_then(Option::as_ref);
        let answered = answer.map_or(own, |spec| below(Some(spec)));
        let fresh = Subscribed {
            stream: subscribe.stream.clone(),
            delivered: Vec::new(),
            auto_credit: subscribe.auto_credit,
            from: (own, answered),
            answer: subscribe.answer.clone(),
            unknown: spec.is_none(),
        };
        // Deliveries may follow the answer at once, so the client is ready before it asks.
        let before = self
            .client(&subscribe.on)
            .subscriptions
            .insert(subscription, fresh);
        let response = self.answer(&subscribe.on, request);
        let code = observe::code(response.as_ref());
        if code != "ok" {
            let subscriptions = &mut self.client(&subscribe.on).subscriptions;
            match before {
                Some(before) => subscriptions.insert(subscription, before),
                None => subscriptions.remove(&subscription),
            };
        }
        self.settle();
        Seen::Value(json!(code))
    }

    /// A spec with its moment placed; `None` if the transcript does not tell where that lies.
    pub(crate) fn resolve(&self, stream: &str, spec: &Spec) -> Option<OffsetSpec> {
        let ms = match spec {
            Spec::Known(spec) => return Some(*spec),
            Spec::When(words) => self.moment(stream, words),
            Spec::Undefined => None,
            Spec::WallClock(at) if *at <= 0 => Some(0),
            Spec::WallClock(_) => match self.scenario.params.get("when") {
                Some(Value::String(words)) => self.moment(stream, words),
                _ => None,
            },
        };
        ms.map(|ms| OffsetSpec::Timestamp { ms })
    }

    /// A moment in words, relative to the stream's chunks: `before_first`, `chunk3-1ms`, `future`.
    fn moment(&self, stream: &str, words: &str) -> Option<u64> {
        let log = self.broker.stream(stream)?.log();
        self.work
            .spend(log.segments().iter().map(Segment::len).sum());
        let chunks: Vec<(u64, u64)> = log
            .chunks()
            .filter(|chunk| chunk.kind == ChunkKind::User)
            .map(|chunk| (chunk.timestamp.as_millis(), chunk.next().0))
            .collect();
        let now = self.now.as_millis();
        let first = chunks.first().map_or(now, |chunk| chunk.0);
        let last = chunks.last().map_or(now, |chunk| chunk.0);
        let between = |n: u64| {
            let at = usize::try_from(n).ok()?.checked_sub(1)?;
            let (before, behind) = (chunks.get(at)?.0, chunks.get(at + 1)?.0);
            Some(before + (behind - before).div_ceil(2))
        };
        let numbers = numbers(words);
        if let Some(rest) = words.strip_prefix("chunk") {
            return exact(rest, &chunks);
        }
        match (words, numbers.as_slice()) {
            ("zero" | "negative", _) => Some(0),
            ("future", _) => Some(now + SimDuration::from_secs(3_600).0 / 1_000),
            ("before_first" | "before first", _) => Some(first.saturating_sub(1)),
            ("after_last" | "after last", _) => Some(last + 1),
            (words, [n, ..]) if words.starts_with("between") => between(*n),
            (words, []) if words.starts_with("between") => between(chunks.len().div_ceil(2) as u64),
            (words, [n, ..]) if words.starts_with("after the first") => {
                let held = chunks.iter().find(|(_, next)| next >= n);
                held.map(|(ms, _)| ms + 1)
            }
            (words, [n, ..]) if words.contains("before") => between(n.checked_sub(1)?),
            (words, [n, ..]) if words.contains("after") => between(*n),
            _ => None,
        }
    }

    pub(crate) fn credit(&mut self, on: &str, subscription: SubscriptionId, credit: u16) -> Seen {
        let request = Request::Credit {
            subscription,
            credit,
        };
        let token = self.send(on, request);
        let client = self.client(on);
        if let Some(response) = client.answers.remove(&token) {
            let code = observe::code(Some(&response));
            let event = json!({"ev": "credit_error", "code": code, "sub": subscription.0});
            client.events.push(event);
        }
        self.settle();
        Seen::Nothing
    }

    pub(crate) fn read(&mut self, on: &str, id: u8, expected: Option<&Value>) -> Seen {
        self.settle();
        let subscribed = self.client(on).subscriptions.get(&SubscriptionId(id));
        if let Some(stream) = subscribed.map(|subscribed| subscribed.stream.clone()) {
            self.supply(&stream);
        }
        let work = self.work;
        let client = self.client(on);
        let events = std::mem::take(&mut client.events);
        let mut fields = Map::new();
        let Some(subscribed) = client.subscriptions.get_mut(&SubscriptionId(id)) else {
            return Seen::Skip(Reason::NotRecorded);
        };
        let delivered = std::mem::take(&mut subscribed.delivered);
        work.spend(delivered.len() as u64);
        let bodies = expected.is_some_and(|seen| seen.get("bodies").is_some());
        let (own, answered) = subscribed.from;
        fields.extend(observe::read(&delivered, own, bodies));
        if bodies {
            work.spend(delivered.iter().map(|chunk| chunk.records).sum());
        }
        if answered != own {
            let other = observe::read(&delivered, answered, bodies);
            fields.insert("or".into(), Value::Object(other));
        }
        if !events.is_empty() {
            fields.insert("events".into(), Value::Array(events));
        }
        let (unknown, stream) = (subscribed.unknown, subscribed.stream.clone());
        if unknown {
            return Seen::Skip(Reason::WallClock);
        }
        if self.incomplete(&stream) {
            return Seen::Skip(Reason::NotRecorded);
        }
        Seen::Value(Value::Object(fields))
    }

    pub(crate) fn store(
        &mut self,
        on: &str,
        reference: &str,
        stream: &str,
        (offset, times, gap_us): (u64, u64, u64),
    ) -> Seen {
        let (reference, stream): (Arc<str>, Arc<str>) = (Arc::from(reference), Arc::from(stream));
        self.unawaited();
        for turn in 0..times {
            if turn > 0 && gap_us > 0 {
                self.settle();
                self.now = self.now.after(SimDuration(gap_us));
            }
            let request = Request::StoreOffset {
                reference: reference.clone(),
                stream: stream.clone(),
                offset: offset.saturating_add(turn),
            };
            self.send(on, request);
        }
        Seen::Nothing
    }

    pub(crate) fn unsubscribe(&mut self, on: &str, subscription: SubscriptionId) -> Seen {
        self.settle();
        self.client(on).subscriptions.remove(&subscription);
        self.ask(on, Request::Unsubscribe { subscription })
    }

    /// Asks something of a stream.
    pub(crate) fn query(&mut self, on: &str, stream: &str, what: &Query) -> Seen {
        self.settle();
        let name: Arc<str> = Arc::from(stream);
        let request = match what {
            Query::Offset(reference) => Request::QueryOffset {
                reference: Arc::from(reference.as_str()),
                stream: name,
            },
            Query::Sequence(reference) => Request::QueryPublisherSequence {
                reference: Arc::from(reference.as_str()),
                stream: name,
            },
            Query::Stats => Request::StreamStats { stream: name },
            Query::Metadata => Request::Metadata { stream: name },
        };
        self.supply(stream);
        let response = self.answer(on, request);
        if self.incomplete(stream) {
            return Seen::Skip(Reason::NotRecorded);
        }
        let response = response.as_ref();
        Seen::Value(match what {
            Query::Offset(_) => observe::stored(response),
            Query::Sequence(_) => observe::sequence(response),
            Query::Stats => observe::stats(response),
            Query::Metadata => json!(observe::code(response)),
        })
    }

    pub(crate) fn disk_log(&mut self, stream: Option<&str>, expected: Option<&Value>) -> Seen {
        self.settle();
        let stream = stream.map_or_else(|| self.last_created.clone(), String::from);
        let stream = stream.as_str();
        self.supply(stream);
        if self.incomplete(stream) {
            return Seen::Skip(Reason::NotRecorded);
        }
        match self.broker.stream(stream) {
            Some(stream) => {
                let segments = stream.log().segments();
                let chunks: u64 = segments.iter().map(Segment::len).sum();
                self.work.spend(2 * chunks + segments.len() as u64);
                Seen::Value(observe::disk_log(stream, expected.unwrap_or(&Value::Null)))
            }
            None => Seen::Value(json!([])),
        }
    }

    /// The queue's `messages`: everything from the first offset to the last, tracking included.
    pub(crate) fn list_queues(&mut self, stream: Option<&str>) -> Seen {
        self.settle();
        let stream = stream.unwrap_or(&self.last_created);
        match self.broker.stream(stream) {
            Some(stream) => {
                let log = stream.log();
                Seen::Value(json!(log.next().0 - log.first().0))
            }
            None => Seen::Value(Value::Null),
        }
    }

    pub(crate) fn closed_by_broker(&mut self, on: &str) -> Seen {
        self.settle();
        let closed = self.client(on).closed;
        // A create that the transcript names only by its parameters.
        let poison = matches!(
            arguments(&self.scenario.params, self.broker.rules()),
            CreateArguments::Poison
        );
        self.reconnect(on);
        if closed || poison {
            Seen::Value(json!("tcp: closed by broker"))
        } else {
            Seen::Skip(Reason::Tcp)
        }
    }
}

/// The offset below which a client drops what is delivered.
fn below(spec: Option<&Spec>) -> u64 {
    match spec {
        Some(Spec::Known(OffsetSpec::Offset(offset))) => offset.0,
        Some(_) | None => 0,
    }
}

fn properties(props: &Map<String, Value>) -> Properties {
    let text = |value: &Value| match value.as_str() {
        Some(text) => String::from(text),
        None => value.to_string(),
    };
    let is_true = |key: &str| props.get(key).is_some_and(|value| text(value) == "true");
    let values: Vec<Arc<str>> = props
        .iter()
        .filter(|(key, _)| key.starts_with("filter."))
        .map(|(_, value)| Arc::from(text(value)))
        .collect();
    let filter = SubscriptionFilter {
        values,
        match_unfiltered: is_true("match-unfiltered"),
    };
    Properties {
        name: props.get("name").map(|name| Arc::from(text(name))),
        single_active: if is_true("single-active-consumer") {
            SingleActive::On
        } else {
            SingleActive::Off
        },
        filter: Some(filter).filter(|filter| !filter.values.is_empty()),
    }
}

/// The whole numbers in a text.
fn numbers(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

/// `3-1ms`: the stamp of the third chunk, one millisecond less.
fn exact(rest: &str, chunks: &[(u64, u64)]) -> Option<u64> {
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let at: usize = rest.get(..end)?.parse().ok()?;
    let (stamp, _) = chunks.get(at.checked_sub(1)?)?;
    let shift = rest.get(end..)?.trim_end_matches("ms");
    let shift: i64 = if shift.is_empty() {
        0
    } else {
        shift.parse().ok()?
    };
    stamp.checked_add_signed(shift)
}
