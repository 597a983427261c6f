//! A naive broker: messages one by one, in lists. It knows no run, no stretch and no bisection; what it answers is worked
//! out by looking at each message.

use std::collections::BTreeMap;

use offset_lab::family::rocketmq::rules::Rules;

/// A message, where it lies and when it came.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) queue: u32,
    pub(super) offset: u64,
    position: u64,
    bytes: u64,
    stored_ms: u64,
    tag: Option<&'static str>,
    /// Its number among all of the topic.
    pub(super) number: u64,
}

/// What a read comes to: status, where to go on, the offsets found.
pub(super) type Read = (&'static str, u64, Vec<u64>);

/// One topic, its group, and the log.
pub(super) struct Naive {
    pub(super) rules: Rules,
    file: u64,
    entries: u64,
    /// What lies no farther from the end counts as in memory.
    pub(super) in_memory: u64,
    pub(super) memory: u64,
    pub(super) pages_are_told: bool,
    pub(super) records: Vec<Record>,
    visible: usize,
    end: u64,
    begin: u64,
    mins: Vec<u64>,
    first_entries: Vec<u64>,
    /// `Some(None)` is an entry without an offset.
    pub(super) offsets: BTreeMap<u32, Option<u64>>,
    pub(super) flushed: BTreeMap<u32, Option<u64>>,
    pub(super) pending: BTreeMap<u32, u64>,
}

impl Naive {
    pub(super) fn new(rules: Rules, queues: u32, file: u64, entries: u64) -> Self {
        Self {
            rules,
            file,
            entries,
            in_memory: 0,
            memory: 0,
            pages_are_told: false,
            records: Vec::new(),
            visible: 0,
            end: 0,
            begin: 0,
            mins: vec![0; queues as usize],
            first_entries: vec![0; queues as usize],
            offsets: BTreeMap::new(),
            flushed: BTreeMap::new(),
            pending: BTreeMap::new(),
        }
    }

    /// A message is appended. Its record: 91 bytes of fields, the topic's name `t`, the body, the properties.
    pub(super) fn append(
        &mut self,
        now_ms: u64,
        queue: u32,
        padded: u64,
        tag: Option<&'static str>,
    ) {
        let number = self.records.len() as u64;
        let body = format!("m{number}").len() as u64;
        let tagged = tag.map_or(0, |tag| 6 + tag.len() as u64);
        let bytes = 91 + 1 + body.max(padded) + 52 + tagged;
        if self.end % self.file + bytes + 8 > self.file {
            self.end = (self.end / self.file + 1) * self.file;
        }
        let offset = self
            .records
            .iter()
            .filter(|record| record.queue == queue)
            .count() as u64;
        self.records.push(Record {
            queue,
            offset,
            position: self.end,
            bytes,
            stored_ms: now_ms,
            tag,
            number,
        });
        self.end += bytes;
    }

    pub(super) fn show(&mut self) {
        self.visible = self.records.len();
    }

    fn of(&self, queue: u32) -> Vec<&Record> {
        let visible = self.records[..self.visible].iter();
        visible.filter(|record| record.queue == queue).collect()
    }

    pub(super) fn max(&self, queue: u32) -> u64 {
        self.of(queue).len() as u64
    }

    pub(super) fn min(&self, queue: u32) -> u64 {
        self.mins[queue as usize]
    }

    /// Every file goes but the last ten-file pass' rest: as many as a pass may, never the last.
    pub(super) fn delete_files(&mut self) {
        let active = self.end.saturating_sub(1) / self.file;
        let files = (active - self.begin / self.file).min(10);
        if files == 0 {
            return;
        }
        self.begin = (self.begin / self.file + files) * self.file;
        for queue in 0..self.mins.len() {
            let records = self.of(queue as u32);
            let mut left = records
                .iter()
                .filter(|record| record.position >= self.begin);
            let left = left.next().map(|record| record.offset);
            let max = records.len() as u64;
            let first = left.unwrap_or(max);
            // Queue files without anything left go, but for the last.
            let gone = first / self.entries * self.entries;
            let last_file = max.saturating_sub(1) / self.entries * self.entries;
            self.first_entries[queue] = gone.min(last_file);
            if left.is_some() || self.rules.min_of_expired_is_max {
                self.mins[queue] = first;
            }
        }
    }

    pub(super) fn read(&self, queue: u32, offset: i64, max_messages: u64, tags: &[&str]) -> Read {
        let (min, max) = (self.min(queue), self.max(queue));
        if max == 0 {
            return ("NO_MESSAGE_IN_QUEUE", 0, Vec::new());
        }
        if offset < 0 || (offset as u64) < min {
            return ("OFFSET_TOO_SMALL", min, Vec::new());
        }
        let offset = offset as u64;
        if offset == max {
            return ("OFFSET_OVERFLOW_ONE", max, Vec::new());
        }
        if offset > max {
            let next = if min == 0 && !self.rules.overflow_goes_to_max {
                0
            } else {
                max
            };
            return ("OFFSET_OVERFLOW_BADLY", next, Vec::new());
        }
        let file = offset / self.entries;
        if offset < self.first_entries[queue as usize] {
            return ("OFFSET_FOUND_NULL", (file + 1) * self.entries, Vec::new());
        }
        let (mut status, mut found, mut bytes) = ("NO_MATCHED_MESSAGE", Vec::new(), 0);
        let mut next = offset;
        for record in self.of(queue).into_iter().skip(offset as usize) {
            if record.offset / self.entries > file
                || record.offset - offset >= 800.max(max_messages)
            {
                break;
            }
            let far = self.end - record.position > self.in_memory;
            let (most, most_bytes) = if far {
                (8, 64 * 1024)
            } else {
                (32, 256 * 1024)
            };
            let count = found.len() as u64;
            if count > 0
                && (count >= max_messages || count >= most || bytes + record.bytes > most_bytes)
            {
                break;
            }
            let wanted = tags.is_empty() || record.tag.is_some_and(|tag| tags.contains(&tag));
            if wanted && record.position >= self.begin {
                status = "FOUND";
                found.push(record.offset);
                bytes += record.bytes;
            } else if found.is_empty() {
                status = if wanted {
                    "MESSAGE_WAS_REMOVING"
                } else {
                    "NO_MATCHED_MESSAGE"
                };
            }
            next = record.offset + 1;
        }
        (status, next, found)
    }

    /// The offsets that a time may mean: more than one only where several are equally right.
    pub(super) fn at(&self, queue: u32, ms: u64) -> Vec<u64> {
        let records = self.of(queue);
        let (min, max) = (self.min(queue), self.max(queue));
        let clamped = |offset: u64| {
            if self.rules.times_are_clamped {
                offset.clamp(min, max)
            } else {
                offset
            }
        };
        if self.rules.first_at_or_after {
            let first = records
                .iter()
                .find(|it| it.offset >= min && it.stored_ms >= ms);
            return vec![clamped(first.map_or(max, |it| it.offset))];
        }
        // Within the first file of the queue whose last message is not before the time, or the last file.
        let first_entry = self.first_entries[queue as usize];
        let files: Vec<&[&Record]> = records[(first_entry as usize).min(records.len())..]
            .chunks(self.entries as usize)
            .collect();
        let file = files
            .iter()
            .find(|file| file.last().is_some_and(|it| it.stored_ms >= ms));
        let Some(file) = file.or(files.last()) else {
            return vec![0];
        };
        let there: Vec<&&Record> = file
            .iter()
            .filter(|it| it.offset >= min && it.position >= self.begin)
            .collect();
        let Some(nearest) = there.iter().map(|it| it.stored_ms.abs_diff(ms)).min() else {
            return vec![file[0].offset];
        };
        let near = there
            .iter()
            .filter(|it| it.stored_ms.abs_diff(ms) == nearest);
        let near: Vec<&&&Record> = near.collect();
        // Of equally near times the earlier; of its messages, the one next to the time.
        let earliest = near.iter().map(|it| it.stored_ms).min();
        let of_it = near.iter().filter(|it| Some(it.stored_ms) == earliest);
        let offsets: Vec<u64> = of_it.map(|it| it.offset).collect();
        match earliest {
            Some(stored) if stored == ms => offsets,
            Some(stored) if stored < ms => offsets.last().copied().into_iter().collect(),
            _ => offsets.first().copied().into_iter().collect(),
        }
    }

    pub(super) fn lookup(&self, queue: u32) -> Option<u64> {
        let stored = self.offsets.get(&queue).copied().flatten();
        let kept = self.pending.get(&queue).copied().or(stored);
        kept.or_else(|| (self.min(queue) == 0 && self.is_first_in_memory(queue)).then_some(0))
    }

    fn is_first_in_memory(&self, queue: u32) -> bool {
        let first = self.of(queue).into_iter().next();
        let first = first.filter(|_| self.first_entries[queue as usize] == 0);
        let Some(first) = first else {
            return !self.rules.pages_decide;
        };
        let distance = self.end - first.position;
        if self.rules.pages_decide {
            first.position >= self.begin && (!self.pages_are_told || distance <= self.memory)
        } else {
            distance <= self.in_memory
        }
    }
}
