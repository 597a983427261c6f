//! What a replay uses of the core, in one place.

pub(crate) use offset_lab::family::rocketmq::broker::tool::{self, Asking, ResetSaid, When};
pub(crate) use offset_lab::family::rocketmq::broker::{
    Boundary, Broker, BrokerSettings, Effect, Heartbeat, Notice, Pop, PopStart, Pull, Pulled,
    QueueName, Request, ResetTime, ResetToTime, Response, ResponseCode, SendBack, SharingMode,
    Tags, Task, Token, TopicRow, retry_topic,
};
pub(crate) use offset_lab::family::rocketmq::client::allocation::averagely;
pub(crate) use offset_lab::family::rocketmq::client::process_queue::ProcessQueue;
pub(crate) use offset_lab::family::rocketmq::client::{habits, hash};
pub(crate) use offset_lab::family::rocketmq::rules::Rules;
pub(crate) use offset_lab::family::rocketmq::store::{MessageRun, PullStatus, Spread};
pub(crate) use offset_lab::ids::{ActorId, ConnectionId, Offset};
pub(crate) use offset_lab::message::{Body, template};
pub(crate) use offset_lab::units::{Bytes, SimDuration, SimTime};
