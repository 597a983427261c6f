//! `offset-lab learn`: a lesson beat by beat, asking; an exercise with its goals, or an attempt at one. It computes
//! nothing: the core knows beats, answers and verdicts.

use std::io::{self, BufRead};
use std::path::Path;

use offset_lab::engine::{Progress, Run};
use offset_lab::explain::anomalies;
use offset_lab::learn::{Prediction, Verdict, judge, predict};
use offset_lab::lessons::{Lesson, LessonKind};
use offset_lab::view::frame::Frame;
use offset_lab::view::{FrameOptions, beats, frame_at};
use offset_lab::{Cursor, parse};

use crate::drawing::Named;
use crate::escape::Syntax;
use crate::lessons::find;
use crate::screen::{Emphasis, Outcome, Screen};
use crate::source::{self, ScenarioSource};

/// Plays a lesson, or judges an attempt at an exercise.
pub(crate) fn learn(
    name: &str,
    attempt: Option<&Path>,
    screen: &mut Screen,
) -> io::Result<Outcome> {
    let lesson = match find(name) {
        Ok(lesson) => lesson,
        Err(message) => {
            screen.problem(&message)?;
            return Ok(Outcome::Bad);
        }
    };
    match (lesson.kind, attempt) {
        (LessonKind::Lesson | LessonKind::Question | LessonKind::Template, None) => {
            play(lesson, screen)
        }
        (LessonKind::Lesson | LessonKind::Question | LessonKind::Template, Some(_)) => {
            screen.problem(&format!(
                "`{}` is no exercise: only exercises are attempted",
                lesson.slug
            ))?;
            Ok(Outcome::Bad)
        }
        (LessonKind::Exercise, None) => judged(lesson, lesson.slug, lesson.text(), screen),
        (LessonKind::Exercise, Some(file)) => match source::read(file) {
            Ok(ScenarioSource { name, text }) => judged(lesson, &name, &text, screen),
            Err(message) => {
                screen.problem(&message)?;
                Ok(Outcome::Bad)
            }
        },
    }
}

/// An exercise as it stands in a text.
fn judged(lesson: &Lesson, name: &str, text: &str, screen: &mut Screen) -> io::Result<Outcome> {
    let parsed = parse(text);
    if !parsed.is_ok() {
        let of = Named {
            name,
            text,
            above: 0,
        };
        screen.diagnostics(of, &parsed.diagnostics, parsed.more)?;
        return Ok(Outcome::Bad);
    }
    let timeline = Run::new(&parsed.scenario).complete();
    let verdict = judge(lesson.text(), text, &timeline, &anomalies(&timeline));
    screen.marked(Emphasis::Strong, lesson.title(), format_args!(""))?;
    screen.line(format_args!("{}", lesson.summary()))?;
    screen.line(format_args!(""))?;
    goals(&verdict, screen)?;
    match (&verdict.hint, verdict.is_solved()) {
        (_, true) => screen.line(format_args!("solved"))?,
        (Some(hint), false) => screen.line(format_args!("hint: {hint}"))?,
        (None, false) => screen.line(format_args!("not solved yet"))?,
    }
    Ok(match verdict.is_solved() {
        true => Outcome::Good,
        false => Outcome::Failed,
    })
}

fn goals(verdict: &Verdict, screen: &mut Screen) -> io::Result<()> {
    for goal in &verdict.goals {
        let (mark, word) = match goal.holds {
            true => (Emphasis::Good, "ok    "),
            false => (Emphasis::Bad, "open  "),
        };
        screen.marked(
            mark,
            word,
            format_args!(" {} (was {})", goal.text, goal.actual),
        )?;
    }
    for words in &verdict.forbidden {
        screen.marked(Emphasis::Bad, "no    ", format_args!(" {words}"))?;
    }
    let par = verdict
        .par
        .map_or_else(String::new, |par| format!(", par {par}"));
    screen.line(format_args!(
        "lines written or changed: {}{par}",
        verdict.lines
    ))?;
    if !verdict.allowed.is_empty() {
        screen.line(format_args!(
            "may be written: {}",
            verdict.allowed.join(", ")
        ))?;
    }
    Ok(())
}

