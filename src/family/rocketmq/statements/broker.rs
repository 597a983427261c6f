//! What is said of the broker itself: `broker`, `option`, `expire`.

use alloc::format;

use super::ast::Statement;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::Form;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::problems::Read;
use crate::language::statements::header;
use crate::language::statements::life_cycle::simple;

/// How `broker` is written.
pub(in crate::family) static BROKER: Form = Form {
    doc: FormDoc {
        keyword: "broker",
        group: Heading::Header,
        shapes: &["broker rocketmq [VERSION]"],
        options: &[],
        about: meaning!(
            "The broker and its version (4.9.2 and later; 5.3 when unset). A version between two that differ behaves as the \
                earlier one. There is one broker, the master."
        ),
        example: meaning!("broker rocketmq 5.3"),
    },
    read: header::broker,
};

/// How `option` is written.
pub(in crate::family) static OPTION: Form = Form {
    doc: FormDoc {
        keyword: "option",
        group: Heading::Header,
        shapes: &["option latency DUR", "option disk N%"],
        options: &[],
        about: meaning!(
            "`latency`: how long a message is on its way, each way; 1 ms when unset. `disk`: how full the \
                broker's disk is from here on, anywhere in the script: above 75% the cleaner looks for expired \
                files at any hour, above 85% it deletes the oldest ones whatever their age, above 90% the broker \
                refuses messages."
        ),
        example: meaning!("option disk 82%"),
    },
    read: option,
};

/// What happens to the broker's files.
pub(super) const FORMS: &[Form] = &[simple(
    "expire",
    &["expire"],
    "Runs the broker's cleaner now, whatever the hour: files of the commit log go whose last write is longer ago \
     than `reserved`, never the one that is being written.",
    "expire",
    |_| Ok(Some(Statement::Expire.into())),
)];

fn option(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    if line.word_about("latency", "How long a message is on its way, each way.") {
        return header::latency(line);
    }
    if !line.word_about("disk", "How full the broker's disk is.") {
        return Err(line.unexpected());
    }
    line.expect(Expected::Value("a share of the disk such as `82%`"));
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Err(line.unexpected());
    };
    let number = word.strip_suffix('%').unwrap_or(word);
    match (number.parse::<u8>(), word.ends_with('%')) {
        (Ok(percent @ 0..=100), true) => {
            line.bump(Class::Number);
            Ok(Some(Statement::Disk(percent).into()))
        }
        (Ok(percent @ 0..=100), false) => {
            let fix = format!("{percent}%");
            let message = format!("{} has no unit", excerpt(word));
            let help = help!("did you mean `{fix}`?");
            Err(line.report(token.span, message, help, Some(fix)))
        }
        (Ok(_) | Err(_), _) => {
            let message = format!("{} is not a share of a disk", excerpt(word));
            let help = help!("`option disk N%`: a whole number from 0 to 100");
            Err(line.report(token.span, message, help, None))
        }
    }
}
