//! The engine: runs a scenario in a simulated world of clock, links, programs and brokers, and writes down what
//! happens. Pure and deterministic; knows no cursor and no picture.

mod alarms;
mod busy;
mod hit;
mod host;
mod instant;
mod link;
mod queue;
mod range;
mod resume;
mod until;
mod work;

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub(crate) use host::{Done, Host, Letter};
pub(crate) use queue::Delivery;
pub(crate) use range::Portion;

use instant::Sim;
use resume::Kept;
use until::Until;

use crate::ids::StatementId;
use crate::language::Scenario;
use crate::language::ast::{Check, Condition, StatementKind};
use crate::language::show;
use crate::limits;
use crate::trace::event::What;
use crate::units::SimTime;
use crate::world::timeline::{CheckResult, Stopped, Timeline};

/// A scenario being run. A copy goes on from where it was copied, and shares what happened before.
#[derive(Clone, Debug)]
pub struct Run {
    scenario: Arc<Scenario>,
    sim: Sim,
    /// The statement that is under way, or the next one.
    at: usize,
    until: Option<Until>,
    messages: u64,
    steps: u64,
    done: bool,
    /// Copies of it, if it keeps any.
    kept: Option<Kept>,
}

/// Whether there is more to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Call again.
    More,
    /// The run is over.
    Done,
}

