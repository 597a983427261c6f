//! What real clients sent on the wire, against what the scenario's programs send: the files `client-….txt`.

use std::collections::BTreeMap;

use offset_lab::family::Message;
use offset_lab::family::rabbitmq::log::OffsetSpec;
use offset_lab::family::rabbitmq::message::{Question, StreamMessage, ToBroker};
use offset_lab::family::rabbitmq::state::ActorState;
use offset_lab::ids::ActorId;
use offset_lab::trace::event::What;
use offset_lab::world::timeline::Timeline;

/// What each profile follows, as its users read it.
const DOCUMENT: &str = include_str!("../../../docs/clients.md");

/// The clients of which there are recordings.
const CLIENTS: [&str; 4] = ["java", "go", "python", "rust"];

/// What a program did, or was recorded to do.
#[derive(Debug, Default, PartialEq, Eq)]
struct Deeds {
    sends: Vec<String>,
    received: Vec<u64>,
    publishes: Vec<u64>,
    /// Whether it is still at work, where the file says so.
    state: Option<String>,
    /// How many messages its stream holds, where the file says so.
    holds: Option<u64>,
}

/// What the run does not do as it was recorded.
pub(super) fn compare(timeline: &Timeline, lines: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut recorded: BTreeMap<&str, Deeds> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, rest)) = line.split_once(' ') else {
            problems.push(format!("no line of this format: {line}"));
            continue;
        };
        if kind == "recorded" {
            problems.extend(undocumented(rest));
            continue;
        }
        let (actor, list) = rest.split_once(' ').expect("an actor and a list");
        let deeds = recorded.entry(actor).or_default();
        let list = if list == "nothing" { "" } else { list };
        match kind {
            "sends" => deeds.sends.extend(split(list, ", ")),
            "received" => deeds.received.extend(offsets(list)),
            "state" => deeds.state = Some(list.to_string()),
            "holds" => deeds.holds = Some(number(list)),
            "publishes" => deeds
                .publishes
                .extend(split(list, " ").map(|id| number(&id))),
            _ => problems.push(format!("no line of this format: {line}")),
        }
    }
    if recorded.is_empty() {
        problems.push("nothing is recorded".to_string());
    }
    let credits = lines.contains("requests and credits");
    for (id, actor) in timeline.scenario().actors.iter().enumerate() {
        let id = u32::try_from(id).expect("few programs");
        match recorded.remove(&*actor.name) {
            Some(expected) => {
                let mut seen = deeds(timeline, id, credits);
                seen.state = expected.state.as_ref().map(|_| state(timeline, id));
                seen.holds = expected.holds.map(|_| holds(timeline, id));
                if seen != expected {
                    let name = &actor.name;
                    problems.push(format!("{name} does\n  {seen:?}\nand not\n  {expected:?}"));
                }
            }
            None if CLIENTS.iter().any(|c| actor.name.starts_with(c)) => {
                problems.push(format!("nothing is recorded of {}", actor.name));
            }
            None => {}
        }
    }
    problems.extend(
        recorded
            .keys()
            .map(|name| format!("the scenario has no {name}")),
    );
    problems
}

/// `CLIENT with LIBRARY VERSION, BROKER`: whether the document says the same.
fn undocumented(recorded: &str) -> Option<String> {
    let (client, with) = recorded
        .split_once(" with ")
        .expect("a client and its library");
    let (library, broker) = with.split_once(", ").expect("a library and a broker");
    let documented = DOCUMENT.lines().any(|line| {
        line.starts_with(&format!("| `{client}` |"))
            && line.contains(library)
            && line.contains(broker)
    });
    (!documented).then(|| format!("docs/clients.md does not say that `{client}` follows {with}"))
}

/// The parts of a list; `REQUEST x N` stands for N equal ones in a row.
fn split<'a>(list: &'a str, by: &'a str) -> impl Iterator<Item = String> + 'a {
    // Whether the network lost a request is not the client's doing.
    list.split(by)
        .filter(|part| !part.is_empty())
        .map(|part| part.trim_end_matches(" lost"))
        .flat_map(|part| match part.split_once(" x ") {
            Some((part, count)) => vec![part.to_string(); number(count) as usize],
            None => vec![part.to_string()],
        })
}

/// Whether a consumer is still at work at the end, as a recorder can see it.
fn state(timeline: &Timeline, id: u32) -> String {
    let consumer = timeline.end().consumer(ActorId(id));
    match consumer.expect("a consumer that was started").state {
        ActorState::Starting | ActorState::Running | ActorState::Paused => "running",
        ActorState::Closed | ActorState::Crashed | ActorState::Refused => "closed",
    }
    .to_string()
}

/// How many messages the stream of a producer holds at the end.
fn holds(timeline: &Timeline, id: u32) -> u64 {
    let producer = timeline.end().producer(ActorId(id));
    let stream = producer.expect("a producer").settings.stream;
    let arenas = timeline.trace().arenas.stream(stream);
    timeline.end().stream(stream).log().sums(arenas).messages
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}

fn offsets(list: &str) -> Vec<u64> {
    split(list, ", ")
        .flat_map(|range| match range.split_once("..") {
            Some((from, to)) => number(from)..=number(to),
            None => number(&range)..=number(&range),
        })
        .collect()
}

/// What a program of the scenario did.
fn deeds(timeline: &Timeline, id: u32, credits: bool) -> Deeds {
    let mut deeds = Deeds::default();
    let mut subscribed = false;
    for event in &timeline.trace().events {
        match &event.what {
            What::Processed {
                consumer,
                first,
                count,
                ..
            } if consumer.0 == id => {
                deeds.received.extend(first.0..first.0 + count);
            }
            What::Sent {
                actor,
                message: Message::RabbitMq(StreamMessage::ToBroker(message)),
            } if actor.0 == id => {
                if let ToBroker::Publish(frames) = message {
                    let ids = (0..frames.ids()).map(|k| frames.run.entry_id(k).0);
                    deeds.publishes.extend(ids);
                } else if let Some(line) = request(message, credits, subscribed) {
                    subscribed |= line.starts_with("subscribe");
                    deeds.sends.push(line);
                }
            }
            _ => {}
        }
    }
    deeds
}

/// A request as the recorder writes it; `None` for those that it leaves out.
fn request(message: &ToBroker, credits: bool, subscribed: bool) -> Option<String> {
    match message {
        // Later ones check what is stored.
        ToBroker::QueryOffset(Question::Resume) if !subscribed => Some("query".into()),
        ToBroker::Subscribe { spec, credit } => {
            Some(format!("subscribe {} credit {credit}", words(*spec)))
        }
        ToBroker::Credit { credit } if credits => Some(format!("credit {credit}")),
        ToBroker::Store { offset } => Some(format!("store {offset}")),
        ToBroker::Activate { spec } => {
            let spec = spec.map_or_else(|| "none".to_string(), words);
            Some(format!("activate {spec}"))
        }
        ToBroker::Declare
        | ToBroker::QuerySequence
        | ToBroker::Publish(_)
        | ToBroker::QueryOffset(_)
        | ToBroker::Credit { .. }
        | ToBroker::Unsubscribe
        | ToBroker::Close => None,
    }
}

fn words(spec: OffsetSpec) -> String {
    match spec {
        OffsetSpec::First => "first".into(),
        OffsetSpec::Last => "last".into(),
        OffsetSpec::Next => "next".into(),
        OffsetSpec::Offset(offset) => format!("offset {offset}"),
        OffsetSpec::Timestamp { ms } => format!("timestamp {ms}"),
    }
}
