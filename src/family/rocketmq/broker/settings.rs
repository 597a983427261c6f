//! The settings of a broker: those of its configuration file that the model knows, with the real defaults.

use alloc::vec;
use alloc::vec::Vec;

use crate::units::{Bytes, SimDuration};

/// Settings of a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokerSettings {
    /// `mappedFileSizeCommitLog`: 1 GiB.
    pub commit_log_file: Bytes,
    /// Entries of a file of a consume queue: 300,000 (`mappedFileSizeConsumeQueue` by 20 bytes).
    pub consume_queue_file: u64,
    /// `fileReservedTime`: 72 hours.
    pub reserved: SimDuration,
    /// `deleteWhen`: the hours of the day in which expired files go, by default 04.
    pub delete_hours: Vec<u8>,
    /// The time of the day at which the run starts: 00:00.
    pub starts_at: SimDuration,
    /// How full the disk is, in per cent.
    pub disk_percent: u8,
    /// The machine's memory: 16 GiB.
    pub memory: Bytes,
    /// `accessMessageInMemoryMaxRatio`: the share of it, in per cent, within which a message counts as in memory.
    pub memory_percent: u8,
    /// Whether the JVM still tells which pages are in memory (up to Java 8). Where it does not, every message that
    /// exists counts as in memory for a new group of a 5.1 or later broker (recorded).
    pub pages_are_told: bool,
    /// Whether the clean-up of files runs by itself.
    pub cleaner: bool,
}

impl Default for BrokerSettings {
    fn default() -> Self {
        Self {
            commit_log_file: Bytes(1 << 30),
            consume_queue_file: 300_000,
            reserved: SimDuration::from_secs(72 * 3_600),
            delete_hours: vec![4],
            starts_at: SimDuration::ZERO,
            disk_percent: 50,
            memory: Bytes(16 << 30),
            memory_percent: 40,
            pages_are_told: false,
            cleaner: true,
        }
    }
}
