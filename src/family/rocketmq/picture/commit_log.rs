//! The files of the commit log below the lanes: what is written, and when each goes. Nothing is deleted here.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{bisect, divide};
use crate::explain::english;
use crate::family::rocketmq::arena::Arena;
use crate::family::rocketmq::state::CommitLog;
use crate::family::rocketmq::statements::Statement;
use crate::family::rocketmq::store::Position;
use crate::ids::StatementId;
use crate::units::{SimDuration, SimTime};
use crate::view::model::{FILES, SharedFile, SharedFiles};
use crate::view::moment::Moment;

/// `fileReservedTime` when the script says nothing: 72 hours.
const RESERVED: SimDuration = SimDuration::from_secs(72 * 3_600);
/// A file of the commit log when the script says nothing.
const FILE: u64 = 1 << 30;
/// How full the disk is when the script says nothing, in per cent.
const DISK: u8 = 50;
/// From here on expired files go at any hour, in per cent of the disk.
const AT_ANY_HOUR: u8 = 75;
/// From here on the oldest files go whatever their age.
const WHATEVER_AGE: u8 = 85;

/// The commit log at a moment, in files.
pub(crate) struct CommitLogFiles<'a> {
    arena: &'a Arena,
    log: CommitLog,
    /// Bytes of a file.
    pub(crate) size: u64,
    /// How long a file is kept behind its last write.
    pub(crate) reserved: SimDuration,
    now: SimTime,
}

/// A file at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File {
    /// Its number, from the first that there ever was.
    pub(crate) number: u32,
    /// Where it begins.
    pub(crate) start: Position,
    /// Where it ends: what is written so far, of the one that is being written.
    pub(crate) end: Position,
    /// When it was last written to.
    pub(crate) last_write: SimTime,
    /// Whether it is the one that is being written, which is never deleted.
    pub(crate) is_active: bool,
}

impl<'a> CommitLogFiles<'a> {
    pub(crate) fn of(moment: &Moment<'a>) -> Self {
        let (arena, log) = (moment.rocketmq_arena(), moment.rocketmq().log);
        let latest = log
            .rows
            .checked_sub(1)
            .and_then(|row| arena.appended.get(row as usize));
        Self {
            arena,
            log,
            size: latest.map_or(FILE, |extent| extent.file.max(1)),
            reserved: reserved(moment),
            now: moment.world.now,
        }
    }

    /// How full the disk is, in per cent.
    pub(crate) fn disk(&self) -> u8 {
        self.log.disk.unwrap_or(DISK)
    }

    /// The numbers of the oldest file and of the one behind the youngest.
    fn span(&self) -> (u64, u64) {
        match self.arena.end(self.log.rows).0 {
            0 => (0, 0),
            end => (self.log.first.0 / self.size, (end - 1) / self.size + 1),
        }
    }

    /// The numbers of all files that are there, the oldest first.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u32> {
        let (first, behind) = self.span();
        (first..behind).filter_map(|number| u32::try_from(number).ok())
    }

    /// A file that is there.
    pub(crate) fn file(&self, number: u32) -> Option<File> {
        let (first, behind) = self.span();
        let at = u64::from(number);
        if at < first || at >= behind {
            return None;
        }
        let (start, is_active) = (Position(at * self.size), at + 1 == behind);
        let end = match is_active {
            true => self.arena.end(self.log.rows),
            false => Position(start.0 + self.size),
        };
        Some(File {
            number,
            start,
            end,
            last_write: self.last_write(end),
            is_active,
        })
    }

    /// Where a file began that is deleted.
    pub(crate) fn start_of_deleted(&self, number: u32) -> Option<Position> {
        let at = u64::from(number);
        (at < self.span().0).then_some(Position(at * self.size))
    }

    /// The file that holds a position; files are counted far below 2^32 while a run can be looked at.
    pub(crate) fn number_of(&self, position: Position) -> u32 {
        u32::try_from(position.0 / self.size).unwrap_or(u32::MAX)
    }

    /// When a file that ends there was last written to: by the append that began the next one, or by the last so far.
    fn last_write(&self, end: Position) -> SimTime {
        let rows = self.log.rows as usize;
        let appended = &self.arena.appended;
        let at = bisect(0, rows, |at| {
            appended.get(at).is_some_and(|extent| extent.end() <= end)
        });
        let extent = appended.get(at.min(rows.saturating_sub(1)));
        extent.map_or(SimTime::ZERO, |extent| extent.stored_at)
    }

    /// When a file may go because of its age.
    pub(crate) fn due(&self, file: &File) -> SimTime {
        file.last_write.after(self.reserved)
    }

    /// Behind the last of the oldest files that the cleaner may take now, if it may take any.
    pub(crate) fn behind_due(&self) -> Option<Position> {
        let (first, behind) = self.span();
        let mut due = None;
        for number in (first..behind).take(FILES) {
            let file = self.file(u32::try_from(number).ok()?)?;
            let goes = self.disk() > WHATEVER_AGE || self.due(&file) <= self.now;
            if file.is_active || !goes {
                break;
            }
            due = Some(file.end);
        }
        due
    }

    /// When a file goes, in several wordings, the longest first.
    fn ends(&self, file: &File) -> Vec<String> {
        if file.is_active {
            return alloc::vec![
                "being written, so it stays".into(),
                "being written".into(),
                "written".into()
            ];
        }
        if self.disk() > WHATEVER_AGE {
            return alloc::vec![
                "goes at once: the disk is full".into(),
                "goes at once".into()
            ];
        }
        let due = self.due(file);
        if due > self.now {
            let left = for_people(due.since(self.now));
            return alloc::vec![
                format!(
                    "expires in {left}, at {}",
                    for_people(due.since(SimTime::ZERO))
                ),
                format!("expires in {left}"),
                format!("in {left}"),
            ];
        }
        let when = match self.disk() > AT_ANY_HOUR {
            true => "goes now: the disk is filling up",
            false => "expired, goes from 04:00 on",
        };
        alloc::vec![when.into(), "expired".into()]
    }

    fn shared_file(&self, file: &File) -> SharedFile {
        let ends = self.ends(file);
        let written = file.end.0 - file.start.0;
        let bytes = english::count(written, "byte");
        let name = format!("file {}", english::number(file.number.into()));
        let is_due = !file.is_active && (self.due(file) <= self.now || self.disk() > WHATEVER_AGE);
        SharedFile {
            number: file.number,
            class: match (file.is_active, is_due) {
                (true, _) => "active",
                (false, true) => "due",
                (false, false) => "",
            },
            filled: u16::try_from(divide(u128::from(written) * 1_000, self.size.into()))
                .unwrap_or(1_000),
            label: format!("{name} of the commit log, {bytes}: {}", ends[0]),
            names: alloc::vec![
                format!("{name} · {}", size(self.size)),
                name,
                english::number(file.number.into()),
            ],
            ends,
        }
    }
}

