//! What a program says of itself, and its messages as requests of the protocol. Knows no link.

use alloc::sync::Arc;
use alloc::vec;

use crate::family::rabbitmq::broker::{Properties, Request, SingleActive, SubscriptionFilter};
use crate::family::rabbitmq::message::ToBroker;
use crate::family::rabbitmq::statements::FilterSpec;
use crate::ids::{PublisherId, SubscriptionId};

/// Each program run has one publisher or one subscription on its connection.
const PUBLISHER: PublisherId = PublisherId(0);
const SUBSCRIPTION: SubscriptionId = SubscriptionId(0);

/// What a program says of itself in its requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramNames {
    /// The stream's name.
    pub stream: Arc<str>,
    /// The producer reference, or the one under which a consumer stores and queries.
    pub reference: Option<Arc<str>>,
    /// The name that its subscribe carries.
    pub group: Option<Arc<str>>,
    /// Filter of the subscription.
    pub filter: Option<FilterSpec>,
    /// Whether the subscription is one of a single-active group.
    pub single_active: bool,
}

impl ProgramNames {
    /// A message as the protocol says it.
    #[must_use]
    pub fn request(&self, message: &ToBroker) -> Request {
        let stream = self.stream.clone();
        let reference = self.reference.clone().unwrap_or_else(|| Arc::from(""));
        match message {
            ToBroker::Declare => Request::DeclarePublisher {
                publisher: PUBLISHER,
                reference,
                stream,
            },
            ToBroker::QuerySequence => Request::QueryPublisherSequence { reference, stream },
            ToBroker::Publish(frames) => Request::Publish {
                publisher: PUBLISHER,
                messages: vec![frames.run.clone()],
            },
            ToBroker::QueryOffset(_) => Request::QueryOffset { reference, stream },
            ToBroker::Subscribe { spec, credit } => Request::Subscribe {
                subscription: SUBSCRIPTION,
                stream,
                spec: *spec,
                credit: *credit,
                properties: self.properties(),
            },
            ToBroker::Credit { credit } => Request::Credit {
                subscription: SUBSCRIPTION,
                credit: *credit,
            },
            ToBroker::Store { offset } => Request::StoreOffset {
                reference,
                stream,
                offset: *offset,
            },
            ToBroker::Activate { spec } => Request::ConsumerUpdateResponse {
                subscription: SUBSCRIPTION,
                spec: *spec,
            },
            ToBroker::Unsubscribe => Request::Unsubscribe {
                subscription: SUBSCRIPTION,
            },
            ToBroker::Close => Request::Close,
        }
    }

    fn properties(&self) -> Properties {
        Properties {
            name: self.group.clone(),
            single_active: if self.single_active {
                SingleActive::On
            } else {
                SingleActive::Off
            },
            filter: self.filter.as_ref().map(|filter| SubscriptionFilter {
                values: vec![filter.value.clone()],
                match_unfiltered: filter.match_unfiltered,
            }),
        }
    }
}
