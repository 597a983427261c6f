//! A producer program: sends messages in the pace it was told, round the queues of its topic. It sees no answers but
//! counts, and resends nothing.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Next, Output};
use crate::family::rocketmq::message::Sends;
use crate::family::rocketmq::settings::ProducerSettings;
use crate::units::{SimDuration, SimTime};

/// A producer. It outlives its runs: its counts are its application's.
#[derive(Clone, Debug)]
pub struct ProducerProgram {
    settings: Arc<ProducerSettings>,
    phase: Phase,
    orders: VecDeque<Order>,
    /// The next message of a paced order leaves then.
    next_send: SimTime,
    count: u64,
    /// The place in its round over the queues.
    round: u64,
    closing: bool,
    outputs: VecDeque<Output>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Ended,
    Disconnected,
    Open,
}

/// Messages to be sent.
#[derive(Clone, Debug)]
struct Order {
    sends: Sends,
    every: Option<SimDuration>,
}

impl ProducerProgram {
    /// A program that was never started.
    #[must_use]
    pub const fn new(settings: Arc<ProducerSettings>) -> Self {
        Self {
            settings,
            phase: Phase::Ended,
            orders: VecDeque::new(),
            next_send: SimTime::ZERO,
            count: 0,
            round: 0,
            closing: false,
            outputs: VecDeque::new(),
        }
    }

    /// The settings of the present or latest run.
    #[must_use]
    pub const fn settings(&self) -> &Arc<ProducerSettings> {
        &self.settings
    }

    /// Whether there is a run.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.phase != Phase::Ended
    }

    /// Whether it waits for a connection.
    #[must_use]
    pub fn is_disconnected(&self) -> bool {
        self.phase == Phase::Disconnected
    }

    /// `{n}` that the next message would get.
    #[must_use]
    pub const fn next_count(&self) -> u64 {
        self.count
    }

    /// The queue of the next message in its round over so many, which `messages` of them take part in.
    pub fn round(&mut self, queues: u32, messages: u64) -> u32 {
        let at = self.round % u64::from(queues.max(1));
        self.round = self.round.wrapping_add(messages);
        at as u32
    }

    /// Starts a run.
    pub fn start(&mut self, settings: Arc<ProducerSettings>, now: SimTime) {
        self.settings = settings;
        self.orders.clear();
        self.closing = false;
        self.outputs.clear();
        self.connect(now);
    }

    /// It has a connection.
    pub fn connect(&mut self, now: SimTime) {
        self.phase = Phase::Open;
        self.outputs.push_back(Output::Ready);
        self.pump(now);
    }

    /// It has no connection any more.
    pub fn disconnected(&mut self) {
        if self.phase != Phase::Ended {
            self.phase = Phase::Disconnected;
            self.outputs.clear();
            self.outputs.push_back(Output::Disconnected);
        }
    }

    /// The process died.
    pub fn crash(&mut self) {
        self.phase = Phase::Ended;
        self.orders.clear();
        self.outputs.clear();
    }

    /// It ends once everything handed over is sent; what waits for a connection is not sent any more.
    pub fn close(&mut self) {
        self.closing = true;
        if self.phase == Phase::Disconnected {
            self.orders.clear();
        }
        self.end_if_done();
    }

    /// Takes over messages.
    pub fn publish(&mut self, parts: Vec<Sends>, every: Option<SimDuration>, now: SimTime) {
        let every = every.filter(|gap| *gap > SimDuration::ZERO);
        for sends in parts {
            self.count = self.count.saturating_add(sends.messages.count);
            self.orders.push_back(Order { sends, every });
        }
        self.pump(now);
    }

    /// A moment that it waited for may have come.
    pub fn wake(&mut self, now: SimTime) {
        self.pump(now);
    }

    /// When it wants to be woken next.
    #[must_use]
    pub fn wakes_at(&self) -> Option<SimTime> {
        let waits = self.phase == Phase::Open && !self.orders.is_empty();
        waits.then_some(self.next_send)
    }

    /// What it does next.
    pub fn next_step(&mut self) -> Next {
        match self.outputs.pop_front() {
            Some(output) => Next::Output(output),
            None => Next::Nothing,
        }
    }

    /// Sends what is due.
    fn pump(&mut self, now: SimTime) {
        while self.phase == Phase::Open
            && let Some(order) = self.orders.front_mut()
        {
            let Some(every) = order.every else {
                if let Some(order) = self.orders.pop_front() {
                    self.outputs
                        .push_back(Output::Publish(Arc::new(order.sends)));
                }
                continue;
            };
            if self.next_send > now {
                break;
            }
            let one = order.sends.take_front(1);
            self.outputs.push_back(Output::Publish(Arc::new(one)));
            self.next_send = now.after(every);
            if order.sends.messages.count == 0 {
                self.orders.pop_front();
            }
        }
        self.end_if_done();
    }

    fn end_if_done(&mut self) {
        if self.closing && self.orders.is_empty() && self.phase != Phase::Ended {
            self.phase = Phase::Ended;
            self.outputs.push_back(Output::Closed);
        }
    }
}
