//! What each statement of this family does at the moment it is reached, and the life of programs. Moves no time.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effects::{NO_EVENT, then};
use super::groups::GroupSetup;
use super::{Driver, SCRIPT};
use crate::engine::Host;
use crate::family::rocketmq::broker::{Effect, Request, ResponseCode};
use crate::family::rocketmq::client::{MemberProgram, Program};
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::settings::{GroupSettings, MemberSettings, StartFrom};
use crate::family::rocketmq::statements::{
    GroupStart, GroupStatement, Habits, Statement, TopicStatement,
};
use crate::ids::{ActorId, LogId};
use crate::language::ast::StatementKind;
use crate::trace::event::{Idle, What};
use crate::units::SimTime;

impl Driver {
    /// Does what a statement says; statements about time, links and checks do nothing here.
    pub(crate) fn statement(&mut self, host: &mut Host, statement: &StatementKind) {
        self.now = host.now();
        match statement {
            StatementKind::Family(statement) => {
                if let Some(statement) = statement.rocketmq() {
                    self.own_statement(host, statement);
                }
            }
            StatementKind::Stop(id) => self.stop(host, *id),
            StatementKind::Restart(id) => self.restart(host, *id),
            StatementKind::Crash(id) => self.crash(host, *id),
            StatementKind::Pause(id) => self.pause(host, *id),
            StatementKind::Resume(id) => self.resume(host, *id),
            StatementKind::Node(statement) => self.node_statement(host, *statement),
            StatementKind::Link(_)
            | StatementKind::Chapter(_)
            | StatementKind::Run
            | StatementKind::RunFor(_)
            | StatementKind::RunUntil(_)
            | StatementKind::Step(_)
            | StatementKind::Await(_)
            | StatementKind::Expect(_)
            | StatementKind::Ask { .. }
            | StatementKind::Goal { .. } => {}
        }
    }

    fn own_statement(&mut self, host: &mut Host, statement: &Statement) {
        match statement {
            Statement::Topic(said) => {
                self.topic(host, said);
                self.finish_tasks(host);
            }
            Statement::Producer { producer, topic } => self.producer(host, *producer, *topic),
            Statement::Publish(said) => self.publish(host, said),
            Statement::Close(id) => self.stop(host, *id),
            Statement::Group(said) => self.group(host, said),
            Statement::Member(said) => {
                self.join(host, said.member, said.group, said.habits.clone());
            }
            Statement::Reset(said) => {
                self.hear_the_ended(host, said.group);
                self.reset(host, said);
                self.finish_tasks(host);
            }
            Statement::Expire => {
                self.expire(host);
                self.finish_tasks(host);
            }
            Statement::Disk(percent) => {
                self.broker.settings_mut().disk_percent = *percent;
                host.emit(None, QueueEvent::DiskFilled { percent: *percent });
            }
        }
    }

    fn topic(&mut self, host: &mut Host, said: &TopicStatement) {
        if !self.is_up {
            return self.tool_refused(host, None, None);
        }
        if let Some(reserved) = said.reserved {
            self.broker.settings_mut().reserved = reserved;
        }
        let request = Request::Topic {
            topic: self.names.topic(said.topic),
            read_queues: said.read,
            write_queues: said.write,
        };
        let (code, effects) = self.ask(request);
        if let Some(code) = code {
            return self.tool_refused(host, None, Some(code));
        }
        let state = host.world().family.rocketmq();
        let is_new = |queue: &&LogId| state.is_some_and(|it| !it.queue(**queue).is_there);
        let queues: Vec<LogId> = said.queues.iter().filter(is_new).copied().collect();
        let event = host.emit(
            None,
            QueueEvent::TopicSet {
                topic: said.topic,
                read: said.read,
                write: said.write,
                queues: queues.into(),
            },
        );
        then(host, effects, Some(event));
    }

    fn group(&mut self, host: &mut Host, said: &GroupStatement) {
        let settings = Arc::new(GroupSettings {
            topic: said.topic,
            retry: said.retry,
            dead: said.dead,
            from: match said.from {
                GroupStart::First => StartFrom::First,
                GroupStart::Last => StartFrom::Last,
                GroupStart::Timestamp(since) => StartFrom::Timestamp(SimTime(since.0)),
                GroupStart::Now => StartFrom::Timestamp(host.now()),
            },
            commit: said.commit,
            mode: said.mode,
            tag: said.tag.clone(),
        });
        let group = said.group;
        match &mut self.groups[group.index()] {
            Some(setup) => {
                setup.settings = settings.clone();
                setup.habits = said.habits.clone();
                setup.starts_own = true;
            }
            setup => *setup = Some(GroupSetup::new(settings.clone(), said.habits.clone())),
        }
        host.emit(None, QueueEvent::GroupSet { group, settings });
        host.activate(group);
    }

    /// A group without a member starts one of its own as soon as time passes. True if it does now.
    pub(super) fn start_own_member(&mut self, host: &mut Host, group: ActorId) -> bool {
        let Some(setup) = &mut self.groups[group.index()] else {
            return false;
        };
        if !core::mem::take(&mut setup.starts_own) || self.processes[group.index()].runs() {
            return false;
        }
        let setup = self.groups[group.index()].as_ref();
        let habits = setup.map_or_else(Habits::default, |setup| setup.habits.clone());
        self.join(host, group, group, habits);
        true
    }

