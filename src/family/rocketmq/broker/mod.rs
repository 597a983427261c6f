//! RocketMQ's broker: sends, reads, offsets of groups, resets, over one store.

mod delays;
mod effect;
mod group;
mod lag;
mod lifecycle;
mod members;
mod offsets;
mod parked;
mod popping;
mod pulling;
mod request;
mod resets;
mod sending;
mod server;
mod settings;
mod tasks;
pub mod tool;

pub use delays::{LEVELS, SCHEDULE_TOPIC, delay_of};
pub use effect::{Answer, Change, Code, Effect, Found, Notice, Pulled, Sent, StoredBy};
pub use group::{Group, Member, Offsets};
pub use lag::{ConsumeRow, MetricsLag, TopicRow};
pub use parked::{Parked, Read};
pub use popping::{Checkpoint, retry_topic as pop_retry_topic};
pub use request::{
    Boundary, Heartbeat, Mode, Pop, PopStart, Pull, QueueName, Request, ResetTime, ResetToTime,
    SendBack, Tags, Token,
};
pub use sending::{dead_letter_topic, retry_topic};
pub use server::{Broker, Topic};
pub use settings::Settings;
pub use tasks::Task;
