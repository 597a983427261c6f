//! Producers and consumers: declaring them, and what is done to them by name.

use alloc::format;
use alloc::string::ToString;

use super::ast::{
    Client, ConsumerStatement, FilterSpec, Naming, Policy, ProducerStatement, Spec, Statement,
};
use super::streams::STREAM;
use crate::family;
use crate::family::rabbitmq::kinds::Kind;
use crate::ids::ActorId;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, options};
use crate::language::line::{Expected, Line};
use crate::language::problems::{Read, Reported};
use crate::language::statements::life_cycle::simple;
use crate::language::values;
use crate::limits;
use crate::units::SimDuration;

const PRODUCER: family::Kind = family::Kind::RabbitMq(Kind::Producer);
const CONSUMER: family::Kind = family::Kind::RabbitMq(Kind::Consumer);

/// Messages between two stores of the Java client's automatic tracking when unset.
const AUTO_EVERY: u64 = 10_000;
/// Its flush interval when unset.
const AUTO_FLUSH: SimDuration = SimDuration::from_secs(5);

options! { PRODUCER_DOCS, PRODUCER_OPTIONS: ProducerStatement {
    "named" "REF" "Turns deduplication on: the broker keeps the highest publishing id under this reference." =>
        |line, producer| { producer.reference = Some(line.reference()?); Ok(()) };
    "as" "CLIENT" "Whose habits it has: `java`, `rust`, `rust-tutorial`, `python` or `go`." =>
        |line, producer| { producer.client = Some(client(line)?); Ok(()) };
} }

options! { CONSUMER_DOCS, CONSUMER_OPTIONS: ConsumerStatement {
    "named" "REF" "The name under which it stores offsets." =>
        |line, consumer| naming(line, consumer, true);
    "unnamed" "" "It has no name, so it cannot store." =>
        |line, consumer| naming(line, consumer, false);
    "from" "SPEC" "Where it starts when nothing is stored: `first`, `last` (the last chunk), `next`, `offset N` or `timestamp T` (so long after the start of the run, or `now`); `next` when unset, or the client's own default. `stored` is another rule: it starts at the stored offset itself, which is processed again (the Go client's `LastConsumed`), and at `first` with nothing stored." =>
        |line, consumer| { consumer.from = Some(spec(line)?); Ok(()) };
    "store" "POLICY" "When it stores: `every N` (after each Nth processed message), `auto [every N] [flush DUR]` (the Java client's automatic tracking), `manual` (by `store C N` only; it resumes behind what is stored, as with `every` and `auto`), `external every N` (in a database of its own) or `never` (the default)." =>
        |line, consumer| { consumer.policy = policy(line)?; Ok(()) };
    "stop at" "\"text\"" "When a processed body contains the text, it stores that offset (if it tracks) and closes." =>
        |line, consumer| { consumer.stop_at = Some(line.text("a text to stop at")?); Ok(()) };
    "takes" "DUR" "How long the processing of a message takes; nothing when unset." =>
        |line, consumer| { consumer.takes = line.duration()?; Ok(()) };
    "credit" "N" "Chunks it asks for in advance, 0 to 65,535; the client's own number when unset." =>
        |line, consumer| { consumer.credit = Some(credits(line)?); Ok(()) };
    "filter" "\"v\" [match unfiltered]" "Asks for chunks that contain this filter value (or, with `match unfiltered`, messages without any) and keeps matching messages only." =>
        |line, consumer| {
            let value = line.text("a filter value")?;
            let match_unfiltered = line.word_about("match", UNFILTERED);
            if match_unfiltered {
                line.require("unfiltered")?;
            }
            consumer.filter = Some(FilterSpec { value, match_unfiltered });
            Ok(())
        };
    "single active" "" "Of all consumers with its name, one receives at a time." =>
        |_, consumer| { consumer.single_active = true; Ok(()) };
    "as" "CLIENT" "Whose habits it has: `java`, `rust`, `rust-tutorial`, `python` or `go`." =>
        |line, consumer| { consumer.client = Some(client(line)?); Ok(()) };
} }

