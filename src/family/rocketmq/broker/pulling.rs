//! Pulls: the read, the commit that rides along, the reset that waits for it, the wait for a message.
//!
//! From `PullMessageProcessor.java`: `processRequest`, `composeResponseHeader`, `tryCommitOffset`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Change, Effect, FoundMessages, Pulled, Response, ResponseCode, StoredBy};
use super::parked::{Parked, ParkedRead};
use super::request::{Pull, QueueName, Tags, Token};
use super::server::Broker;
use crate::family::rocketmq::store::fetch::{self, FetchLimits, Fetched};
use crate::family::rocketmq::store::{PullStatus, Status};
use crate::ids::{ConnectionId, Offset};
use crate::units::SimTime;

impl Broker {
    /// A pull arrived. Finding nothing, it waits as long as it says.
    pub(super) fn pull(
        &mut self,
        now: SimTime,
        from: ConnectionId,
        token: Token,
        pull: Pull,
        out: &mut Vec<Effect>,
    ) {
        let refused = match self.topics.get(&pull.of.topic) {
            None => Some(ResponseCode::TopicNotExist),
            Some(topic) if pull.of.queue < topic.read_queues => None,
            Some(_) if self.rules.unread_queue_is_invalid => Some(ResponseCode::InvalidParameter),
            Some(_) => Some(ResponseCode::SystemError),
        };
        if let Some(code) = refused {
            let response = Response::Refused(code);
            out.push(Effect::Response {
                to: from,
                token,
                response,
            });
            return;
        }
        self.known_group(&pull.group, out);
        let pulled = self.read(&pull, out);
        if let Some(offset) = pull.commit.and_then(|offset| u64::try_from(offset).ok()) {
            let of = (pull.group.clone(), pull.of.clone());
            let by = (StoredBy::Pull, token);
            self.store_offset(now, of, Some(Offset(offset)), by, out);
        }
        match pull.wait {
            Some(wait) if pulled.status.to_client(pull.offset) == PullStatus::NoNewMsg => {
                let until = now.after(wait);
                let read = ParkedRead::Pull(pull);
                self.parked.push(Parked {
                    from,
                    token,
                    read,
                    until,
                });
            }
            Some(_) | None => {
                let response = Response::Pulled(pulled);
                out.push(Effect::Response {
                    to: from,
                    token,
                    response,
                });
            }
        }
    }

    /// A pull that waited is read again, and answered whatever it finds.
    pub(super) fn answer_pull(
        &mut self,
        _now: SimTime,
        from: ConnectionId,
        token: Token,
        pull: Pull,
        out: &mut Vec<Effect>,
    ) {
        let response = Response::Pulled(self.read(&pull, out));
        out.push(Effect::Response {
            to: from,
            token,
            response,
        });
    }

    fn read(&mut self, pull: &Pull, out: &mut Vec<Effect>) -> Pulled {
        let of = &pull.of;
        let (min, max) = (self.min(of), self.max(of));
        let group = self.groups.get_mut(&pull.group);
        let pending = group.and_then(|group| group.pending.remove(of));
        if let Some(offset) = pending {
            out.push(Effect::Changed(Change::ResetTaken {
                group: pull.group.clone(),
                of: of.clone(),
                offset,
            }));
            return Pulled {
                status: Status::OffsetReset,
                next: offset,
                min,
                max,
                found: FoundMessages::default(),
            };
        }
        let fetched = self.fetch(of, pull.offset, (pull.max, pull.times), &pull.tags);
        if let Some(group) = self.groups.get_mut(&pull.group) {
            group.pulled.insert(of.clone(), fetched.next);
        }
        Pulled {
            status: fetched.status,
            next: fetched.next,
            min,
            max,
            found: FoundMessages {
                ranges: fetched.ranges,
                times: fetched.times,
            },
        }
    }

    /// A read of the store. A queue that never had a message is empty.
    pub(super) fn fetch(
        &self,
        of: &QueueName,
        offset: i64,
        (max, times): (u32, u64),
        tags: &Tags,
    ) -> Fetched {
        let tags: Option<&[Arc<str>]> = match tags {
            Tags::All => None,
            Tags::Any(tags) => Some(tags),
        };
        let log = self.store.log();
        let limits = FetchLimits {
            max: u64::from(max),
            times,
            tags,
            log: (log.min(), log.end()),
            in_memory: self.in_memory(),
            overflow_goes_to_max: self.rules.overflow_goes_to_max,
        };
        match self.queue(of) {
            Some(queue) => fetch::fetch(queue, offset, &limits),
            None => Fetched {
                status: Status::NoMessageInQueue,
                next: Offset(0),
                ranges: Vec::new(),
                times: 1,
            },
        }
    }
}
