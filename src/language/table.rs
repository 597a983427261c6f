//! The statement table: parser, help, completion, highlighting and reference read this one list.

use super::context::Context;
use super::doc::{FormDoc, Heading};
use super::form::Form;
use super::statements::{checks, exercises, faults, header, time};
use crate::family::Family;

/// Every row of a family's scripts, in the order of the reference.
fn rows(family: Family) -> impl Iterator<Item = &'static Form> {
    let broker = core::slice::from_ref(family.broker());
    let option = core::slice::from_ref(family.option());
    let before = [header::OPENING, broker, option, header::FORMS];
    let behind = [faults::FORMS, time::FORMS, checks::FORMS, exercises::FORMS];
    let of_family = family.forms().iter().copied();
    before.into_iter().chain(of_family).chain(behind).flatten()
}

/// Every statement of a family's scripts, in the order of the reference.
pub fn forms(family: Family) -> impl Iterator<Item = &'static FormDoc> {
    rows(family).map(|form| &form.doc)
}

/// The statement of a family's scripts that starts with `keyword`.
#[must_use]
pub fn form(family: Family, keyword: &str) -> Option<&'static FormDoc> {
    row(family, keyword).map(|form| &form.doc)
}

/// The heading of a group in a family's reference.
#[must_use]
pub fn heading(family: Family, group: Heading) -> &'static str {
    match group {
        Heading::Header => "Header and chapters",
        Heading::Actors => family.vocabulary().heading,
        Heading::Faults => "Faults",
        Heading::Time => "Time",
        Heading::Questions => "Checks, questions, goals",
    }
}

/// The row of the statement that starts with `keyword`.
pub(crate) fn row(family: Family, keyword: &str) -> Option<&'static Form> {
    rows(family).find(|form| form.doc.keyword == keyword)
}

/// What is known before the first line.
pub(crate) fn context() -> Context {
    let mut context = Context::default();
    adopt_family(&mut context);
    context
}

/// Takes the words of the family that the header says; `broker` may have been said just now.
pub(crate) fn adopt_family(context: &mut Context) {
    let family = context.header.family;
    if context.words_of != Some(family) {
        context.words_of = Some(family);
        context.forms = forms(family).collect();
    }
}
