//! One drawn line of the editor: its number runs to it, its result stands behind it. Must not know what it says.

use std::rc::Rc;

use offset_lab::family::Family;
use offset_lab::language::Diagnostic;
use offset_lab::language::assist::highlight;
use offset_lab::view::frame::CheckMark;
use yew::prelude::*;

use crate::effects::store::{Snapshot, use_lab};
use crate::state::paint::{self, Stretch};
use crate::state::{Action, Seek};

/// Properties of a line.
#[derive(Properties, PartialEq)]
pub(super) struct LineProps {
    /// Its number, from 1.
    number: u32,
    /// Its text.
    text: Rc<str>,
    /// Whose words it has.
    family: Family,
    /// Where it starts in the text.
    start: u32,
    /// The text is in this state.
    marks: LineMarks,
    /// The problems that lie in it, as places in the text.
    problems: Vec<Diagnostic>,
}

/// What is marked in a line.
#[derive(Clone, Default, PartialEq)]
struct LineMarks {
    in_effect: bool,
    has_caret: bool,
    folded: bool,
    check: Option<CheckMark>,
    /// Why the statement had no effect.
    note: Option<String>,
}

/// What a line of the state's text is drawn from.
pub(super) fn line_props(state: &Snapshot, line: u32, start: u32, text: &str) -> LineProps {
    let end = start + text.len() as u32;
    let caret = state.doc.caret as u32;
    LineProps {
        number: line,
        text: text.into(),
        family: state.family_of_text(),
        start,
        marks: LineMarks {
            in_effect: state.line_in_effect() == Some(line),
            has_caret: (start..=end).contains(&caret),
            folded: state.folded_after().is_some_and(|after| line > after),
            check: state
                .checks()
                .iter()
                .rev()
                .find(|c| c.line == line)
                .cloned(),
            note: note(state, line),
        },
        problems: state
            .problems_of_text()
            .iter()
            .filter(|p| p.span.start <= end && p.span.end >= start)
            .cloned()
            .collect(),
    }
}

/// A line: its number runs to it, its result stands behind it.
#[component]
pub(super) fn Line(props: &LineProps) -> Html {
    let lab = use_lab();
    let LineProps {
        number,
        text,
        family,
        start,
        marks,
        problems,
    } = props;
    let classes = highlight(text, *family);
    let line = *number;
    let check = marks.check.as_ref();
    html! {
        <div class={classes!("line", marks.in_effect.then_some("in-effect"), marks.has_caret.then_some("has-caret"), marks.folded.then_some("folded"),
            check.map(|c| if c.passed { "holds" } else { "fails" }), (!problems.is_empty()).then_some("has-problem"))}>
            <span class="gutter" data-line={number.to_string()} title="Run to here" onclick={lab.on(move |_| Action::Seek(Seek::Line(line)))} />
            <div class="code">
                { for paint::stretches(text, *start, &classes, problems).iter().map(stretch) }
            </div>
            if let Some(check) = check {
                <span class="result">{ result(check) }</span>
            } else if let Some(note) = &marks.note {
                <span class="result note" title={note.clone()}>{ "no effect" }</span>
            }
        </div>
    }
}

/// The reasons why a line had no effect.
fn note(state: &Snapshot, line: u32) -> Option<String> {
    let notes = state.notes().iter().filter(|note| note.line == line);
    let words: Vec<&str> = notes.map(|note| &*note.text).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

fn stretch(stretch: &Stretch<'_>) -> Html {
    let class = classes!(stretch.class, stretch.wrong.then_some("wrong"));
    html! { <span {class}>{ stretch.text }</span> }
}

fn result(check: &CheckMark) -> String {
    match check.passed {
        true => "✓".into(),
        false => ["✗ was ", &check.actual].concat(),
    }
}