/// All files.
pub(crate) fn shared_files(moment: &Moment<'_>) -> SharedFiles {
    let files = CommitLogFiles::of(moment);
    let (first, behind) = files.span();
    let from = behind.saturating_sub(FILES as u64).max(first);
    let numbers = (from..behind).filter_map(|number| u32::try_from(number).ok());
    let youngest = numbers.filter_map(|number| files.file(number));
    let count = english::count(behind - first, "file");
    let (kept, disk) = (for_people(files.reserved), files.disk());
    let full = format!(
        "{count} of {}, kept {kept} after the last write · cleaner at 04:00 · disk {disk}%",
        size(files.size)
    );
    SharedFiles {
        name: "commit log of all topics",
        sentence: format!(
            "The commit log of all topics: {count}, kept {kept} after the last write."
        ),
        facts: alloc::vec![full, format!("{count} · kept {kept} · disk {disk}%"), count],
        youngest: youngest.map(|file| files.shared_file(&file)).collect(),
        older: from - first,
    }
}

/// How long a file is kept: as the latest `topic` said that has taken effect.
fn reserved(moment: &Moment<'_>) -> SimDuration {
    let statements = moment.scenario().statements.iter().enumerate().rev();
    let said =
        statements.filter_map(
            |(at, statement)| match statement.kind.family()?.rocketmq()? {
                Statement::Topic(topic) => Some((at, topic.reserved?)),
                Statement::Producer { .. }
                | Statement::Publish(_)
                | Statement::Close(_)
                | Statement::Group(_)
                | Statement::Member(_)
                | Statement::Reset(_)
                | Statement::Expire
                | Statement::Disk(_) => None,
            },
        );
    let has_come = |at: usize| {
        let end = moment.timeline.end_of(StatementId::at(at));
        end.is_some_and(|end| end <= moment.cursor.event)
    };
    let mut come = said.filter(|(at, _)| has_come(*at));
    come.next().map_or(RESERVED, |(_, reserved)| reserved)
}

/// A size as people read it: exact in the largest unit that is.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 6] = [
        (1 << 30, "GiB"),
        (1_000_000_000, "GB"),
        (1 << 20, "MiB"),
        (1_000_000, "MB"),
        (1 << 10, "KiB"),
        (1_000, "kB"),
    ];
    let unit = UNITS
        .iter()
        .find(|(unit, _)| bytes >= *unit && bytes.is_multiple_of(*unit));
    match unit {
        Some((unit, name)) => format!("{} {name}", english::number(bytes / unit)),
        None => english::count(bytes, "byte"),
    }
}

/// A length of time in one or two of the units that people use.
pub(crate) fn for_people(time: SimDuration) -> String {
    let seconds = time.0 / 1_000_000;
    let (days, hours) = (seconds / 86_400, seconds / 3_600);
    let (minutes, rest) = (seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes) {
        (3.., ..) => match hours % 24 {
            0 => english::count(days, "day"),
            rest => format!("{} {rest} h", english::count(days, "day")),
        },
        (_, 1.., 0) => format!("{hours} h"),
        (_, 1.., _) => format!("{hours} h {minutes} min"),
        (_, 0, 1..) if rest == 0 => format!("{minutes} min"),
        (_, 0, 1..) => format!("{minutes} min {rest} s"),
        (_, 0, 0) => format!("{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_told_in_units_that_people_use() {
        for (seconds, words) in [
            (0, "0 ms"),
            (59, "59 s"),
            (60, "1 min"),
            (61, "1 min 1 s"),
            (3_600, "1 h"),
            (259_199, "71 h 59 min"),
            (259_200, "3 days"),
            (262_800, "3 days 1 h"),
        ] {
            assert_eq!(for_people(SimDuration::from_secs(seconds)), words);
        }
        assert_eq!(size(10_000), "10 kB");
        assert_eq!(size(1 << 30), "1 GiB");
        assert_eq!(size(1_025), "1025 bytes");
    }
}