impl Run {
    /// A run that has not begun. It keeps no copies of itself: a run of an edited text does everything anew once.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let scenario = Arc::new(scenario.clone());
        Self {
            sim: Sim::new(&scenario),
            scenario,
            at: 0,
            until: None,
            messages: 0,
            steps: 0,
            done: false,
            kept: None,
        }
    }

    /// Goes on for about `budget` events.
    pub fn advance(&mut self, budget: u32) -> Progress {
        for _ in 0..budget.max(1) {
            if self.done {
                return Progress::Done;
            }
            self.tick();
        }
        if self.done {
            Progress::Done
        } else {
            Progress::More
        }
    }

    /// Runs to the end.
    #[must_use]
    pub fn complete(mut self) -> Timeline {
        while self.advance(u32::MAX) == Progress::More {}
        self.into_timeline()
    }

    /// What happened so far.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.sim.host.timeline
    }

    /// What happened so far, for good.
    #[must_use]
    pub fn into_timeline(self) -> Timeline {
        self.sim.host.timeline
    }

    /// Whether the world folded from the trace agrees with the driver's own state. Meaningful once the
    /// present instant is quiet; in its midst the trace may be behind.
    ///
    /// # Errors
    ///
    /// The first difference, in words.
    pub fn audit(&self) -> Result<(), String> {
        self.sim.driver.audit(&self.sim.host)
    }

    /// One small step: a statement, something that happens, or a move of time.
    fn tick(&mut self) {
        if self.sim.host.timeline.len() as usize >= limits::EVENTS {
            let limit = show::grouped(limits::EVENTS as u64);
            let busy = self.busy();
            return self.stop(format!("the run would have more than {limit} events{busy}"));
        }
        self.steps += 1;
        if self.steps > limits::STEPS {
            let limit = show::grouped(limits::STEPS);
            let busy = self.busy();
            return self.stop(format!("the run would take more than {limit} steps{busy}"));
        }
        match self.until.take() {
            Some(until) => self.wait(until),
            None if self.at < self.scenario.statements.len() => {
                self.keep();
                self.begin();
            }
            None => {
                self.check_goals();
                self.done = true;
            }
        }
    }

    /// Who kept the run busy, and how such a run is ended well; as the end of a sentence.
    fn busy(&self) -> String {
        let busy = busy::busiest(&self.sim.host.timeline);
        match &self.until {
            Some(Until::Idle) => format!(
                "{busy}; what never comes to rest is ended by `run for DUR`, `run until COND` or `step N`"
            ),
            Some(Until::Time(_) | Until::Events(_) | Until::Condition(_) | Until::Confirmed(_))
            | None => busy,
        }
    }

    /// Waits on for what the statement under way waits for.
    fn wait(&mut self, until: Until) {
        let now = self.sim.host.now;
        if self.is_met(&until) {
            return self.end_wait(&until, true);
        }
        if self.sim.step() {
            self.until = Some(until);
            return;
        }
        if let Until::Time(end) = until {
            if !self.sim.move_time(Some(end)) {
                self.pass_time(end);
                return self.end_wait(&until, true);
            }
        } else if self.sim.is_idle() {
            return self.end_wait(&until, false);
        } else if let Some(moment) = self.moment_in_time() {
            self.pass_time(moment);
            return self.end_wait(&until, true);
        } else {
            self.sim.move_time(None);
        }
        if self.sim.host.now.0 > limits::TIME_US {
            self.sim.host.now = now;
            return self.stop("the run would pass 100 simulated years".into());
        }
        self.until = Some(until);
    }

    /// Time passes up to `end` and nothing happens in it.
    fn pass_time(&mut self, end: SimTime) {
        self.sim.host.now = end;
        if self.sim.host.timeline.end().now < end {
            self.sim.host.emit(None, What::Waited);
        }
    }

    /// Begins a statement, and ends it unless it waits.
    fn begin(&mut self) {
        let scenario = self.scenario.clone();
        let kind = &scenario.statements[self.at].kind;
        if let StatementKind::Family(statement) = kind {
            self.messages = self.messages.saturating_add(statement.messages());
            if self.messages > limits::MESSAGES {
                let limit = show::grouped(limits::MESSAGES);
                return self.stop(format!("the scenario publishes more than {limit} messages"));
            }
        }
        if let Some(until) = self.waits_for(kind) {
            if let Until::Time(end) = until
                && end.0 > limits::TIME_US
            {
                return self.stop("the run would pass 100 simulated years".into());
            }
            if let Until::Condition(condition) = &until {
                self.sim.host.watch = Some(condition.clone());
            }
            self.until = Some(until);
            return;
        }
        if let StatementKind::Link(link) = kind {
            self.sim.link(*link);
        } else {
            self.sim.driver.statement(&mut self.sim.host, kind);
        }
        if let StatementKind::Expect(check) = kind {
            let facts = self.sim.host.timeline.facts();
            let (passed, actual) = facts.check(check);
            let why = match check {
                Check::Compare(c) if !passed => facts.why_not(c),
                Check::Compare(_) | Check::Received { .. } => None,
            };
            let text = format!("expect {}", show::check(&scenario, check));
            self.checked(self.at, text, (passed, actual, why));
        }
        self.end_statement();
    }

    fn end_statement(&mut self) {
        self.sim.host.timeline.statement_ended();
        self.at += 1;
        if self.at == self.scenario.statements.len() {
            self.keep();
        }
        self.go_on();
    }

    /// The end of the script is an implicit `run`.
    fn go_on(&mut self) {
        if self.at == self.scenario.statements.len() {
            self.until = Some(Until::Idle);
        }
    }

    fn end_wait(&mut self, until: &Until, met: bool) {
        self.sim.host.watch = None;
        if self.at >= self.scenario.statements.len() {
            return;
        }
        match until {
            Until::Idle | Until::Time(_) | Until::Events(_) => {}
            Until::Condition(condition) => {
                let words = show::condition(&self.scenario, condition);
                let seen = self.seen(condition);
                let why = (!met).then(|| self.why_never(condition)).flatten();
                self.checked(self.at, format!("run until {words}"), (met, seen, why));
            }
            Until::Confirmed(producer) => {
                let name = &self.scenario.actors[producer.index()].name;
                let name = show::name_in(self.scenario.header.family, name);
                let left = self.sim.host.world().family.unconfirmed(*producer);
                self.checked(
                    self.at,
                    format!("await {name} confirmed"),
                    (met, format!("{left} unconfirmed"), None),
                );
            }
        }
        self.end_statement();
    }

    fn seen(&self, condition: &Condition) -> String {
        let facts = self.sim.host.timeline.facts();
        let mut seen = String::new();
        for comparison in &condition.all {
            if !seen.is_empty() {
                seen.push_str(" and ");
            }
            seen.push_str(&facts.seen(comparison));
        }
        seen
    }

    /// Why a wait for a condition did not end.
    fn why_never(&self, condition: &Condition) -> Option<String> {
        let jumped = || {
            let timeline = &self.sim.host.timeline;
            let from = timeline.start_of(StatementId::at(self.at))?;
            match condition.all.as_slice() {
                [alone] => timeline.jumped_over(from, alone),
                // One of several may have had its value while another had not.
                _ => None,
            }
        };
        self.why_not(condition).or_else(jumped)
    }

    /// Why the comparisons of a condition that do not hold cannot.
    fn why_not(&self, condition: &Condition) -> Option<String> {
        let facts = self.sim.host.timeline.facts();
        let failing = condition.all.iter().filter(|c| !facts.holds(c));
        let all: Vec<String> = failing.filter_map(|c| facts.why_not(c)).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    fn checked(
        &mut self,
        at: usize,
        text: String,
        (passed, actual, why): (bool, String, Option<String>),
    ) {
        let statement = StatementId(u32::try_from(at).unwrap_or(u32::MAX));
        let events = self.sim.host.timeline.len();
        self.sim.host.timeline.checked(CheckResult {
            statement,
            events,
            text,
            passed,
            actual,
            why,
        });
    }

    fn check_goals(&mut self) {
        let scenario = self.scenario.clone();
        for (at, statement) in scenario.statements.iter().enumerate() {
            if let StatementKind::Goal { text, condition } = &statement.kind {
                let passed = self.sim.host.timeline.facts().all_hold(condition);
                let words = show::condition(&scenario, condition);
                let text = format!("goal {} {words}", show::quoted(text));
                let seen = self.seen(condition);
                let why = self.why_not(condition).filter(|_| !passed);
                self.checked(at, text, (passed, seen, why));
            }
        }
    }

    /// The run ends at the statement that is under way. Behind the last one it is the one that let time pass last, if
    /// there is one: what it left goes on in the unwritten `run`.
    fn stop(&mut self, message: String) {
        let statements = &self.scenario.statements;
        let last = statements.len().saturating_sub(1);
        let passing = statements.iter().rposition(|s| s.kind.moves_time());
        let (at, message) = if self.at < statements.len() {
            (self.at, message)
        } else {
            let message = format!("in the `run` behind the last line, {message}");
            (passing.unwrap_or(last), message)
        };
        let statement = StatementId::at(at);
        self.sim.host.timeline.stop(Stopped { statement, message });
        self.until = None;
        self.done = true;
    }
}