    /// A member joins a group.
    fn join(&mut self, host: &mut Host, member: ActorId, group: ActorId, habits: Habits) {
        if self.processes[member.index()].runs() {
            return host.ignore(Some(member), Idle::AlreadyRunning);
        }
        let Some(setup) = &mut self.groups[group.index()] else {
            return host.ignore(Some(member), Idle::NotRunning);
        };
        setup.starts_own = false;
        let settings = Arc::new(MemberSettings {
            group,
            of_group: setup.settings.clone(),
            client: habits.client.unwrap_or(host.scenario().header.version),
            habits,
        });
        self.start_member(host, member, settings);
    }

    fn start_member(&mut self, host: &mut Host, id: ActorId, settings: Arc<MemberSettings>) {
        let started = QueueEvent::MemberStarted {
            member: id,
            settings: settings.clone(),
        };
        let now = host.now();
        self.begin(host, id, started);
        let process = &mut self.processes[id.index()];
        process.arrivals.clear();
        process.at = None;
        let fresh = || Program::Member(MemberProgram::new(settings.clone()));
        if let Program::Member(member) = process.program.get_or_insert_with(fresh) {
            member.start(settings, now);
        }
        self.connect(host, id);
    }

    /// What the start of any run needs: the event, and a connection.
    pub(super) fn begin(&mut self, host: &mut Host, id: ActorId, started: QueueEvent) {
        let event = host.emit(None, started);
        self.processes[id.index()].unplug();
        self.processes[id.index()].cause = Some(event);
        self.plug(id);
    }

    /// The first messages leave; with the broker down a program finds so at once.
    pub(super) fn connect(&mut self, host: &mut Host, id: ActorId) {
        if !self.is_up
            && let Some(program) = &mut self.processes[id.index()].program
        {
            program.disconnected();
        }
        self.speak_at_once(host, id);
    }

    fn restart(&mut self, host: &mut Host, id: ActorId) {
        // One that runs is ended as `stop` does, then started.
        if self.processes[id.index()].runs() {
            self.stop(host, id);
        }
        let process = &self.processes[id.index()];
        if process.runs() {
            return host.ignore(Some(id), Idle::AlreadyRunning);
        }
        match &process.program {
            Some(Program::Producer(producer)) => {
                let settings = producer.settings().clone();
                self.start_producer(host, id, settings);
            }
            Some(Program::Member(member)) => {
                // What was said of the group since counts.
                let mut settings = MemberSettings::clone(member.settings());
                if let Some(setup) = &self.groups[settings.group.index()] {
                    settings.of_group = setup.settings.clone();
                }
                self.start_member(host, id, Arc::new(settings));
            }
            None => host.ignore(Some(id), Idle::NotRunning),
        }
    }

    fn stop(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        if !process.runs() {
            return self.not_running(host, id);
        }
        process.cause = None;
        process.at = None;
        host.stop_work(id);
        if let Some(program) = &mut process.program {
            program.stop();
        }
        self.speak_at_once(host, id);
    }

    fn crash(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        if !process.runs() {
            return self.not_running(host, id);
        }
        if let Some(program) = &mut process.program {
            program.crash();
        }
        process.at = None;
        host.forget_plans(id);
        let event = host.emit(None, What::Crashed { actor: id });
        self.hang_up(host, id, Some(event));
    }

    /// A group whose own member has not started yet never starts it.
    fn not_running(&mut self, host: &mut Host, id: ActorId) {
        if let Some(setup) = &mut self.groups[id.index()] {
            setup.starts_own = false;
        }
        host.ignore(Some(id), Idle::NotRunning);
    }

    fn pause(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        match process
            .member()
            .filter(|member| member.runs() && !member.is_paused())
        {
            Some(member) => {
                member.pause();
                process.at = None;
                host.stop_work(id);
                host.emit(None, What::Paused { consumer: id });
            }
            None => host.ignore(Some(id), Idle::NotRunning),
        }
    }

    fn resume(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        match process
            .member()
            .filter(|member| member.runs() && member.is_paused())
        {
            Some(member) => {
                member.resume();
                host.emit(None, What::Resumed { consumer: id });
                host.activate(id);
            }
            None => host.ignore(Some(id), Idle::NotPaused),
        }
    }

    fn expire(&mut self, host: &mut Host) {
        if !self.is_up {
            return self.tool_refused(host, None, None);
        }
        let mut effects = Vec::new();
        self.broker.expire(host.now(), &mut effects);
        if effects.is_empty() {
            host.emit(None, QueueEvent::NothingExpired);
        }
        then(host, effects, None);
    }

    pub(super) fn tool_refused(
        &self,
        host: &mut Host,
        group: Option<ActorId>,
        code: Option<ResponseCode>,
    ) {
        host.emit(None, QueueEvent::ToolRefused { group, code });
    }

    /// The script asks the broker, without a link in between: why it refused, and whatever else it led to.
    fn ask(&mut self, request: Request) -> (Option<ResponseCode>, Vec<Effect>) {
        let mut effects = Vec::new();
        self.broker
            .request(self.now, SCRIPT, NO_EVENT, request, &mut effects);
        let mut code = None;
        effects.retain(|effect| match effect.response() {
            Some((SCRIPT, _, response)) => {
                code = response.parts().refusal;
                false
            }
            Some(_) | None => true,
        });
        (code, effects)
    }
}
