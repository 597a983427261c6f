//! RocketMQ's broker: sends, reads, offsets of groups, resets, over one store.

mod checkpoint;
mod delays;
mod effect;
mod group;
mod lag;
mod levels;
mod lifecycle;
mod members;
mod offsets;
mod parked;
mod popping;
mod pulling;
mod request;
mod resets;
mod rows;
mod sending;
mod server;
mod settings;
mod tasks;
pub mod tool;
mod waiting;

pub use checkpoint::Checkpoint;
pub use effect::{
    Change, Effect, FoundMessages, Notice, Pulled, Response, ResponseCode, ResponseParts, Sent,
    StoredBy,
};
pub use group::{Group, Member, Offsets};
pub use levels::{LEVELS, SCHEDULE_TOPIC, delay_of};
pub use parked::{Parked, ParkedRead};
pub use popping::retry_topic as pop_retry_topic;
pub use request::{
    Boundary, Heartbeat, Pop, PopStart, Pull, QueueName, Request, ResetTime, ResetToTime, SendBack,
    SharingMode, Tags, Token,
};
pub use rows::{ConsumeRow, MetricsLag, TopicRow};
pub use sending::{dead_letter_topic, retry_topic};
pub use server::{Broker, Topic};
pub use settings::BrokerSettings;
pub use tasks::Task;
