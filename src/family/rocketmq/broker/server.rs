//! The broker: topics, groups, and what a request is for. Sans-IO: requests in, effects out, time as an argument.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Change, Effect, Response, ResponseCode};
use super::group::Group;
use super::levels::Delays;
use super::parked::Parked;
use super::request::{QueueName, Request, Token};
use super::settings::BrokerSettings;
use crate::base::SmallMap;
use crate::family::rocketmq::rules::Rules;
use crate::family::rocketmq::store::{FileView, Queue, RenderedMessage, Store};
use crate::ids::{ConnectionId, Offset};
use crate::units::{Bytes, SimTime};

/// The numbers of a topic's queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Queues that readers read.
    pub read_queues: u32,
    /// Queues that producers write.
    pub write_queues: u32,
}

/// A broker, as its clients see it. Copies are cheap: they share what is stored.
///
/// Nothing happens by itself; the caller drives it. [`request`](Self::request) takes what arrives; the answer comes with
/// its effects, except to a pull that waits for a message: that comes from [`work`](Self::work).
/// [`next_of`](Self::next_of) names the next moment at which a task has something to do, and [`work`](Self::work) does it;
/// of one moment, in the order of [`Task::ALL`](super::Task::ALL). Of these tasks only what a client is owed needs to keep
/// a run going: messages that are not visible yet, delays, POPs that come again, offsets that are not written yet.
/// [`disconnected`](Self::disconnected) says that a program is no more. A broker that is down is asked nothing:
/// [`crash`](Self::crash) or [`stop`](Self::stop), then [`start`](Self::start).
#[derive(Clone, Debug)]
pub struct Broker {
    pub(super) rules: Rules,
    pub(super) settings: BrokerSettings,
    pub(super) store: Store,
    pub(super) topics: SmallMap<Arc<str>, Topic>,
    pub(super) groups: SmallMap<Arc<str>, Group>,
    pub(super) parked: Vec<Parked>,
    pub(super) delays: Delays,
    pub(super) started_at: SimTime,
    /// When something was appended that is not visible yet.
    pub(super) appended_at: Option<SimTime>,
    /// When an offset changed that is not in the file yet.
    pub(super) unflushed_since: Option<SimTime>,
    pub(super) cleaned_at: Option<SimTime>,
}

impl Broker {
    /// A broker without topics, which starts now, at the beginning of time.
    #[must_use]
    pub fn new(rules: Rules, settings: BrokerSettings) -> Self {
        let stale_min = !rules.min_of_expired_is_max;
        let file = settings.commit_log_file.0;
        let store = Store::new(file, settings.consume_queue_file, stale_min);
        Self {
            rules,
            settings,
            store,
            topics: SmallMap::new(),
            groups: SmallMap::new(),
            parked: Vec::new(),
            delays: Delays::default(),
            started_at: SimTime::ZERO,
            appended_at: None,
            unflushed_since: None,
            cleaned_at: None,
        }
    }

    /// The rules that it follows.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Its settings.
    #[must_use]
    pub const fn settings(&self) -> &BrokerSettings {
        &self.settings
    }

    /// Its settings, to change those that a running broker can change. File sizes are those of its start.
    pub const fn settings_mut(&mut self) -> &mut BrokerSettings {
        &mut self.settings
    }

    /// Sets the size of the commit log's files, as long as nothing was stored; whether that was so.
    pub fn set_file_size(&mut self, file: Bytes) -> bool {
        let done = self.store.set_file_size(file.0);
        if done {
            self.settings.commit_log_file = file;
        }
        done
    }

    /// A request arrived.
    pub fn request(
        &mut self,
        now: SimTime,
        from: ConnectionId,
        token: Token,
        request: Request,
        out: &mut Vec<Effect>,
    ) {
        let response = match request {
            Request::Topic {
                topic,
                read_queues,
                write_queues,
            } => self.set_topic(topic, read_queues, write_queues, out),
            Request::Group { group } => {
                self.known_group(&group, out);
                Response::Ok
            }
            Request::Route { topic } => self.route(&topic),
            Request::Send {
                topic,
                spread,
                messages,
                level,
            } => self.send(now, token, (topic, spread, messages, level), out),
            Request::SendBack(back) => self.send_back(now, token, &back, out),
            Request::Pull(pull) => return self.pull(now, from, token, pull, out),
            Request::Pop(pop) => return self.pop(now, from, token, pop, out),
            Request::Ack {
                group,
                of,
                offset,
                count,
            } => self.ack(&group, &of, offset, count),
            Request::MinOffset(of) => Response::Offset(self.min(&of)),
            Request::MaxOffset(of) => Response::Offset(self.max(&of)),
            Request::SearchOffset { of, at, boundary } => {
                Response::Offset(self.offset_at(&of, at, boundary))
            }
            Request::QueryOffset { group, of } => self.query_offset(&group, &of),
            Request::UpdateOffset { group, of, offset } => {
                self.update_offset(now, token, (group, of, offset), out)
            }
            Request::Heartbeat(heartbeat) => self.heartbeat(from, &heartbeat, out),
            Request::Unregister { group } => self.unregister(from, &group, out),
            Request::Members { group } => self.member_ids(&group),
            Request::Lock { group, queues } => self.lock(now, from, &group, queues),
            Request::Unlock { group, queues } => self.unlock(from, &group, &queues),
            Request::ResetToTime(reset) => self.reset_to_time(now, token, &reset, out),
            Request::ResetToOffset { group, of, offset } => {
                self.reset_to_offset(now, token, (&group, &of, offset), out)
            }
            Request::ConsumeStats { group } => Response::ConsumeStats(self.consume_stats(&group)),
            Request::TopicStats { topic } => self.topic_stats(&topic),
        };
        let to = from;
        out.push(Effect::Response {
            to,
            token,
            response,
        });
    }

