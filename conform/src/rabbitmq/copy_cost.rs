//! What a copy of the broker costs, for the budget of a search.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::rabbitmq::prelude::Request;

/// How much a copy of the broker copies, counted by what came in: it is copied for every trial of a cut.
#[derive(Clone, Debug, Default)]
pub(crate) struct CopyCost {
    /// Connections, streams, publishers, subscriptions, segments.
    made: u64,
    references: BTreeSet<Arc<str>>,
    /// Commands that may still be in a mailbox.
    in_flight: u64,
}

impl CopyCost {
    pub(crate) fn units(&self) -> u64 {
        10 + self.made + self.in_flight + self.references.len() as u64
    }

    pub(crate) fn requested(&mut self, request: &Request) {
        match request {
            Request::Create { .. } | Request::Subscribe { .. } | Request::Close => self.made += 1,
            Request::DeclarePublisher { reference, .. } => {
                self.made += 1;
                self.references.insert(reference.clone());
            }
            Request::StoreOffset { reference, .. } => {
                self.in_flight += 1;
                self.references.insert(reference.clone());
            }
            Request::Publish { messages, .. } => self.in_flight += messages.len() as u64,
            Request::QueryOffset { .. }
            | Request::QueryPublisherSequence { .. }
            | Request::Credit { .. }
            | Request::ConsumerUpdateResponse { .. } => self.in_flight += 1,
            Request::Delete { .. }
            | Request::DeletePublisher { .. }
            | Request::Unsubscribe { .. }
            | Request::Metadata { .. }
            | Request::StreamStats { .. } => {}
        }
    }

    /// A segment began.
    pub(crate) fn rolled(&mut self) {
        self.made += 1;
    }

    /// Every mailbox is empty.
    pub(crate) fn settled(&mut self) {
        self.in_flight = 0;
    }
}
