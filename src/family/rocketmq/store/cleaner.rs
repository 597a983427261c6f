//! Which files of the commit log go, and when: by age in the hours for it, by age at any hour when the disk fills up,
//! whatever their age when it is nearly full.
//!
//! From `DefaultMessageStore.java:CleanCommitLogService`, `UtilAll.java:isItTimeToDo`.

use super::commit_log::{CommitLog, FileView};
use crate::units::{SimDuration, SimTime};

/// Files that one pass deletes at most (`deleteFileBatchMax`).
pub const FILES_A_PASS: u64 = 10;
/// Above so much of the disk (`diskMaxUsedSpaceRatio`) expired files go at any hour.
pub const DISK_MAX_USED_PERCENT: u8 = 75;
/// Above so much, the oldest files go whether they are expired or not (`diskSpaceCleanForciblyRatio`).
pub const DISK_FORCIBLY_PERCENT: u8 = 85;
/// Above so much, messages are refused too (`diskSpaceWarningLevelRatio`).
pub const DISK_FULL_PERCENT: u8 = 90;
const DAY_US: u64 = 24 * 3_600 * 1_000_000;
const HOUR_US: u64 = 3_600 * 1_000_000;

/// What a pass of the cleaner goes by.
#[derive(Clone, Copy, Debug)]
pub struct CleaningPolicy<'a> {
    /// How long a file is kept behind its last write.
    pub reserved: SimDuration,
    /// Hours of the day.
    pub hours: &'a [u8],
    /// The time of the day at the start of the run.
    pub starts_at: SimDuration,
    /// How full the disk is.
    pub disk_percent: u8,
}

impl CleaningPolicy<'_> {
    /// Whether expired files go at this moment.
    #[must_use]
    pub fn is_time(&self, now: SimTime) -> bool {
        let of_day = now.after(self.starts_at).0 % DAY_US;
        self.disk_percent > DISK_MAX_USED_PERCENT
            || self
                .hours
                .iter()
                .any(|hour| of_day / HOUR_US == u64::from(*hour))
    }

    /// Whether files go whatever their age.
    #[must_use]
    pub const fn is_forced(&self) -> bool {
        self.disk_percent > DISK_FORCIBLY_PERCENT
    }

    /// Whether a file is expired.
    #[must_use]
    pub fn is_expired(&self, file: &FileView, now: SimTime) -> bool {
        file.last_write.after(self.reserved) <= now
    }

    /// The first moment from `from` on, if there is one, at which a pass would find its oldest file to delete.
    #[must_use]
    pub fn next_deletion(&self, log: &CommitLog, from: SimTime) -> Option<SimTime> {
        let oldest = log.oldest()?;
        if self.is_forced() {
            return Some(from);
        }
        let expired = oldest.last_write.after(self.reserved).max(from);
        if self.is_time(expired) {
            return Some(expired);
        }
        let of_day = expired.after(self.starts_at).0 % DAY_US;
        let until = |hour: &u8| {
            let at = u64::from(*hour) * HOUR_US;
            (at + DAY_US - of_day) % DAY_US
        };
        let wait = self
            .hours
            .iter()
            .filter(|hour| **hour < 24)
            .map(until)
            .min()?;
        Some(expired.after(SimDuration(wait)))
    }
}

/// What a pass deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Files.
    pub files: u64,
    /// Of these, those that were not expired.
    pub forced: u64,
}

/// One pass: deletes from the front until a file is neither expired nor has to go. `asked` is a pass that an operator
/// asks for: at any hour, but only expired files.
pub(super) fn pass(
    log: &mut CommitLog,
    policy: &CleaningPolicy<'_>,
    now: SimTime,
    asked: bool,
) -> Cleaned {
    let mut cleaned = Cleaned::default();
    if !asked && !policy.is_time(now) {
        return cleaned;
    }
    while cleaned.files < FILES_A_PASS {
        let Some(file) = log.oldest() else {
            break;
        };
        if !policy.is_expired(&file, now) {
            if !policy.is_forced() {
                break;
            }
            cleaned.forced += 1;
        }
        log.delete_oldest();
        cleaned.files += 1;
    }
    cleaned
}
