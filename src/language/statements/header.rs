//! Header statements and chapters.

use alloc::format;
use alloc::string::{String, ToString};

use crate::family::{Family, NOT_BUILT};
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::doc::{FormDoc, Heading, OptionDoc};
use crate::language::form::Form;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::problems::Read;
use crate::language::suggest;
use crate::language::values;
use crate::language::version::{BadVersion, Version};
use crate::language::vocabulary::{Versions, Vocabulary};
use crate::limits;

/// How the number of nodes is said, of every family.
pub(crate) const NODES: &[OptionDoc] = &[OptionDoc {
    words: "nodes",
    args: "N",
    about: meaning!("Brokers in the cluster, 1 to 9; 1 when unset. Node 1 leads at the start."),
}];

/// The forms above `broker`, which each family writes in its own words.
pub(crate) const OPENING: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "title",
            group: Heading::Header,
            shapes: &["title \"…\""],
            options: &[],
            about: meaning!("What the script is called."),
            example: meaning!("title \"Browsing a stream\""),
        },
        read: title,
    },
    Form {
        doc: FormDoc {
            keyword: "summary",
            group: Heading::Header,
            shapes: &["summary \"…\""],
            options: &[],
            about: meaning!("What it is about, in a sentence."),
            example: meaning!("summary \"The first half of the tutorial.\""),
        },
        read: summary,
    },
];

/// How `option` is written where there is but one.
pub(crate) static OPTION: Form = Form {
    doc: FormDoc {
        keyword: "option",
        group: Heading::Header,
        shapes: &["option latency DUR"],
        options: &[],
        about: meaning!("How long a frame is on its way, each way; 1 ms when unset."),
        example: meaning!("option latency 5ms"),
    },
    read: |line| {
        line.require("latency")?;
        latency(line)
    },
};

/// The forms below `option`.
pub(crate) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "seed",
            group: Heading::Header,
            shapes: &["seed N"],
            options: &[],
            about: meaning!("Where the random choices of `drop` come from; 0 when unset."),
            example: meaning!("seed 7"),
        },
        read: seed,
    },
    Form {
        doc: FormDoc {
            keyword: "chapter",
            group: Heading::Header,
            shapes: &["chapter \"…\""],
            options: &[],
            about: meaning!("Starts a chapter: a marker on the timeline. It may stand anywhere."),
            example: meaning!("chapter \"From an offset\""),
        },
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

/// Reads the line of any family's `broker`.
pub(crate) fn broker(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let family = family(line)?;
    line.bump(Class::Word);
    once(line, "broker");
    let versions = &family.vocabulary().versions;
    line.ctx.header.family = family;
    line.ctx.header.version = versions.default;
    line.expect(Expected::Value(versions.value));
    if line.peek_word().is_some_and(values::starts_number) {
        line.ctx.header.version = version(line, versions)?;
    }
    if family.vocabulary().has_clusters && line.word_about(NODES[0].words, NODES[0].about) {
        let nodes = line.number("the number of nodes", 1, u64::from(limits::NODES))?;
        line.ctx.header.nodes = u8::try_from(nodes).unwrap_or(1);
    }
    Ok(None)
}

/// The family whose word stands here.
fn family(line: &mut Line<'_, '_>) -> Read<Family> {
    for family in Family::ALL {
        let vocabulary = family.vocabulary();
        line.expect(Expected::Word(vocabulary.word, vocabulary.about));
    }
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Err(line.unexpected());
    };
    let mut all = Family::ALL.iter().copied();
    if let Some(family) = all.find(|family| family.vocabulary().word == word) {
        return Ok(family);
    }
    let not_built = NOT_BUILT.iter().find(|other| other.word == word);
    let near = if not_built.is_some() {
        None
    } else {
        meant(word)
    };
    let message = match not_built {
        Some(other) => format!(
            "scripts for {} cannot run: that broker is not built yet",
            other.title
        ),
        None => format!("there is no broker {}", excerpt(word)),
    };
    let help = match near {
        Some(near) => help!("did you mean `{near}`?"),
        None => help!("what there is: {}", built()),
    };
    line.ctx.foreign = near.is_none();
    Err(line.report(token.span, message, help, near.map(ToString::to_string)))
}

/// The word of the family that `word` is likely to mean.
fn meant(word: &str) -> Option<&'static str> {
    let all = || Family::ALL.iter().map(|family| family.vocabulary());
    let words = |v: &'static Vocabulary| core::iter::once(v.word).chain(v.also.iter().copied());
    let near = suggest::nearest(word, all().flat_map(words))?;
    let family = all().find(|v| words(v).any(|word| word == near));
    family.map(|vocabulary| vocabulary.word)
}

/// The families that there are, with their versions.
fn built() -> String {
    let mut list = String::new();
    for family in Family::ALL {
        let vocabulary = family.vocabulary();
        if !list.is_empty() {
            list.push_str("; ");
        }
        let (word, versions) = (vocabulary.word, vocabulary.versions.words());
        list.push_str(&format!("`broker {word}`, versions {versions}"));
    }
    list
}

/// `MAJOR.MINOR` or `MAJOR.MINOR.PATCH`, at least the first version that is modelled.
fn version(line: &mut Line<'_, '_>, versions: &Versions) -> Read<Version> {
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Err(line.unexpected());
    };
    let found = excerpt(word);
    let message = match Version::parse(word) {
        Ok(version) if version.has(versions.oldest) && version.major <= versions.last_major => {
            line.bump(Class::Number);
            return Ok(version);
        }
        Ok(_) => format!("version {found} is not modelled"),
        Err(BadVersion::NoMinor) => {
            format!("{found} is only a major version: write `MAJOR.MINOR`")
        }
        Err(BadVersion::Unfinished) => {
            format!("{found} lacks a number behind its dot: write `MAJOR.MINOR`")
        }
        Err(BadVersion::Range) => format!(
            "{found} is out of bounds: the numbers of a version are from 0 to {}",
            Version::MOST
        ),
        Err(BadVersion::Shape) => format!("{found} is not a version: write `MAJOR.MINOR`"),
    };
    let help = help!("versions with rules of their own: {}", versions.words());
    Err(line.report(token.span, message, help, None))
}

/// Reads what follows `option latency`.
pub(crate) fn latency(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
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