const UNFILTERED: &str = "Messages without a filter value come too.";

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "producer",
            group: Heading::Actors,
            shapes: &["producer P on S"],
            options: PRODUCER_DOCS,
            about: meaning!(
                "Declares a producer. Its automatic publishing ids start at 0 and go on behind the highest used."
            ),
            example: meaning!("producer p on s named invoices"),
        },
        read: producer,
    },
    Form {
        doc: FormDoc {
            keyword: "consumer",
            group: Heading::Actors,
            shapes: &["consumer C on S"],
            options: CONSUMER_DOCS,
            about: meaning!(
                "Starts a consumer program; saying it again after it stopped is a new run with new settings."
            ),
            example: meaning!("consumer c on s from first store every 10 takes 1ms"),
        },
        read: consumer,
    },
    simple(
        "close",
        &["close P"],
        "Closes a producer.",
        "close p",
        |line| Ok(Some(Statement::Close(line.producer()?).into())),
    ),
];

/// What is done by hand in a consumer's name.
pub(crate) const BY_HAND: &[Form] = &[
    simple(
        "store",
        &["store C N"],
        "Stores offset N under C's name (`C` itself unless it says otherwise), at once.",
        "store c 41",
        |line| {
            let consumer = line.consumer()?;
            let offset = line.number("an offset", 0, u64::MAX)?;
            Ok(Some(Statement::Store { consumer, offset }.into()))
        },
    ),
    simple(
        "query",
        &["query C"],
        "Asks the broker for the offset stored under C's name, at once.",
        "query c",
        |line| Ok(Some(Statement::Query(line.consumer()?).into())),
    ),
    simple(
        "credit",
        &["credit C N"],
        "Gives N credits by hand: the broker may send N chunks more.",
        "credit c 2",
        |line| {
            let consumer: ActorId = line.consumer()?;
            let credit = credits(line)?;
            Ok(Some(Statement::Credit { consumer, credit }.into()))
        },
    ),
];

fn producer(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let producer = line.new_program(PRODUCER)?;
    line.require("on")?;
    let mut statement = ProducerStatement {
        producer,
        stream: line.log(STREAM)?,
        reference: None,
        client: None,
    };
    line.options(PRODUCER_OPTIONS, &mut statement)?;
    Ok(Some(Statement::Producer(statement).into()))
}

fn consumer(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let consumer = line.new_program(CONSUMER)?;
    line.require("on")?;
    let mut statement = ConsumerStatement {
        consumer,
        stream: line.log(STREAM)?,
        naming: Naming::Default,
        from: None,
        policy: Policy::Never,
        stop_at: None,
        takes: SimDuration::ZERO,
        credit: None,
        filter: None,
        single_active: false,
        client: None,
    };
    line.options(CONSUMER_OPTIONS, &mut statement)?;
    if statement.from == Some(Spec::Stored) && statement.naming == Naming::Unnamed {
        let message =
            "`from stored` asks what is stored under a name, and an `unnamed` consumer has none"
                .to_string();
        let help = help!("leave `unnamed` out, or say `from first`, `next` or `offset N`");
        line.report(line.span(), message, help, None);
    }
    Ok(Some(Statement::Consumer(statement).into()))
}

fn naming(line: &mut Line<'_, '_>, consumer: &mut ConsumerStatement, named: bool) -> Read<()> {
    let said = consumer.naming != Naming::Default;
    consumer.naming = if named {
        Naming::Named(line.reference()?)
    } else {
        Naming::Unnamed
    };
    if said {
        let span = line.span();
        let message = "`named` and `unnamed` contradict each other".to_string();
        line.report(span, message, "keep one of them".to_string(), None);
    }
    Ok(())
}

fn credits(line: &mut Line<'_, '_>) -> Read<u16> {
    let credits = line.number("a number of credits", 0, u64::from(u16::MAX))?;
    Ok(u16::try_from(credits).unwrap_or(u16::MAX))
}

