//! Tests of the state as a whole, and what they share: a host that settles jobs in one go.

use std::rc::Rc;

use offset_lab::engine::{Progress, Run};
use offset_lab::family::Family;
use offset_lab::world::{Cursor, Timeline};
use offset_lab::{language, lessons};

use super::work::RunWork;
use super::{Action, AppState, Seek};
use crate::link::DICTIONARY;

/// The run of a sound text.
pub(crate) fn timeline(text: &str) -> Timeline {
    let parsed = language::parse(text);
    assert!(parsed.is_ok(), "{:?}", parsed.diagnostics);
    run(&parsed.scenario)
}

fn run(scenario: &language::Scenario) -> Timeline {
    let mut run = Run::new(scenario);
    while let Progress::More = run.advance(10_000) {}
    run.into_timeline()
}

/// The picture of a sound text's end.
pub(crate) fn stage(text: &str) -> offset_lab::view::Stage {
    let timeline = timeline(text);
    let options = offset_lab::view::FrameOptions::default();
    offset_lab::view::frame_at(&timeline, Cursor::at(timeline.len()), &options).stage
}

/// A file of the page.
pub(crate) fn read(file: &str) -> Rc<str> {
    let lesson = file.strip_prefix("lessons/");
    let lesson = lesson.and_then(|file| lessons::find(file.strip_suffix(".lab")?));
    lesson.map_or(DICTIONARY, |lesson| lesson.text()).into()
}

/// The state when nothing is waited for and its job is done.
fn settle(mut state: AppState) -> AppState {
    let first = |state: &AppState| state.files.asked_after(0).next().cloned();
    while let Some(file) = first(&state) {
        let text = Ok(read(&file));
        state = settle_job(state.reduce(Action::Fetched { file, text }));
    }
    settle_job(state)
}

fn settle_job(mut state: AppState) -> AppState {
    if let Some(job) = &state.job {
        let mut work = RunWork::new(job);
        while !work.is_over() {
            if let Some(report) = work.advance(10_000) {
                state = state.reduce(report);
            }
        }
    }
    assert!(state.job.is_none());
    state
}

pub(crate) fn act(state: &AppState, action: Action) -> AppState {
    settle(state.reduce(action))
}

pub(crate) fn open(text: &str) -> AppState {
    act(&AppState::default(), Action::OpenText(text.into()))
}

const CRASH: &str = "stream s\nproducer p on s\npublish p 100 \"m{n}\"\nrun\n\
    consumer billing on s from first store every 10 takes 1ms\nrun\n";

#[test]
fn acting_in_the_past_writes_a_line_there_and_undo_takes_it_back() {
    let state = open(CRASH);
    let state = act(&state, Action::Seek(Seek::Last));
    let state = act(&state, Action::Seek(Seek::Steps(-30)));
    let before = state.clone();
    let acted = act(&state, Action::Act("crash billing".into()));
    assert_eq!(acted.look.refused, None);
    assert!(
        acted.doc.text.contains("\ncrash billing\n"),
        "{}",
        acted.doc.text
    );
    assert!(
        acted
            .frame
            .as_ref()
            .is_some_and(|f| f.narration.contains("crashed"))
    );
    let back = act(&acted, Action::Undo);
    assert_eq!((&*back.doc.text, back.cursor), (CRASH, before.cursor));
    let again = act(&back, Action::Redo);
    assert_eq!(
        (&again.doc.text, again.cursor),
        (&acted.doc.text, acted.cursor)
    );
}

#[test]
fn a_newer_edit_cancels_an_act_and_a_refusal_changes_nothing() {
    let state = act(&open(CRASH), Action::Seek(Seek::Steps(-9)));
    let acting = state.reduce(Action::Act("crash billing".into()));
    assert!(acting.can_act().is_err(), "one act at a time");
    let text: Rc<str> = [CRASH, "chapter \"x\"\n"].concat().into();
    let caret = text.len();
    let mut late = acting.reduce(Action::Type {
        text: text.clone(),
        caret,
    });
    let mut work = RunWork::new(acting.job.as_ref().expect("it was wanted"));
    while !work.is_over() {
        if let Some(report) = work.advance(10_000) {
            late = late.reduce(report);
        }
    }
    assert_eq!(settle(late).doc.text, text);
    let refused = act(&state, Action::Act("crash nobody".into()));
    assert!(refused.look.refused.is_some());
    assert_eq!(
        (&refused.doc.text, refused.cursor),
        (&state.doc.text, state.cursor)
    );
    assert_eq!(refused.history, state.history);
}

