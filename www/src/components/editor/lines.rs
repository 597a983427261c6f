//! The drawn lines of the editor: numbers, looks, the line in effect, results of checks. Only lines in view
//! are drawn, whatever the length of the text. Must not know what the lines say.

use std::rc::Rc;

use offset_lab::scenario::assist::highlight;
use offset_lab::view::frame::CheckMark;
use yew::prelude::*;

use super::LINE;
use super::completion::{Completion, Popup};
use crate::effects::store::{Snapshot, use_lab};
use crate::state::paint::{self, Stretch};
use crate::state::{Action, Seek, document};

/// Lines drawn before the first in view.
const BEFORE: usize = 16;
/// Lines drawn in all.
const DRAWN: usize = 100;

/// Properties.
#[derive(Properties, PartialEq)]
pub(super) struct LinesProps {
    /// The state.
    pub(super) state: Snapshot,
    /// The first byte of every line.
    pub(super) starts: Rc<Vec<u32>>,
    /// The first line in view, from 0.
    pub(super) top: i32,
    /// The completion at the caret.
    pub(super) popup: Option<Popup>,
}

/// The lines.
#[component]
pub(super) fn Lines(props: &LinesProps) -> Html {
    let LinesProps { starts, top, .. } = props;
    let all = starts.len();
    let from = usize::try_from(*top)
        .unwrap_or(0)
        .saturating_sub(BEFORE)
        .min(all);
    let to = from.saturating_add(DRAWN).min(all);
    let space = |lines: usize| (lines as u64 * LINE as u64).to_string();
    html! {
        <div class="lines" aria-hidden="true">
            <svg class="spacer" width="1" height={space(from)} />
            for number in from..to {
                <Line key={number} ..line_props(props, number) />
            }
            <svg class="spacer" width="1" height={space(all - to)} />
        </div>
    }
}

/// Properties of a line.
#[derive(Properties, PartialEq)]
struct LineProps {
    /// Its number, from 1.
    number: u32,
    /// Its text.
    text: Rc<str>,
    /// Where it starts in the text.
    start: u32,
    /// The text is in this state.
    marks: LineMarks,
    /// The problems that lie in it, as places in the text.
    problems: Vec<offset_lab::scenario::Diagnostic>,
    /// The completion, when the caret is in this line, and what stands before it.
    popup: Option<(Popup, AttrValue)>,
}

/// What is marked in a line.
#[derive(Clone, Default, PartialEq)]
struct LineMarks {
    in_effect: bool,
    has_caret: bool,
    folded: bool,
    check: Option<CheckMark>,
}

fn line_props(props: &LinesProps, number: usize) -> LineProps {
    let LinesProps {
        state,
        starts,
        popup,
        ..
    } = props;
    let text = paint::line(&state.doc.text, starts, number);
    let start = starts[number];
    let end = start + text.len() as u32;
    let line = number as u32 + 1;
    let caret = state.doc.caret as u32;
    let has_caret = caret >= start && starts.get(number + 1).is_none_or(|next| caret < *next);
    let before = |popup: &Popup| {
        let at = document::floor_char(text, popup.from().saturating_sub(start as usize));
        AttrValue::from(text[..at].to_owned())
    };
    let popup = popup.as_ref().filter(|_| has_caret);
    LineProps {
        number: line,
        text: text.into(),
        start,
        marks: LineMarks {
            in_effect: state.line_in_effect() == Some(line),
            has_caret,
            folded: state.folded_after().is_some_and(|after| line > after),
            check: state
                .checks()
                .iter()
                .rev()
                .find(|c| c.line == line)
                .cloned(),
        },
        problems: state
            .problems_of_text()
            .iter()
            .filter(|p| p.span.start <= end && p.span.end >= start)
            .cloned()
            .collect(),
        popup: popup.map(|popup| (popup.clone(), before(popup))),
    }
}

/// A line: its number runs to it, its result stands behind it.
#[component]
fn Line(props: &LineProps) -> Html {
    let lab = use_lab();
    let LineProps {
        number,
        text,
        start,
        marks,
        problems,
        popup,
    } = props;
    let classes = highlight(text);
    let line = *number;
    let check = marks.check.as_ref();
    html! {
        <div class={classes!("line", marks.in_effect.then_some("in-effect"), marks.has_caret.then_some("has-caret"), marks.folded.then_some("folded"),
            check.map(|c| if c.passed { "holds" } else { "fails" }), (!problems.is_empty()).then_some("has-problem"))}>
            <span class="gutter" title="Run to here" onclick={lab.on(move |_| Action::Seek(Seek::Line(line)))}>{ number }</span>
            <span class="code">
                { for paint::stretches(text, *start, &classes, problems).iter().map(stretch) }
                if let Some(check) = check {
                    <span class="result">{ result(check) }</span>
                }
                if let Some((popup, before)) = popup {
                    <span class="anchor"><span class="ghost">{ before }</span><Completion popup={popup.clone()} /></span>
                }
            </span>
        </div>
    }
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