    fn set_topic(
        &mut self,
        topic: Arc<str>,
        read_queues: u32,
        write_queues: u32,
        out: &mut Vec<Effect>,
    ) -> Response {
        let numbers = Topic {
            read_queues,
            write_queues,
        };
        if self.topics.insert(topic.clone(), numbers) != Some(numbers) {
            out.push(Effect::Changed(Change::Topic {
                topic,
                read_queues,
                write_queues,
            }));
        }
        Response::Ok
    }

    /// A topic with one queue, for what comes back of a group's messages, if there is none yet.
    pub(super) fn own_topic(&mut self, topic: &Arc<str>, out: &mut Vec<Effect>) {
        if !self.topics.contains_key(topic) {
            self.set_topic(topic.clone(), 1, 1, out);
        }
    }

    fn route(&self, topic: &str) -> Response {
        match self.topics.get(topic) {
            Some(topic) => Response::Route {
                read_queues: topic.read_queues,
                write_queues: topic.write_queues,
            },
            None => Response::Refused(ResponseCode::TopicNotExist),
        }
    }

    /// The group, which the broker makes known where it was not.
    pub(super) fn known_group(&mut self, name: &Arc<str>, out: &mut Vec<Effect>) -> &mut Group {
        let group = self.groups.get_or_insert(name.clone(), Group::default());
        if !group.known {
            group.known = true;
            let group = name.clone();
            out.push(Effect::Changed(Change::Group { group }));
        }
        self.groups.get_or_insert(name.clone(), Group::default())
    }

    /// A topic.
    #[must_use]
    pub fn topic(&self, topic: &str) -> Option<Topic> {
        self.topics.get(topic).copied()
    }

    /// All topics, by name.
    pub fn topics(&self) -> impl Iterator<Item = (&Arc<str>, Topic)> {
        self.topics.iter().map(|(name, topic)| (name, *topic))
    }

    /// A queue, once it had a message.
    #[must_use]
    pub fn queue(&self, of: &QueueName) -> Option<&Queue> {
        self.store.queue(&of.topic, of.queue)
    }

    /// A queue's minimum; 0 where nothing ever was.
    #[must_use]
    pub fn min(&self, of: &QueueName) -> Offset {
        self.queue(of).map_or(Offset(0), Queue::min)
    }

    /// A queue's maximum; 0 where nothing ever was.
    #[must_use]
    pub fn max(&self, of: &QueueName) -> Offset {
        self.queue(of).map_or(Offset(0), Queue::max)
    }

    /// A message that readers can still get.
    #[must_use]
    pub fn message(&self, of: &QueueName, offset: Offset) -> Option<RenderedMessage> {
        self.is_there(of, offset.0)
            .then(|| self.queue(of)?.message(offset))?
    }

    /// When a message that readers can still get was stored.
    #[must_use]
    pub fn stored_at(&self, of: &QueueName, offset: Offset) -> Option<SimTime> {
        self.is_there(of, offset.0)
            .then(|| self.queue(of)?.stored_at(offset))?
    }

    /// Whether the bytes of a message that was visible are still in the log.
    pub(super) fn is_there(&self, of: &QueueName, offset: u64) -> bool {
        let queue = self.queue(of);
        let run = queue.and_then(|queue| queue.run_of(offset));
        run.is_some_and(|run| run.position(offset) >= self.store.log().min())
    }

    /// What it stores.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The files of the commit log, the oldest first.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = FileView> {
        self.store.log().files()
    }

    /// A group.
    #[must_use]
    pub fn group(&self, group: &str) -> Option<&Group> {
        self.groups.get(group)
    }

    /// A group's offset on a queue, as it is stored.
    #[must_use]
    pub fn offset(&self, group: &str, of: &QueueName) -> Option<Offset> {
        self.groups.get(group)?.offset(of)
    }

    /// All groups, by name.
    pub fn groups(&self) -> impl Iterator<Item = (&Arc<str>, &Group)> {
        self.groups.iter()
    }

    /// Reads that wait for a message.
    #[must_use]
    pub fn parked(&self) -> &[Parked] {
        &self.parked
    }
}