#[test]
fn a_broken_text_keeps_the_last_good_picture_and_loses_nothing() {
    let good = open(CRASH);
    let text: Rc<str> = [CRASH, "consumr x\n"].concat().into();
    let caret = text.len();
    let broken = act(
        &good,
        Action::Type {
            text: text.clone(),
            caret,
        },
    );
    assert_eq!(broken.problems().len(), 1);
    assert_eq!(broken.frame, good.frame);
    assert_eq!(broken.doc.text, text);
    assert!(broken.can_act().is_err());
    assert_eq!(broken.drafts.texts.get(&broken.name), Some(&text));
}

#[test]
fn a_picture_says_whose_it_is() {
    let state = open(CRASH);
    assert_eq!(state.stale_words(), None);
    let (text, caret) = ("nonsense\n".into(), 0);
    let broken = act(&state, Action::Type { text, caret });
    let words = broken.stale_words().expect("words");
    assert!(words.contains("the text before"), "{words}");
    let other = act(&broken, Action::Open("browse-a-stream".into()));
    assert_eq!(other.stale_words(), None);
    let back = act(&other, Action::Open(broken.name));
    let words = back.stale_words().expect("words");
    assert!(words.contains("open before"), "{words}");
}

#[test]
fn a_text_over_the_limit_changes_nothing() {
    let good = open(CRASH);
    let text: Rc<str> = "x".repeat(10 * 1024 * 1024).into();
    let same = act(&good, Action::Type { text, caret: 0 });
    assert_eq!(same.doc.text, good.doc.text);
    assert!(
        same.notice
            .as_ref()
            .is_some_and(|words| words.contains("4 MiB"))
    );
}

#[test]
fn a_question_stops_the_player_and_folds_the_text_behind_it() {
    let state = act(
        &AppState::default(),
        Action::Open("crash-and-redelivery".into()),
    );
    let mut state = act(&state, Action::PlayPause);
    for _ in 0..1_000 {
        state = act(&state, Action::Beat);
        if !state.playing {
            break;
        }
    }
    assert!(
        state.cursor.event < state.events(),
        "stopped before the end"
    );
    assert!(state.folded_after().is_some());
    let state = act(&state, Action::Answer("8".into()));
    assert!(state.answer.as_ref().is_some_and(super::Answer::is_right));
    assert_eq!(state.folded_after(), None);
}

#[test]
fn an_exercise_is_judged_as_it_is_typed_and_had_back() {
    let lesson = offset_lab::lessons::find("resume-where-it-stopped").expect("an exercise");
    let state = act(&AppState::default(), Action::Open(lesson.slug.into()));
    let verdict = |state: &AppState| state.telling().verdict.expect("it is an exercise");
    assert!(!verdict(&state).is_solved());
    let typed = |state: &AppState, text: String| {
        let text = text.into();
        act(state, Action::Type { text, caret: 0 })
    };
    let written = lesson
        .text()
        .replace("from first", "from first store every 10");
    let solved = typed(&state, written.clone());
    assert!(verdict(&solved).is_solved(), "{:?}", verdict(&solved));
    // In the midst of nonsense the last verdict stands, as the last picture does.
    let broken = typed(&solved, format!("{written}consumr x"));
    assert!(verdict(&broken).is_solved());
    let back = act(&broken, Action::Revert);
    assert!(!verdict(&back).is_solved());
    // What is no exercise has none.
    let lesson = act(&back, Action::Open("crash-and-redelivery".into()));
    assert_eq!(lesson.telling().verdict, None);
}

/// A small generator: the same numbers for the same seed everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