/// Clients by their words.
const CLIENTS: &[(&str, Client, &str)] = &[
    (
        "java",
        Client::Java,
        meaning!("The Java client and its tutorial."),
    ),
    (
        "rust",
        Client::Rust,
        meaning!("The Rust client and its tutorial."),
    ),
    (
        "rust-tutorial",
        Client::RustTutorial,
        meaning!("The Rust tutorial's nested loop as printed."),
    ),
    ("python", Client::Python, "rstream and the Python tutorial."),
    (
        "go",
        Client::Go,
        meaning!("The Go client and its tutorial."),
    ),
];

fn client(line: &mut Line<'_, '_>) -> Read<Client> {
    for (word, client, about) in CLIENTS {
        if line.word_about(word, about) {
            return Ok(*client);
        }
    }
    Err(line.unexpected())
}

fn spec(line: &mut Line<'_, '_>) -> Read<Spec> {
    if line.word_about("first", "The oldest chunk that there is.") {
        Ok(Spec::First)
    } else if line.word_about("last", "The last chunk, not the last message.") {
        Ok(Spec::Last)
    } else if line.word_about("next", "Only what comes from now on.") {
        Ok(Spec::Next)
    } else if line.word_about("offset", "From this offset on.") {
        Ok(Spec::Offset(line.number("an offset", 0, limits::NUMBER)?))
    } else if line.word_about(
        "timestamp",
        "From the first chunk at or behind this moment.",
    ) {
        if line.word_about("now", "The moment at which the statement takes effect.") {
            return Ok(Spec::Now);
        }
        Ok(Spec::Timestamp(line.since_start()?))
    } else if line.word_about(
        "stored",
        "At the stored offset itself, which is processed again; `first` with nothing stored.",
    ) {
        Ok(Spec::Stored)
    } else {
        Err(no_spec(line))
    }
}

/// `from 5` is `from offset 5`.
fn no_spec(line: &mut Line<'_, '_>) -> Reported {
    let number = line
        .peek_word()
        .filter(|word| values::number(word, 0, limits::NUMBER).is_ok());
    let Some((token, word)) = line.peek().zip(number) else {
        return line.unexpected();
    };
    let fix = format!("offset {word}");
    let message = format!("`{word}` alone does not say where to start");
    let help = help!("write `from {fix}`");
    line.report(token.span, message, help, Some(fix))
}

/// Options of `store auto`.
#[derive(Default)]
struct Auto {
    every: Option<u64>,
    flush: Option<SimDuration>,
}

options! { AUTO: Auto {
    "every" "N" "Messages between two stores; 10,000 when unset." =>
        |line, auto| { auto.every = Some(every(line)?); Ok(()) };
    "flush" "DUR" "Time between two stores; 5 s when unset." =>
        |line, auto| { auto.flush = Some(line.duration()?); Ok(()) };
} }

fn every(line: &mut Line<'_, '_>) -> Read<u64> {
    line.number("a number of messages", 1, limits::NUMBER)
}

fn policy(line: &mut Line<'_, '_>) -> Read<Policy> {
    if line.word_about("every", "After each Nth processed message.") {
        Ok(Policy::Every(every(line)?))
    } else if line.word_about("auto", "The Java client's automatic tracking.") {
        let mut auto = Auto::default();
        line.options(AUTO, &mut auto)?;
        Ok(Policy::Auto {
            every: auto.every.unwrap_or(AUTO_EVERY),
            flush: auto.flush.unwrap_or(AUTO_FLUSH),
        })
    } else if line.word_about("manual", "By `store C N` only.") {
        Ok(Policy::Manual)
    } else if line.word_about("external", "In the program's own database, with its work.") {
        line.require("every")?;
        Ok(Policy::External(every(line)?))
    } else if line.word_about("never", "The default.") {
        Ok(Policy::Never)
    } else {
        line.expect(Expected::Value("a store policy"));
        Err(line.unexpected())
    }
}
