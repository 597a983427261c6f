//! `stream` and `delete`.

use alloc::format;
use alloc::string::ToString;

use super::ast::{PolicyLimits, PolicyStatement, Statement, StreamStatement};
use crate::family;
use crate::family::rabbitmq::kinds::Kind;
use crate::ids::LogId;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::diagnostic::Span;
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, options};
use crate::language::line::Line;
use crate::language::problems::Read;
use crate::language::show;
use crate::language::values::grouped;
use crate::limits;

pub(super) const STREAM: family::Kind = family::Kind::RabbitMq(Kind::Stream);

options! { OPTION_DOCS, OPTIONS: StreamStatement {
    "max-length" "SIZE" "Retention by size: whole segments go while all of them are larger than this." =>
        |line, stream| { stream.max_length = Some(line.size()?); Ok(()) };
    "max-age" "DUR" "Retention by age: whole segments go when their newest message is older than this." =>
        |line, stream| { stream.max_age = Some(line.duration()?); Ok(()) };
    "segment" "SIZE" "Size of a segment file; 500,000,000 bytes when unset." =>
        |line, stream| { stream.segment = Some(line.size()?); Ok(()) };
    "filter-size" "N" "Bytes of the Bloom filter of a chunk, 16 to 255; 16 when unset." =>
        |line, stream| { stream.filter_size = Some(line.number("a filter size", 16, 255)? as u8); Ok(()) };
} }

options! { LIMIT_DOCS, LIMITS: PolicyLimits {
    "max-length" "SIZE" "Retention by size, instead of the stream's own." =>
        |line, limits| { limits.max_length = Some(line.size()?); Ok(()) };
    "max-age" "DUR" "Retention by age, instead of the stream's own." =>
        |line, limits| { limits.max_age = Some(line.duration()?); Ok(()) };
} }

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "stream",
            group: Heading::Actors,
            shapes: &["stream S"],
            options: OPTION_DOCS,
            about: meaning!(
                "Creates a stream. Creating it again with equal arguments is fine; with others the broker refuses (`precondition_failed`)."
            ),
            example: meaning!("stream orders max-length 200kB segment 50kB"),
        },
        read: stream,
    },
    Form {
        doc: FormDoc {
            keyword: "delete",
            group: Heading::Actors,
            shapes: &["delete S"],
            options: &[],
            about: meaning!("Deletes a stream with its messages and stored offsets."),
            example: meaning!("delete s"),
        },
        read: delete,
    },
    Form {
        doc: FormDoc {
            keyword: "policy",
            group: Heading::Actors,
            shapes: &["policy S", "policy S none"],
            options: LIMIT_DOCS,
            about: meaning!(
                "Changes retention at run time: what the policy says replaces the stream's own limit, the rest stays, and retention \
                is evaluated at once. It replaces the policy before it; `none` takes it back. It is the name's: a stream \
                that is deleted and created again has it too."
            ),
            example: meaning!("policy s max-age 7d"),
        },
        read: policy,
    },
];

fn stream(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let span = line.peek().map(|token| token.span);
    let before = line.ctx.names.streams.len();
    let mut statement = StreamStatement {
        stream: line.new_log(STREAM)?,
        max_length: None,
        max_age: None,
        segment: None,
        filter_size: None,
    };
    let streams = line.ctx.names.streams.len();
    if streams > limits::STREAMS && before == limits::STREAMS {
        let most = grouped(limits::STREAMS as u64);
        let message = format!("more than {most} streams: the limit of one scenario");
        let help = help!("split the scenario");
        line.report(span.unwrap_or_default(), message, help, None);
    }
    no_line_break(line, statement.stream, span);
    line.options(OPTIONS, &mut statement)?;
    Ok(Some(Statement::Stream(statement).into()))
}

/// The broker would create a stream of another name, which no other statement could speak of.
fn no_line_break(line: &mut Line<'_, '_>, stream: LogId, span: Option<Span>) {
    let streams = &line.ctx.names.streams;
    let Some(name) = streams.get(stream.index()).cloned() else {
        return;
    };
    let kept = name.replace(['\n', '\r'], "");
    if *kept != *name {
        let fix = show::name(&kept);
        let message =
            "the broker drops line breaks from a stream's name when it creates it".to_string();
        let help =
            format!("write `{fix}`: whoever asks for the name as it stands does not find it");
        line.report(span.unwrap_or_default(), message, help, Some(fix));
    }
}

fn delete(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    Ok(Some(Statement::Delete(line.log(STREAM)?).into()))
}

fn policy(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let stream = line.log(STREAM)?;
    let mut limits = PolicyLimits::default();
    let none = line.word_about("none", "The stream's own limits hold again.");
    if !none {
        line.options(LIMITS, &mut limits)?;
        if limits == PolicyLimits::default() {
            return Err(line.unexpected());
        }
    }
    let limits = Some(limits).filter(|_| !none);
    Ok(Some(
        Statement::Policy(PolicyStatement { stream, limits }).into(),
    ))
}
