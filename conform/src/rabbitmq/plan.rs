//! The chunks that a transcript itself shows: what real scheduling made of the requests. Collected
//! before a replay from every `read` and `disk_log`, so that the writer can be given the same cuts.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::rabbitmq::op::{Op, Spec, Subscribe};
use crate::rabbitmq::prelude::OffsetSpec;
use crate::rabbitmq::step::Step;

/// What is known of the chunk at an offset.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Planned {
    /// Messages, and the trailer if the disk log shows it.
    User {
        records: u64,
        trailer: Option<Vec<Value>>,
    },
    /// A tracking delta, and what is in it if the disk log shows it.
    Delta { tracking: Option<Vec<Value>> },
    /// A tracking snapshot.
    Snapshot,
}

/// The chunks of one life of a stream, by offset, and how many messages its steps publish.
#[derive(Clone, Debug, Default)]
pub(crate) struct Life {
    pub(crate) chunks: BTreeMap<u64, Planned>,
    pub(crate) published: u64,
    stores: u64,
}

impl Life {
    /// Whether the chunks hold messages though no step publishes any: then requests are missing.
    pub(crate) fn incomplete(&self) -> bool {
        let user = |chunk: &Planned| matches!(chunk, Planned::User { .. });
        self.published == 0 && self.chunks.values().any(user)
    }
}

/// The chunks of every stream of a scenario. A stream that is created again begins a new life.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub(crate) lives: BTreeMap<(String, u32), Life>,
}

/// Offsets between chunks that one scenario may show: a hundred times the stores that it may have.
const GAPS: u64 = 1_000_000;

/// What the walk over the steps remembers.
struct Walk {
    plan: Plan,
    life: BTreeMap<String, u32>,
    last_created: String,
    publishers: BTreeMap<(String, u8), String>,
    last_publisher: BTreeMap<String, u8>,
    readers: BTreeMap<(String, u8), PlannedReader>,
    /// Offsets between chunks that may still be taken for tracking.
    gaps: u64,
}

/// A subscription: which life of which stream, and where its last chunk ended.
struct PlannedReader {
    stream: (String, u32),
    filtered: bool,
    behind: Option<u64>,
}

/// Collects the chunks that `observe` shows for each step.
pub(crate) fn collect(steps: &[Step], observe: fn(&Step) -> Option<&Value>) -> Plan {
    let mut walk = Walk {
        plan: Plan::default(),
        life: BTreeMap::new(),
        last_created: String::new(),
        publishers: BTreeMap::new(),
        last_publisher: BTreeMap::new(),
        readers: BTreeMap::new(),
        gaps: GAPS,
    };
    for step in steps {
        walk.step(step, observe(step));
    }
    walk.plan
}

impl Walk {
    fn step(&mut self, step: &Step, observed: Option<&Value>) {
        match &step.op {
            Op::Create { stream, .. } => {
                if observed.is_none_or(|code| code == "ok") {
                    *self.life.entry(stream.clone()).or_default() += 1;
                }
                self.last_created.clone_from(stream);
            }
            Op::DeclarePublisher {
                on,
                publisher,
                stream,
                ..
            } => {
                self.publishers
                    .insert((on.clone(), *publisher), stream.clone());
                self.last_publisher.insert(on.clone(), *publisher);
            }
            Op::Publish(publish) => {
                let count = publish.ids.iter().map(|(_, count)| count).sum();
                self.published(&publish.on, publish.publisher, count);
            }
            Op::PublishSubBatch {
                on,
                publisher,
                records,
                ..
            } => self.published(on, *publisher, u64::from(*records)),
            Op::StoreOffset { stream, times, .. } => self.life_of(stream).stores += times,
            Op::Subscribe(subscribe) => self.subscribe(subscribe, observed),
            Op::Read { on, subscription } => self.read(on, *subscription, observed),
            Op::DiskLog { stream } => {
                let stream = stream.clone().unwrap_or_else(|| self.last_created.clone());
                self.disk_log(&stream, observed);
            }
            Op::Repeat { times, words } if words.iter().any(|w| w.starts_with("publish")) => {
                self.published("A", None, *times);
            }
            Op::Delete { .. }
            | Op::DeletePublisher { .. }
            | Op::Credit { .. }
            | Op::Unsubscribe { .. }
            | Op::Query { .. }
            | Op::ListQueues { .. }
            | Op::CloseConnection { .. }
            | Op::ClosedByBroker { .. }
            | Op::Events { .. }
            | Op::Confirms { .. }
            | Op::Broker { .. }
            | Op::Sleep { .. }
            | Op::Repeat { .. }
            | Op::Other => {}
        }
    }

