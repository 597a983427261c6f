//! Tables of everything at a moment, in the column names of `mqadmin` next to the lab's own.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::picture::commit_log::{CommitLogFiles, for_people};
use super::state::State;
use super::statements::Mode;
use crate::base::rsplit_once;
use crate::explain::english::number;
use crate::ids::{ActorId, LogId, Offset};
use crate::language::Version;
use crate::language::ast::Subject;
use crate::units::SimTime;
use crate::view::frame::{FrameOptions, TABLE_ROWS, Table, TableRow};
use crate::view::moment::Moment;
use crate::view::stage::Target;
use crate::view::tables::{TableHead, all_of, or_dash, shown, turned};

/// All tables.
pub(crate) fn tables(moment: &Moment<'_>, options: &FrameOptions) -> Vec<Table> {
    let from = |id: &str| turned(options, id);
    vec![
        progress(moment, from("progress")),
        groups(moment, from("groups")),
        members(moment, from("consumers")),
        producers(moment, from("producers")),
        queues(moment, from("streams")),
        files(moment, from("files")),
    ]
}

/// The facts of a thing by their words, behind its name.
fn cells(moment: &Moment<'_>, name: &str, subject: Subject, words: &[&str]) -> Vec<String> {
    let scenario = moment.scenario();
    let fact = |word: &&str| {
        let fact = scenario.fact(subject, word);
        fact.map_or_else(String::new, |fact| shown(&moment.facts().value(fact)))
    };
    let mut cells = vec![String::from(name)];
    cells.extend(words.iter().map(fact));
    cells
}

/// The columns of `mqadmin consumerProgress`, and the lag as the metrics have it.
const PROGRESS_4: &[&str] = &[
    "Group",
    "Topic",
    "QID",
    "Broker Offset",
    "Consumer Offset",
    "Client",
    "Diff",
    "LastTime",
    "Lag (metrics)",
];
/// The same of 5.x, with what is handed out.
const PROGRESS_5: &[&str] = &[
    "Group",
    "Topic",
    "QID",
    "Broker Offset",
    "Consumer Offset",
    "Client",
    "Diff",
    "Inflight",
    "LastTime",
    "Lag (metrics)",
];

fn progress(moment: &Moment<'_>, from: usize) -> Table {
    let has_inflight = moment.scenario().header.version.has(Version::minor(5, 0));
    let head = TableHead {
        id: "progress",
        title: "Consumer progress",
        columns: if has_inflight { PROGRESS_5 } else { PROGRESS_4 },
    };
    let state = moment.rocketmq();
    let mut all = moment.scenario().progresses.clone();
    all.retain(|(group, queue)| {
        let group = state.group(*group);
        // Of a group that broadcasts the broker knows nothing.
        group.is_some_and(|group| group.settings.mode != Mode::Broadcast)
            && state.queue(*queue).is_there
    });
    head.table(&all, from, |(group, queue)| {
        Some(TableRow {
            target: Target::Actor(group),
            cells: progress_cells(moment, group, queue, has_inflight)?,
        })
    })
}

fn progress_cells(
    moment: &Moment<'_>,
    group: ActorId,
    queue: LogId,
    has_inflight: bool,
) -> Option<Vec<String>> {
    let (state, view) = (moment.rocketmq(), moment.queue(queue));
    let lag = moment.facts().lag_on(group, queue)?;
    let offset = state.group(group)?.offsets.get(&queue).copied();
    let (topic, id) = topic_and_number(moment, queue);
    let owner = owner(state, group, queue);
    let client = owner.map_or_else(|| "—".into(), |(id, _)| moment.name(id).to_string());
    let diff = match u64::try_from(lag.tool) {
        Ok(diff) => number(diff),
        Err(_) => format!("−{}", number(lag.tool.unsigned_abs())),
    };
    let mut cells = vec![
        moment.name(group).into(),
        topic,
        id,
        number(view.max.0),
        // As the tool prints it: without an offset 0.
        number(offset.map_or(0, |offset| offset.0)),
        client,
        diff,
    ];
    if has_inflight {
        let stored = offset.map_or(0, |offset| offset.0);
        let pulled = owner
            .and_then(|(_, next)| next)
            .map_or(stored, |next| next.0);
        cells.push(number(pulled.saturating_sub(stored)));
    }
    // The tool's LastTime: when the message before the offset was stored, if that is still there.
    let last = offset
        .and_then(|offset| offset.0.checked_sub(1))
        .map(Offset);
    let last = last.filter(|last| !view.is_gone(*last));
    let last = last.and_then(|last| Some(view.run_of(last)?.0.extent.stored_at));
    cells.push(time_or_none(last));
    cells.push(match offset {
        Some(_) => number(lag.metrics),
        None => format!("{} (no offset)", number(lag.metrics)),
    });
    Some(cells)
}

/// A time as the tool would print it, but since the start of the run.
fn time_or_none(at: Option<SimTime>) -> String {
    at.map_or_else(|| "N/A".into(), |at| at.to_string())
}

