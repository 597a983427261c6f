//! With which settings a program was started. Derived from its statement and its client's habits.

use alloc::sync::Arc;

use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::statements::{Client, FilterSpec, Policy};
use crate::ids::LogId;
use crate::units::SimDuration;

/// Settings of a producer's run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProducerSettings {
    /// Where it publishes.
    pub stream: LogId,
    /// Its reference; `None` means no deduplication.
    pub reference: Option<Arc<str>>,
    /// Whose habits it has; `None` is the canonical producer.
    pub client: Option<Client>,
}

/// Settings of a consumer's run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsumerSettings {
    /// What it reads.
    pub stream: LogId,
    /// The reference under which it stores and queries; `None` when it is unnamed.
    pub reference: Option<Arc<str>>,
    /// Whether it is named: its subscribe carries the reference.
    pub named: bool,
    /// Whether it resumes behind what it stored (policies `every`, `auto` and `manual`).
    pub tracks: bool,
    /// Whether it starts at the stored offset itself (`from stored`).
    pub at_stored: bool,
    /// Where it starts with nothing stored.
    pub spec: OffsetSpec,
    /// When it stores.
    pub policy: Policy,
    /// It closes after processing a body that contains this.
    pub stop_at: Option<Arc<str>>,
    /// Processing time of a message.
    pub takes: SimDuration,
    /// Credit of the subscribe.
    pub credit: u16,
    /// Its filter.
    pub filter: Option<FilterSpec>,
    /// Whether it is one of a single-active group.
    pub single_active: bool,
    /// Whose habits it has; `None` is the canonical consumer.
    pub client: Option<Client>,
}

impl ConsumerSettings {
    /// The name that its subscription carries, and that other consumers may have, too.
    #[must_use]
    pub fn group(&self) -> Option<&Arc<str>> {
        self.reference.as_ref().filter(|_| self.named)
    }
}
