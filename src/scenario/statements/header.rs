//! Header statements and chapters.

use alloc::format;
use alloc::string::{String, ToString};

use crate::limits;
use crate::scenario::ast::StatementKind;
use crate::scenario::line::{Class, Expected, Line, excerpt};
use crate::scenario::problems::Read;
use crate::scenario::suggest;
use crate::scenario::table::{Form, Group, OptionDoc};
use crate::scenario::values;

/// The family that this crate's scripts are written for when they do not say.
const FAMILY: &str = "rabbitmq-streams";
/// Families whose names are known, but whose brokers are not built.
const NOT_BUILT: &[(&str, &str)] = &[("rocketmq", "RocketMQ"), ("kafka", "Kafka")];
/// Versions that have rules of their own; others take the latest below them.
const VERSIONS: &str = "3.10, 3.11, 3.13, 4.0, 4.2 and 4.3";

const NODES: &[OptionDoc] = &[OptionDoc {
    words: "nodes",
    args: "N",
    about: "Brokers in the cluster, 1 to 9; 1 when unset. Node 1 leads at the start.",
}];

/// The forms of this file.
pub(in crate::scenario) const FORMS: &[Form] = &[
    Form {
        keyword: "title",
        group: Group::Header,
        shapes: &["title \"…\""],
        options: &[],
        about: "What the script is called.",
        example: "title \"Browsing a stream\"",
        read: title,
    },
    Form {
        keyword: "summary",
        group: Group::Header,
        shapes: &["summary \"…\""],
        options: &[],
        about: "What it is about, in a sentence.",
        example: "summary \"The first half of the tutorial.\"",
        read: summary,
    },
    Form {
        keyword: "broker",
        group: Group::Header,
        shapes: &["broker rabbitmq-streams [VERSION]"],
        options: NODES,
        about: "The broker, its version (3.10 and later; 4.0 when unset) and its nodes. \
                A version between two that differ behaves as the earlier one.",
        example: "broker rabbitmq-streams 4.0 nodes 3",
        read: broker,
    },
    Form {
        keyword: "option",
        group: Group::Header,
        shapes: &["option latency DUR"],
        options: &[],
        about: "How long a frame is on its way, each way; 1 ms when unset.",
        example: "option latency 5ms",
        read: option,
    },
    Form {
        keyword: "seed",
        group: Group::Header,
        shapes: &["seed N"],
        options: &[],
        about: "Where the random choices of `drop` come from; 0 when unset.",
        example: "seed 7",
        read: seed,
    },
    Form {
        keyword: "chapter",
        group: Group::Header,
        shapes: &["chapter \"…\""],
        options: &[],
        about: "Starts a chapter: a marker on the timeline. It may stand anywhere.",
        example: "chapter \"From an offset\"",
        read: chapter,
    },
];

/// Reports a header statement that is said twice or below the header.
fn once(line: &mut Line<'_, '_>, keyword: &'static str) {
    let number = line.line_number();
    let span = line.span();
    // What the broker is decides what other lines may say; the rest only has to be known at time 0.
    let too_late = match keyword {
        "broker" => line.ctx.body,
        _ => line.ctx.moved,
    };
    let problem = match (line.ctx.said.get(keyword), too_late) {
        (Some(first), _) => Some((
            format!("`{keyword}` is said twice, first in line {first}"),
            "keep the one that you mean".to_string(),
        )),
        (None, Some(begun)) => Some((
            format!("`{keyword}` belongs to the header: line {begun} has begun the script"),
            format!("move it above line {begun}"),
        )),
        (None, None) => None,
    };
    if let Some((message, help)) = problem {
        line.report(span, message, help, None);
    }
    line.ctx.said.get_or_insert(keyword, number);
}

fn title(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let text = line.text("a title")?;
    once(line, "title");
    line.ctx.header.title = Some(String::from(&*text));
    Ok(None)
}

fn summary(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let text = line.text("a summary")?;
    once(line, "summary");
    line.ctx.header.summary = Some(String::from(&*text));
    Ok(None)
}

fn broker(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    line.expect(Expected::Word(
        FAMILY,
        "Streams of RabbitMQ, 3.10 and later.",
    ));
    let Some((token, family)) = line.peek().zip(line.peek_word()) else {
        return Err(line.unexpected());
    };
    if family != FAMILY {
        let span = token.span;
        if let Some((_, name)) = NOT_BUILT.iter().find(|(word, _)| *word == family) {
            let message = format!("scripts for {name} cannot run: that broker is not built yet");
            let help = format!("what there is: `broker {FAMILY}`, versions {VERSIONS}");
            line.ctx.foreign = true;
            return Err(line.report(span, message, help, None));
        }
        let near = suggest::nearest(family, [FAMILY, "rabbitmq"]).map(|_| FAMILY.to_string());
        line.ctx.foreign = near.is_none();
        let message = format!("there is no broker {}", excerpt(family));
        let help = match &near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("what there is: `broker {FAMILY}`, versions {VERSIONS}"),
        };
        return Err(line.report(span, message, help, near));
    }
    line.bump(Class::Word);
    once(line, "broker");
    line.expect(Expected::Value("a version such as `4.0`"));
    if line.peek_word().is_some_and(values::starts_number) {
        line.ctx.header.version = version(line)?;
    }
    if line.word_about(NODES[0].words, NODES[0].about) {
        let nodes = line.number("the number of nodes", 1, u64::from(limits::NODES))?;
        line.ctx.header.nodes = u8::try_from(nodes).unwrap_or(1);
    }
    Ok(None)
}

/// `MAJOR.MINOR`, at least the first version with streams that is modelled.
fn version(line: &mut Line<'_, '_>) -> Read<(u8, u8)> {
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Err(line.unexpected());
    };
    let part = |part: &str| values::number(part, 0, 99).ok().map(|n| n as u8);
    let parts = word.split_once('.');
    match parts.and_then(|(major, minor)| Some((part(major)?, part(minor)?))) {
        Some(version) if version >= (3, 10) && version.0 <= 4 => {
            line.bump(Class::Number);
            Ok(version)
        }
        parsed => {
            let found = excerpt(word);
            let message = match parsed {
                Some(_) => format!("version {found} is not modelled"),
                None => format!("{found} is not a version: write `MAJOR.MINOR`"),
            };
            let help = format!("versions with rules of their own: {VERSIONS}");
            Err(line.report(token.span, message, help, None))
        }
    }
}

fn option(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    line.require("latency")?;
    let latency = line.duration()?;
    once(line, "option");
    line.ctx.header.latency = latency;
    Ok(None)
}

fn seed(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let seed = line.number("a seed", 0, limits::NUMBER)?;
    once(line, "seed");
    line.ctx.header.seed = seed;
    Ok(None)
}

fn chapter(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let title = line.text("a title")?;
    Ok(Some(StatementKind::Chapter(String::from(&*title))))
}