const LINES: &[&str] = &[
    "publish p 3 \"x\"",
    "crash billing",
    "restart billing",
    "run",
    "wait 3ms",
    "store billing 5",
    "consumr x",
    "stream t",
    "> words",
    "expect billing.received == 7",
    "\u{1F600}\u{0}\"",
];

fn random_action(state: &AppState, dice: &mut Dice) -> Action {
    let n = |dice: &mut Dice, n| i32::try_from(dice.below(n)).unwrap_or(0);
    match dice.below(16) {
        0 => Action::Undo,
        1 => Action::Redo,
        2 => Action::Seek(Seek::Steps(n(dice, 21) - 10)),
        3 => Action::Seek(Seek::Tenth(dice.below(12) as u8)),
        4 => Action::Seek(Seek::Line(dice.below(20) as u32)),
        5 => Action::Seek(Seek::Into),
        6 => Action::Seek(Seek::To(Cursor {
            event: dice.below(400) as u32,
            part: dice.below(50),
        })),
        7 => Action::PlayPause,
        8 => Action::Beat,
        9 => Action::Act(LINES[dice.below(LINES.len() as u64) as usize].into()),
        10..13 => {
            let menus = &state.acts.menus;
            let acts: Vec<_> = menus.iter().flat_map(|menu| &menu.acts).collect();
            let Some(act) = acts.get(dice.below(acts.len().max(1) as u64) as usize) else {
                return Action::PlayPause;
            };
            let values: Vec<String> = act.fields.iter().map(|f| f.value(None)).collect();
            Action::Fill {
                act: std::sync::Arc::clone(act),
                values: values.into(),
            }
        }
        13 => Action::Caret(dice.below(900) as usize),
        _ => {
            let line = LINES[dice.below(LINES.len() as u64) as usize];
            let text = [&*state.doc.text, line, "\n"].concat();
            let caret = dice.below(text.len() as u64 + 2) as usize;
            Action::Type {
                text: text.into(),
                caret,
            }
        }
    }
}

/// Whatever is done in whatever order: the picture is that of a fresh run of the text, the moment is one of
/// its moments, and everything can be undone.
#[test]
fn five_hundred_random_actions_keep_the_invariants() {
    let mut dice = Dice(0x0ff5_e71a_b000_0001);
    let mut state = open(CRASH);
    for number in 0..500 {
        let action = random_action(&state, &mut dice);
        state = act(&state, action.clone());
        let context = || format!("action {number}: {action:?}\n{}", state.doc.text);
        let good = state.good.as_ref().expect("a text has run");
        let parsed = language::parse(&state.doc.text);
        assert_eq!(parsed.is_ok(), good.text == state.doc.text, "{}", context());
        let fresh = timeline(&good.text);
        assert_eq!(good.timeline().digest(), fresh.digest(), "{}", context());
        assert!(state.cursor.event <= fresh.len(), "{}", context());
        let frame = state.frame.as_ref().expect("a picture");
        assert_eq!(frame.cursor.event, state.cursor.event, "{}", context());
        assert!(
            state.doc.text.is_char_boundary(state.doc.caret),
            "{}",
            context()
        );
        if state.doc.text.len() > 2_000 {
            state = open(CRASH);
        }
    }
    while state.history.can_undo() {
        state = act(&state, Action::Undo);
    }
    assert!(!state.history.can_undo());
}

/// Every half-written text is read, run, completed, explained and drawn.
#[test]
fn a_scenario_typed_key_by_key_never_stops_the_app() {
    let mut state = open("");
    for end in 1..=CRASH.len() {
        let text: Rc<str> = CRASH[..end].into();
        let popup = super::popup::Popup::while_typing(&text, end);
        assert!(popup.is_none_or(|p| !p.candidates().is_empty()));
        let _ = language::assist::help_at(&text, end);
        for line in text.lines() {
            let _ = language::assist::highlight(line, Family::default());
        }
        state = act(&state, Action::Type { text, caret: end });
        state = act(&state, Action::Seek(Seek::Last));
    }
    assert_eq!(state.problems().len(), 0);
}