/// A lesson, pause by pause.
fn play(lesson: &Lesson, screen: &mut Screen) -> io::Result<Outcome> {
    let mut run = Run::new(&parse(lesson.text()).scenario);
    while run.advance(u32::MAX) == Progress::More {}
    let timeline = run.timeline();
    screen.marked(Emphasis::Strong, lesson.title(), format_args!(""))?;
    screen.line(format_args!("{}", lesson.summary()))?;
    let mut told = Told::default();
    let mut lines = io::stdin().lock().lines();
    let mut at = 0;
    loop {
        let frame = frame_at(timeline, Cursor::at(at), &FrameOptions::default());
        told.tell(&frame, screen)?;
        if at >= timeline.len() {
            return Ok(Outcome::Good);
        }
        let asked = predict(&run, Cursor::at(at)).filter(|asked| asked.asked.opened == at);
        at = match asked {
            Some(asked) => {
                let question = frame.story.question.map_or_else(String::new, |q| q.text);
                let to = ask(&question, &asked, &mut lines, screen)?;
                to.max(beats::after(timeline, Cursor::at(at)))
            }
            None => {
                prompt("Enter: continue", screen)?;
                lines.next().transpose()?;
                beats::after(timeline, Cursor::at(at))
            }
        };
    }
}

/// Asks, judges, and explains; answers where what decides it has happened.
fn ask(
    question: &str,
    asked: &Prediction,
    lines: &mut impl Iterator<Item = io::Result<String>>,
    screen: &mut Screen,
) -> io::Result<u32> {
    screen.line(format_args!(""))?;
    screen.marked(Emphasis::Strong, question, format_args!(""))?;
    let choices: Vec<&str> = asked
        .choices
        .iter()
        .map(|choice| choice.value.as_str())
        .collect();
    prompt(
        &format!("one of {}, or another answer", choices.join(", ")),
        screen,
    )?;
    let given = lines.next().transpose()?.unwrap_or_default();
    let given = given.trim();
    let short: String = given.chars().take(60).collect();
    if given.is_empty() {
        screen.line(format_args!("It is {}.", asked.answer))?;
    } else if asked.is_right(given) {
        screen.marked(Emphasis::Good, "Yes", format_args!(": {}.", asked.answer))?;
    } else {
        screen.marked(
            Emphasis::Bad,
            "Not",
            format_args!(" {short}: it is {}.", asked.answer),
        )?;
        if let Some(why) = asked.said_of(given) {
            screen.line(format_args!("{why}"))?;
        }
    }
    for (place, reason) in asked.reasons.iter().enumerate() {
        let because = if place == 0 { "" } else { "because: " };
        screen.line(format_args!("  {because}{}", reason.text))?;
    }
    Ok(asked.decided)
}

fn prompt(words: &str, screen: &mut Screen) -> io::Result<()> {
    screen.document(&format!("[{words}]\n"), Syntax::Text)?;
    screen.finish()
}

/// What was told already.
#[derive(Default)]
struct Told {
    chapter: Option<String>,
    text: String,
    console: Option<u32>,
    checks: usize,
}

impl Told {
    /// Tells what is new at a moment.
    fn tell(&mut self, frame: &Frame, screen: &mut Screen) -> io::Result<()> {
        screen.line(format_args!(""))?;
        if self.chapter != frame.story.chapter {
            self.chapter.clone_from(&frame.story.chapter);
            if let Some(chapter) = &self.chapter {
                screen.marked(Emphasis::Strong, chapter, format_args!(""))?;
            }
        }
        for line in &frame.console {
            if self.console.is_none_or(|last| line.event > last) {
                screen.line(format_args!("  {}: {}", line.actor, line.text))?;
                self.console = Some(line.event);
            }
        }
        if frame.cursor.event > 0 {
            screen.line(format_args!("  {}", frame.narration))?;
        }
        for check in frame.checks.iter().skip(self.checks) {
            let (mark, word) = match check.passed {
                true => (Emphasis::Good, "ok"),
                false => (Emphasis::Bad, "failed"),
            };
            screen.marked(mark, word, format_args!(" {}", check.text))?;
        }
        self.checks = frame.checks.len();
        if self.text != frame.story.text {
            // What is told again with more behind it is not told twice.
            let new = frame
                .story
                .text
                .strip_prefix(&self.text)
                .unwrap_or(&frame.story.text);
            for paragraph in new.trim().split("\n\n") {
                screen.line(format_args!("{paragraph}"))?;
            }
            self.text.clone_from(&frame.story.text);
        }
        Ok(())
    }
}
