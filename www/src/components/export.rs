//! The dialog of files that a run can be had as, with a preview of its picture. Must not know how they are written.

use offset_lab::view::svg::SvgTheme;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::copied::Copied;
use super::dialog::Dialog;
use crate::effects::store::{Lab, Snapshot, use_lab};
use crate::effects::{dom, files, outside};
use crate::state::Action;
use crate::state::export::{FileKind, MOST_STEPS};

/// A longer text makes a page slow.
const MOST_COPIED: usize = 1_000_000;
/// What is said where a page refuses.
const REFUSED: &str = "This page may not offer files here.";

/// Properties.
#[derive(Properties, PartialEq)]
pub(crate) struct ExportProps {
    /// The state.
    pub(crate) state: Snapshot,
}

/// The dialog.
#[component]
pub(crate) fn Export(props: &ExportProps) -> Html {
    let lab = use_lab();
    let state = &props.state;
    let at = state.cursor.event;
    let span = use_state(|| (at.saturating_sub(20), at));
    let shown = use_state(|| FileKind::Picture(SvgTheme::Light));
    let animation = FileKind::Animation(span.0, span.1);
    let preview = match *shown {
        FileKind::Animation(..) => state.export(animation),
        kind @ (FileKind::Lab | FileKind::Picture(_) | FileKind::Transcript | FileKind::Trace) => {
            state.export(kind)
        }
    };
    let row = |name: &'static str, about: &'static str, kind: FileKind| {
        let show = {
            let shown = shown.setter();
            Callback::from(move |_: MouseEvent| shown.set(kind))
        };
        let is_picture = matches!(kind, FileKind::Picture(_) | FileKind::Animation(..));
        html! {
            <div class="export-row">
                <button class="button" onclick={save(&lab, state, kind)}>{ name }</button>
                <span>{ about }</span>
                if is_picture {
                    <button class="link" onclick={show}>{ "Preview" }</button>
                } else if kind == FileKind::Transcript {
                    <button class="link" onclick={show}>{ "Show it, to copy" }</button>
                }
            </div>
        }
    };
    html! {
        <Dialog title="Export">
            <div class="dialog-panel">
                { row("Scenario", "the text, as a .lab file", FileKind::Lab) }
                { row("SVG, light", "the picture of this moment", FileKind::Picture(SvgTheme::Light)) }
                { row("SVG, dark", "the same on dark ground", FileKind::Picture(SvgTheme::Dark)) }
                <div class="export-row">
                    <button class="button" onclick={save_png(&lab, state)}>{ "PNG" }</button>
                    <span>{ "the same in pixels, twice as fine" }</span>
                </div>
                { row("Animated SVG", "several steps, one after the other", animation) }
                { steps(&span, state.events()) }
                { row("Transcript", "what happened, a sentence each", FileKind::Transcript) }
                { row("Trace", "the same for programs, as JSON", FileKind::Trace) }
                { preview.map(|text| shown_as(*shown, text)) }
            </div>
        </Dialog>
    }
}

/// What a file holds: a picture, or words to be copied.
fn shown_as(kind: FileKind, text: String) -> Html {
    match kind {
        FileKind::Picture(_) | FileKind::Animation(..) => {
            html! { <img class="export-preview" alt="Preview" src={outside::address_of(&text)} /> }
        }
        FileKind::Lab | FileKind::Transcript | FileKind::Trace if text.len() > MOST_COPIED => {
            html! { <p>{ "It is too long to be copied by hand: save it as a file." }</p> }
        }
        FileKind::Lab | FileKind::Transcript | FileKind::Trace => {
            html! { <Copied label="Transcript" text={AttrValue::from(text)} /> }
        }
    }
}

/// The span of steps of the animated picture.
fn steps(span: &UseStateHandle<(u32, u32)>, events: u32) -> Html {
    let (from, to) = **span;
    let field = |label: &'static str, value: u32, change: fn((u32, u32), u32) -> (u32, u32)| {
        let span = span.clone();
        let set = Callback::from(move |event: Event| {
            if let Ok(value) = dom::value(&event).parse() {
                span.set(change(*span, value));
            }
        });
        html! {
            <label>{ label }{ " " }
                <input class="field" type="number" min="0" max={events.to_string()} value={value.to_string()} onchange={set} />
            </label>
        }
    };
    let is_long = to.saturating_sub(from) >= MOST_STEPS;
    html! {
        <div class="row dialog-options">
            { field("from step", from, |(_, to), from| (from, to)) }
            { field("to step", to, |(from, _), to| (from, to)) }
            if is_long {
                <span>{ format!("only the last {MOST_STEPS} of them") }</span>
            }
        </div>
    }
}

fn save(lab: &Lab, state: &Snapshot, kind: FileKind) -> Callback<MouseEvent> {
    let (lab, state) = (lab.clone(), state.clone());
    Callback::from(move |_| {
        let saved = state
            .export(kind)
            .map(|text| files::download(&kind.file(&state.name), &text, kind.media_type()));
        match saved {
            Some(Ok(())) => {}
            Some(Err(_)) => lab.send(Action::Notice(REFUSED.into())),
            None => lab.send(Action::Notice("Nothing has run yet.".into())),
        }
    })
}

fn save_png(lab: &Lab, state: &Snapshot) -> Callback<MouseEvent> {
    let (lab, state) = (lab.clone(), state.clone());
    Callback::from(move |_| {
        let Some(svg) = state.export(FileKind::Picture(SvgTheme::Light)) else {
            return;
        };
        let (lab, name) = (lab.clone(), [&*state.name, ".png"].concat());
        spawn_local(async move {
            if outside::download_png(&name, &svg).await.is_err() {
                lab.send(Action::Notice(REFUSED.into()));
            }
        });
    })
}