    fn subscribe(&mut self, subscribe: &Subscribe, observed: Option<&Value>) {
        let life = self.life.get(&subscribe.stream).copied().unwrap_or(0);
        let from_start = subscribe.spec == Spec::Known(OffsetSpec::First);
        let filtered = subscribe.props.keys().any(|key| key.starts_with("filter."));
        let reader = PlannedReader {
            stream: (subscribe.stream.clone(), life),
            filtered,
            behind: from_start.then_some(0),
        };
        if observed.is_none_or(|code| code == "ok") {
            self.readers
                .insert((subscribe.on.clone(), subscribe.subscription), reader);
        }
    }

    fn life_of(&mut self, stream: &str) -> &mut Life {
        let life = self.life.get(stream).copied().unwrap_or(0);
        self.plan.lives.entry((stream.into(), life)).or_default()
    }

    fn published(&mut self, on: &str, publisher: Option<u8>, messages: u64) {
        let publisher = publisher.or_else(|| self.last_publisher.get(on).copied());
        let stream = self
            .publishers
            .get(&(on.into(), publisher.unwrap_or(1)))
            .unwrap_or(&self.last_created)
            .clone();
        let life = self.life_of(&stream);
        life.published = life.published.saturating_add(messages);
    }

    /// The chunks that a reader got. Between two of them lies tracking, unless it filters.
    fn read(&mut self, on: &str, subscription: u8, observed: Option<&Value>) {
        let Some(reader) = self.readers.get_mut(&(on.into(), subscription)) else {
            return;
        };
        let life = self.plan.lives.entry(reader.stream.clone()).or_default();
        let chunks = observed.and_then(|seen| seen.get("chunks"));
        for chunk in chunks.and_then(Value::as_array).into_iter().flatten() {
            let pair = (
                chunk.get(0).and_then(Value::as_u64),
                chunk.get(1).and_then(Value::as_u64),
            );
            let (Some(first), Some(records @ 1..)) = pair else {
                continue;
            };
            if let Some(behind) = reader.behind.filter(|_| !reader.filtered) {
                // A longer gap is what retention took, not tracking.
                let gap = first.saturating_sub(behind);
                if gap <= life.stores && gap <= self.gaps {
                    self.gaps -= gap;
                    for offset in behind..first {
                        let delta = Planned::Delta { tracking: None };
                        life.chunks.entry(offset).or_insert(delta);
                    }
                }
            }
            life.chunks.entry(first).or_insert(Planned::User {
                records,
                trailer: None,
            });
            reader.behind = first.checked_add(records);
        }
    }

    fn disk_log(&mut self, stream: &str, observed: Option<&Value>) {
        let life = self.life_of(stream);
        let segments = observed.and_then(Value::as_array).into_iter().flatten();
        for chunk in segments
            .filter_map(|segment| segment.get("chunks")?.as_array())
            .flatten()
        {
            let field = |at: usize, name: &str| chunk.get(at).or_else(|| chunk.get(name));
            let Some(first) = field(0, "first").and_then(Value::as_u64) else {
                continue;
            };
            let list = |name: &str| chunk.get(name).and_then(Value::as_array).cloned();
            let detailed = chunk.is_object();
            let planned = match field(1, "type").and_then(Value::as_str) {
                Some("user") => Planned::User {
                    records: match field(2, "records").and_then(Value::as_u64) {
                        Some(records) if records > 0 => records,
                        Some(_) | None => continue,
                    },
                    trailer: detailed.then(|| list("trailer").unwrap_or_default()),
                },
                Some("tracking_delta") => Planned::Delta {
                    tracking: list("tracking"),
                },
                Some("tracking_snapshot") => Planned::Snapshot,
                Some(_) | None => continue,
            };
            let known = life.chunks.get(&first);
            let already = matches!(
                known,
                Some(
                    Planned::User {
                        trailer: Some(_),
                        ..
                    } | Planned::Delta { tracking: Some(_) }
                )
            );
            if !already {
                life.chunks.insert(first, planned);
            }
        }
    }
}
