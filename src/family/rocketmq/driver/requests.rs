//! What programs ask becomes requests of the broker.

use super::Driver;
use crate::family::rocketmq::broker::{
    Boundary, Heartbeat, Pop, PopStart, Pull, QueueName, Request, SendBack, SharingMode, Tags,
    pop_retry_topic,
};
use crate::family::rocketmq::client::habits;
use crate::family::rocketmq::message::{Sends, ToBroker};
use crate::family::rocketmq::settings::MemberSettings;
use crate::family::rocketmq::statements;
use crate::ids::{ActorId, LogId, Offset};
use crate::units::SimDuration;

/// How long a pull may wait (`BROKER_SUSPEND_MAX_TIME_MILLIS`).
const WAIT: SimDuration = SimDuration::from_secs(15);

impl Driver {
    /// What a message of a program asks of the broker.
    pub(super) fn request_of(&self, program: ActorId, message: &ToBroker) -> Option<Request> {
        if let Some(sends) = message.sends() {
            return self.send_request(program, sends);
        }
        let settings = self.member_settings(program)?;
        self.member_request(program, &settings, message)
    }

    fn member_request(
        &self,
        program: ActorId,
        settings: &MemberSettings,
        message: &ToBroker,
    ) -> Option<Request> {
        let group = self.group_name(settings);
        let of = |queue: &LogId| self.names.queue(*queue);
        Some(match message {
            ToBroker::Send(_) => return None,
            ToBroker::Heartbeat => self.heartbeat(program, settings),
            ToBroker::Unregister => Request::Unregister { group },
            ToBroker::ListMembers => Request::Members { group },
            ToBroker::QueryOffset { queue } => Request::QueryOffset {
                group,
                of: of(queue),
            },
            ToBroker::MaxOffset { queue } => Request::MaxOffset(of(queue)),
            ToBroker::SearchOffset { queue, at } => Request::SearchOffset {
                of: of(queue),
                at: *at,
                boundary: Boundary::Lower,
            },
            ToBroker::Pull {
                queue,
                offset,
                commit,
                times,
            } => Request::Pull(self.pull(settings, (*queue, *offset), *commit, *times)),
            ToBroker::Commit { queue, offset } => Request::UpdateOffset {
                group,
                of: of(queue),
                offset: signed(*offset),
            },
            ToBroker::SendBack {
                queue,
                first,
                count,
                level,
            } => self.send_back(settings, (*queue, *first, *count), *level),
            ToBroker::Lock { queues } => Request::Lock {
                group,
                queues: queues.iter().map(of).collect(),
            },
            ToBroker::Unlock { queue } => Request::Unlock {
                group,
                queues: [of(queue)].into(),
            },
            ToBroker::Pop { queue } => self.pop(settings, *queue),
            ToBroker::Ack {
                queue,
                first,
                count,
            } => Request::Ack {
                of: self.pop_name(settings, *queue),
                group,
                offset: first.0,
                count: *count,
            },
        })
    }

    fn heartbeat(&self, program: ActorId, settings: &MemberSettings) -> Request {
        Request::Heartbeat(Heartbeat {
            client: self.name_of(program),
            group: self.group_name(settings),
            topic: self.names.topic(settings.of_group.topic),
            mode: match settings.of_group.mode {
                statements::Mode::Broadcast => SharingMode::Broadcasting,
                statements::Mode::Concurrent
                | statements::Mode::Orderly
                | statements::Mode::Pop => SharingMode::Clustering,
            },
        })
    }

    /// A pull of a queue from an offset.
    pub(super) fn pull(
        &self,
        settings: &MemberSettings,
        (queue, offset): (LogId, Offset),
        commit: Option<Offset>,
        times: u64,
    ) -> Pull {
        Pull {
            of: self.names.queue(queue),
            group: self.group_name(settings),
            offset: signed(offset),
            max: habits::PULL_BATCH,
            times,
            tags: tags(settings, queue),
            commit: commit.map(signed),
            wait: Some(WAIT),
        }
    }

    fn send_back(
        &self,
        settings: &MemberSettings,
        (queue, first, count): (LogId, Offset, u64),
        level: u8,
    ) -> Request {
        Request::SendBack(SendBack {
            group: self.group_name(settings),
            of: self.names.queue(queue),
            offset: first.0,
            count,
            level,
            max_attempts: habits::MOST_ATTEMPTS,
            or_copies: true,
        })
    }

    fn pop(&self, settings: &MemberSettings, queue: LogId) -> Request {
        Request::Pop(Pop {
            group: self.group_name(settings),
            of: self.pop_name(settings, queue),
            max: habits::PULL_BATCH,
            times: 1,
            invisible: habits::INVISIBLE,
            start: PopStart::Max,
            tags: tags(settings, queue),
            wait: Some(WAIT),
        })
    }

    /// A queue as a POP names it: retries of a POP group lie in a topic of their own.
    fn pop_name(&self, settings: &MemberSettings, queue: LogId) -> QueueName {
        if queue != settings.of_group.retry {
            return self.names.queue(queue);
        }
        let topic = self.names.topic(settings.of_group.topic);
        QueueName {
            topic: pop_retry_topic(&self.group_name(settings), &topic),
            queue: 0,
        }
    }

    fn send_request(&self, program: ActorId, sends: &Sends) -> Option<Request> {
        let settings = self.producer_settings(program)?;
        Some(Request::Send {
            topic: self.names.topic(settings.topic),
            spread: sends.spread,
            messages: sends.messages.clone(),
            level: sends.level,
        })
    }
}

/// What a member wants of a queue: of retries everything.
fn tags(settings: &MemberSettings, queue: LogId) -> Tags {
    match &settings.of_group.tag {
        Some(tag) if queue != settings.of_group.retry => Tags::Any([tag.clone()].into()),
        Some(_) | None => Tags::All,
    }
}

pub(super) fn signed(offset: Offset) -> i64 {
    i64::try_from(offset.0).unwrap_or(i64::MAX)
}