/// The member that reads a queue for a group, and where it pulls next.
fn owner(state: &State, group: ActorId, queue: LogId) -> Option<(ActorId, Option<Offset>)> {
    let mut members = state.members(group);
    members.find_map(|(id, member)| Some((id, member.queues.get(&queue)?.next)))
}

/// The topic of a queue and its number there.
fn topic_and_number(moment: &Moment<'_>, queue: LogId) -> (String, String) {
    let name = moment.stream_name(queue);
    match rsplit_once(name, ".q") {
        Some((topic, id)) => (topic.into(), id.into()),
        None => (name.into(), String::new()),
    }
}

fn groups(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "groups",
        title: "Groups",
        columns: &[
            "Group",
            "Topic",
            "Mode",
            "Members",
            "Received",
            "Redelivered",
            "Failed",
            "Diff Total",
            "Lag (metrics)",
        ],
    };
    let state = moment.rocketmq();
    let mut there = all_of(&moment.world.links, ActorId::at);
    there.retain(|id| state.group(*id).is_some());
    head.table(&there, from, |id| {
        let settings = &state.group(id)?.settings;
        let topic = moment.scenario().sets.get(settings.topic.index())?;
        let mode = match settings.mode {
            Mode::Concurrent => "concurrent",
            Mode::Orderly => "orderly",
            Mode::Broadcast => "broadcast",
            Mode::Pop => "POP",
        };
        let words = [
            "members",
            "received",
            "redelivered",
            "failed",
            "diff",
            "lag",
        ];
        let mut cells = cells(moment, moment.name(id), Subject::Program(id), &words);
        cells.splice(1..1, [topic.name.to_string(), mode.into()]);
        Some(TableRow {
            target: Target::Actor(id),
            cells,
        })
    })
}

fn members(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "consumers",
        title: "Members",
        columns: &[
            "Name",
            "Group",
            "State",
            "Queues",
            "In flight",
            "Received",
            "Redelivered",
        ],
    };
    let state = moment.rocketmq();
    let mut there = all_of(&moment.world.links, ActorId::at);
    there.retain(|id| state.member(*id).is_some());
    head.table(&there, from, |id| {
        let member = state.member(id)?;
        let queues = member.queues.len();
        let in_flight: u64 = member.queues.values().map(|r| r.unfinished.len()).sum();
        Some(TableRow {
            target: Target::Actor(id),
            cells: vec![
                moment.name(id).into(),
                moment.name(member.settings.group).into(),
                super::facts::state_word(member.state, crate::language::ast::Role::Consumer).into(),
                number(queues as u64),
                number(in_flight),
                number(member.received),
                number(member.redelivered),
            ],
        })
    })
}

fn producers(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "producers",
        title: "Producers",
        columns: &[
            "Name",
            "State",
            "Sent",
            "Stored",
            "Without an answer",
            "Refused",
        ],
    };
    let state = moment.rocketmq();
    let mut there = all_of(&moment.world.links, ActorId::at);
    there.retain(|id| state.producer(*id).is_some());
    head.table(&there, from, |id| {
        let words = ["state", "sent", "confirmed", "unconfirmed", "errors"];
        Some(TableRow {
            target: Target::Actor(id),
            cells: cells(moment, moment.name(id), Subject::Program(id), &words),
        })
    })
}

/// The columns of `mqadmin topicStatus`.
fn queues(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "streams",
        title: "Topic status",
        columns: &[
            "Topic",
            "QID",
            "Min Offset",
            "Max Offset",
            "Last Updated",
            "Messages",
        ],
    };
    let state = moment.rocketmq();
    let mut there = all_of(&moment.scenario().streams, LogId::at);
    there.retain(|id| state.queue(*id).is_there);
    head.table(&there, from, |id| {
        let view = moment.queue(id);
        let (topic, number_of) = topic_and_number(moment, id);
        let last = view.max.0.checked_sub(1).map(Offset);
        let last = last.filter(|last| !view.is_gone(*last));
        let last = last.and_then(|last| Some(view.run_of(last)?.0.extent.stored_at));
        Some(TableRow {
            target: Target::Stream(id),
            cells: vec![
                topic,
                number_of,
                number(view.min.0),
                number(view.max.0),
                last.map_or_else(String::new, |at| at.to_string()),
                number(view.max.0.saturating_sub(view.min.0)),
            ],
        })
    })
}

fn files(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "files",
        title: "Commit log",
        columns: &["File", "Begins at", "Bytes", "Last write", "Expires at"],
    };
    let files = CommitLogFiles::of(moment);
    // Files are many only in runs that nobody turns the pages of.
    let all: Vec<u32> = files.numbers().take(100 * TABLE_ROWS).collect();
    head.table(&all, from, |at| {
        let file = files.file(at)?;
        let due = match file.is_active {
            true => "—".into(),
            false => for_people(files.due(&file).since(SimTime::ZERO)),
        };
        Some(TableRow {
            target: Target::File(at),
            cells: vec![
                number(at.into()),
                number(file.start.0),
                or_dash(file.end.0.checked_sub(file.start.0)),
                file.last_write.to_string(),
                due,
            ],
        })
    })
}
