//! What the Java client does by the clock and by number, as data.
//!
//! From `ClientConfig.java`, `MQClientInstance.java:startScheduledTask`, `DefaultMQPushConsumer.java`,
//! `RebalanceService.java`.

use crate::family::rocketmq::rules::Rules;
use crate::units::SimDuration;

/// The first commit behind the start, and between two of them.
pub const COMMIT: (SimDuration, SimDuration) =
    (SimDuration::from_secs(10), SimDuration::from_secs(5));
/// Between two heartbeats.
pub const HEARTBEAT: SimDuration = SimDuration::from_secs(30);
/// Between two looks at who owns which queue.
pub const REBALANCE: SimDuration = SimDuration::from_secs(20);
/// An orderly member takes its locks again.
pub const LOCK: SimDuration = SimDuration::from_secs(20);
/// How long a pull waits for a message at the broker.
pub const PULL_WAITS: SimDuration = SimDuration::from_secs(15);
/// Messages that a pull asks for.
pub const PULL_BATCH: u32 = 32;
/// A pull that failed is tried again.
pub const PULL_AGAIN: SimDuration = SimDuration::from_secs(3);
/// A pull that would read too far ahead is put off.
pub const PULL_PUT_OFF: SimDuration = SimDuration::from_millis(50);
/// Messages in flight of one queue above which nothing is pulled.
pub const MOST_IN_FLIGHT: u64 = 1_000;
/// The span of their offsets above which nothing is pulled, but by an orderly member.
pub const WIDEST_SPAN: u64 = 2_000;
/// How long a reset that is pushed (before 5.2) keeps a member from reading.
pub const RESET_PAUSE: SimDuration = SimDuration::from_secs(10);
/// How long an orderly member waits before it is handed a message again.
pub const ORDERLY_AGAIN: SimDuration = SimDuration::from_secs(1);
/// Attempts before a message goes to the dead letters.
pub const MOST_ATTEMPTS: u16 = 16;
/// How long a message may be consumed before it is sent back; looked at as often.
pub const CONSUME_TIMEOUT: SimDuration = SimDuration::from_secs(15 * 60);
/// For how long a POP hides its messages.
pub const INVISIBLE: SimDuration = SimDuration::from_secs(60);

/// How long a client waits before it goes on where a read was sent that found nothing; it then takes the queue up again
/// with its next rebalance. Since 5.2 it does both at once.
#[must_use]
pub const fn correction_waits(rules: &Rules) -> SimDuration {
    if rules.corrects_at_once {
        SimDuration::ZERO
    } else {
        SimDuration::from_secs(10)
    }
}

/// When a client looks again at who owns which queue.
#[must_use]
pub const fn rebalances_in(rules: &Rules, balanced: bool) -> SimDuration {
    if rules.rebalances_soon && !balanced {
        SimDuration::from_secs(1)
    } else {
        REBALANCE
    }
}
