//! Statements about streams, which the script asks of the broker without a link in between. Moves no time.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Driver;
use super::connections::SCRIPT;
use super::effects::{NO_EVENT, then_effects};
use crate::engine::Host;
use crate::family::rabbitmq::broker::{
    ClientFrame, Effect, PolicyLimits, Request, Response, ResponseCode, StreamArguments,
};
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::statements::{PolicyStatement, StreamStatement};
use crate::ids::LogId;
use crate::trace::event::Idle;

impl Driver {
    pub(super) fn create(&mut self, host: &mut Host, s: &StreamStatement) {
        let arguments = StreamArguments {
            max_length: s.max_length,
            max_age: s.max_age,
            segment_size: s.segment,
            filter_size: s.filter_size,
            written: Vec::new(),
        };
        let name = self.streams.name(s.stream);
        let request = Request::Create {
            stream: name,
            arguments,
        };
        let stream = s.stream;
        let code = self.script_code(host, request);
        if code != ResponseCode::Ok {
            host.emit(None, StreamEvent::StreamRefused { stream, code });
            return;
        }
        let rows = host.trace().arenas.stream(stream).chunks.len();
        self.streams
            .created(stream, u32::try_from(rows).unwrap_or(u32::MAX));
        let users = self.processes.iter_mut().filter(|p| p.stream == stream);
        users.for_each(super::Process::forget_processed);
        let event = host.emit(None, StreamEvent::StreamCreated { stream });
        self.settle_leader(host, stream, Some(event));
    }

    pub(super) fn delete(&mut self, host: &mut Host, stream: LogId) {
        let request = Request::Delete {
            stream: self.streams.name(stream),
        };
        if !self.is_up {
            let code = ResponseCode::StreamNotAvailable;
            host.emit(None, StreamEvent::StreamRefused { stream, code });
            return;
        }
        self.finish_tasks(host);
        let (answer, effects) = self.ask(request);
        let event = match answer {
            Some(Response::Code(ResponseCode::Ok)) => StreamEvent::StreamDeleted { stream },
            Some(Response::Code(code)) => StreamEvent::StreamRefused { stream, code },
            _ => return,
        };
        let event = host.emit(None, event);
        self.held.calm(stream);
        then_effects(host, effects, Some(event));
    }

    /// A policy is the broker's and for a name, whether there is such a stream or not.
    pub(super) fn set_policy(&mut self, host: &mut Host, s: &PolicyStatement) {
        let PolicyStatement { stream, limits } = *s;
        let name = self.streams.name(stream);
        let limits = limits.map(|limits| PolicyLimits {
            max_length: limits.max_length,
            max_age: limits.max_age,
        });
        if !self.is_up {
            return host.ignore(None, Idle::BrokerDown);
        }
        if self.broker.policy(&name) == limits {
            let same = limits.map_or(Idle::NoPolicy, |_| Idle::SamePolicy);
            return host.ignore(None, same);
        }
        self.finish_tasks(host);
        let mut effects = Vec::new();
        self.broker
            .set_policy(host.now(), &name, limits, &mut effects);
        let event = host.emit(None, StreamEvent::PolicySet { stream, limits });
        then_effects(host, effects, Some(event));
        if self.broker.stream(&name).is_none() && limits.is_some() {
            host.ignore(None, Idle::NoStream);
        }
    }

    fn script_code(&mut self, host: &mut Host, request: Request) -> ResponseCode {
        if !self.is_up {
            return ResponseCode::StreamNotAvailable;
        }
        match self.ask(request) {
            (Some(Response::Code(code)), effects) => {
                then_effects(host, effects, None);
                code
            }
            _ => ResponseCode::StreamNotAvailable,
        }
    }

    /// Whether a stream is there and has a leader: `ok`, or the code that says what is missing.
    pub(super) fn presence(&mut self, stream: Arc<str>) -> ResponseCode {
        match self.ask(Request::Metadata { stream }) {
            (Some(Response::Metadata { code }), _) => code,
            _ => ResponseCode::StreamNotAvailable,
        }
    }

    /// The script asks the broker, without a link in between: the answer, and whatever else it led to.
    pub(super) fn ask(&mut self, request: Request) -> (Option<Response>, Vec<Effect>) {
        let mut effects = Vec::new();
        self.broker.request(SCRIPT, NO_EVENT, request, &mut effects);
        let mut answer = None;
        effects.retain(|effect| {
            if let Effect::ToClient {
                to: SCRIPT,
                frame: ClientFrame::Response { response, .. },
            } = effect
            {
                answer = Some(response.clone());
                return false;
            }
            true
        });
        (answer, effects)
    }
}
