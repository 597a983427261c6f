//! `allow`, `par`: what makes a script with goals an exercise.

use alloc::format;
use alloc::string::ToString;

use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::Form;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::problems::Read;
use crate::language::suggest;
use crate::limits;

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "allow",
            group: Heading::Questions,
            shapes: &["allow STATEMENT…"],
            options: &[],
            about: meaning!(
                "For exercises: only lines that begin with these words may be written, changed or removed. Without it any may. A run ignores it."
            ),
            example: meaning!("allow consumer restart run"),
        },
        read: allow,
    },
    Form {
        doc: FormDoc {
            keyword: "par",
            group: Heading::Questions,
            shapes: &["par N"],
            options: &[],
            about: meaning!("For exercises: how many lines a good solution writes or changes."),
            example: meaning!("par 2"),
        },
        read: par,
    },
];

fn allow(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let mut any = false;
    loop {
        line.expect(Expected::Value("the first word of a statement"));
        let Some((token, word)) = line.peek().zip(line.peek_word()) else {
            if any && line.at_end() {
                return Ok(None);
            }
            return Err(line.unexpected());
        };
        let known = line.ctx.forms.iter().find(|form| form.keyword == word);
        let Some(keyword) = known.map(|form| form.keyword) else {
            let near = suggest::nearest(word, line.ctx.forms.iter().map(|form| form.keyword));
            let message = format!("no statement starts with {}", excerpt(word));
            let help = match near {
                Some(near) => help!("did you mean `{near}`?"),
                None => help!("say first words of statements, such as `consumer` or `run`"),
            };
            return Err(line.report(token.span, message, help, near.map(ToString::to_string)));
        };
        line.bump(Class::Word);
        if !line.ctx.header.allowed.contains(&keyword) {
            line.ctx.header.allowed.push(keyword);
        }
        any = true;
    }
}

fn par(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let (span, number) = (line.span(), line.line_number());
    let lines = line.number("a number of lines", 1, limits::TEXT_LINES as u64)?;
    if let Some(first) = line.ctx.said.get("par") {
        let message = format!("`par` is said twice, first in line {first}");
        line.report(
            span,
            message,
            "keep the one that you mean".to_string(),
            None,
        );
    }
    line.ctx.said.get_or_insert("par", number);
    line.ctx.header.par = Some(lines);
    Ok(None)
}
