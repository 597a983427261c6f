//! `offset-lab sheet`: lessons as one page to be printed: the story with its pictures, room for answers, and what happened.
//! Decides nothing: pauses, pictures and sentences are the core's.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use offset_lab::learn::predict;
use offset_lab::lessons::{Lesson, LessonKind, all};
use offset_lab::trace::Level;
use offset_lab::view::log::{self, LogRows};
use offset_lab::view::{Frame, FrameOptions, beats, frame_at, svg};
use offset_lab::{Cursor, Progress, Run, parse};

use crate::escape::Syntax;
use crate::lessons::find;
use crate::screen::{Outcome, Screen};
use crate::source;

/// The styles of the page: on paper each lesson begins on a sheet of its own.
const PAGE: &str = "body{font:11pt/1.45 system-ui,sans-serif;color:#1d2433;max-width:48rem;margin:2rem auto;padding:0 1rem}\
    h1{font-size:1.6rem}h2{font-size:1.3rem;margin:0}h3{font-size:1rem;margin:1.2rem 0 0}.about{color:#555d70;margin:.2rem 0 1rem}\
    figure{margin:.6rem 0 1rem;border:1px solid #dcdad3;border-radius:8px;padding:4px;break-inside:avoid}figure svg{display:block;width:100%;height:auto}\
    .ask{font-weight:600;break-inside:avoid}.ask::after{content:'';display:block;height:1.8rem;border-bottom:1px solid #767f93;max-width:16rem}\
    .log{font-size:9pt;columns:2;column-gap:2rem}.log li{break-inside:avoid}article{break-before:page}\
    @media screen{article{border-top:1px solid #dcdad3;margin-top:2rem;padding-top:1rem}}@media print{body{margin:0;max-width:none}article:first-of-type{break-before:auto}}";

/// Writes the lessons of these names, or all of them, into `output`.
pub(crate) fn sheet(names: &[String], output: &Path, screen: &mut Screen) -> io::Result<Outcome> {
    let mut lessons: Vec<&Lesson> = Vec::new();
    for name in names {
        match find(name) {
            Ok(lesson) => lessons.push(lesson),
            Err(message) => {
                screen.problem(&message)?;
                return Ok(Outcome::Bad);
            }
        }
    }
    if lessons.is_empty() {
        lessons.extend(all());
    }
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Offset Lab: lessons</title>\n\
         <style>{PAGE}</style>\n</head>\n<body>\n<h1>Offset Lab</h1>\n"
    );
    for lesson in lessons {
        page.push_str(&article(lesson));
    }
    page.push_str("</body>\n</html>\n");
    if output.as_os_str() == "-" {
        screen.document(&page, Syntax::Xml)?;
    } else if let Err(error) = std::fs::write(output, page) {
        let reason = source::reason(&error);
        screen.problem(&format!("cannot write {}: {reason}", output.display()))?;
        return Ok(Outcome::Bad);
    }
    Ok(Outcome::Good)
}

/// One lesson, pause by pause.
fn article(lesson: &Lesson) -> String {
    let mut run = Run::new(&parse(lesson.text()).scenario);
    while run.advance(u32::MAX) == Progress::More {}
    let timeline = run.timeline();
    let mut out = format!(
        "<article>\n<h2>{}</h2>\n<p class=\"about\">{}</p>\n",
        inline(lesson.title()),
        inline(lesson.summary())
    );
    let (mut told, mut answers) = (Told::default(), Vec::new());
    let mut at = 0;
    loop {
        let cursor = Cursor::at(at);
        let frame = frame_at(timeline, cursor, &FrameOptions::default());
        told.tell(&frame, &mut out);
        let asked = predict(&run, cursor).filter(|asked| asked.asked.opened == at);
        if let (Some(asked), Some(question)) = (asked, &frame.story.question) {
            let _ = writeln!(out, "<p class=\"ask\">{}</p>", inline(&question.text));
            answers.push((question.text.clone(), asked.answer));
        }
        if at >= timeline.len() {
            break;
        }
        at = beats::after(timeline, cursor);
    }
    if lesson.kind == LessonKind::Exercise {
        let _ = write!(
            out,
            "<h3>The text</h3>\n<pre>{}</pre>\n",
            escaped(lesson.text())
        );
    }
    list(
        &mut out,
        "What happened",
        "log",
        log_of(&run).map(|row| inline(&row)),
    );
    let answers = answers
        .iter()
        .map(|(q, a)| format!("{} <strong>{}</strong>", inline(q), escaped(a)));
    list(&mut out, "Answers", "answers", answers);
    out.push_str("</article>\n");
    out
}

/// The transcript, as far as a learner has to see it.
fn log_of(run: &Run) -> impl Iterator<Item = String> {
    let timeline = run.timeline();
    let rows = LogRows::new(timeline, Level::Story);
    rows.events(0..rows.len())
        .filter_map(|event| log::row(timeline, event))
        .map(|row| format!("{}: {}", row.time, row.text))
}

fn list(out: &mut String, title: &str, class: &str, items: impl Iterator<Item = String>) {
    let items: String = items.map(|item| format!("<li>{item}</li>\n")).collect();
    if !items.is_empty() {
        let _ = write!(
            out,
            "<h3>{title}</h3>\n<ol class=\"{class}\">\n{items}</ol>\n"
        );
    }
}

/// What was told already: nothing is printed twice.
#[derive(Default)]
struct Told {
    chapter: Option<String>,
    text: String,
    picture: String,
}

impl Told {
    fn tell(&mut self, frame: &Frame, out: &mut String) {
        let story = &frame.story;
        if self.chapter != story.chapter {
            self.chapter.clone_from(&story.chapter);
            let chapter = story.chapter.as_deref().unwrap_or_default();
            let _ = writeln!(out, "<h3>{}</h3>", inline(chapter));
        }
        if self.text != story.text {
            let new = story.text.strip_prefix(&self.text).unwrap_or(&story.text);
            for paragraph in new.trim().split("\n\n") {
                let _ = writeln!(out, "<p>{}</p>", inline(paragraph));
            }
            self.text.clone_from(&story.text);
        }
        let picture = svg::write(&frame.stage, svg::SvgTheme::Light, svg::STYLES);
        if frame.cursor.event > 0 && self.picture != picture {
            let _ = writeln!(out, "<figure>{picture}</figure>");
            self.picture = picture;
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A text with its code and emphasis; links are printed as their words.
fn inline(text: &str) -> String {
    let mut out = String::new();
    for (place, part) in escaped(text).split('`').enumerate() {
        if place % 2 == 1 {
            let _ = write!(out, "<code>{part}</code>");
            continue;
        }
        for (place, part) in part.split('*').enumerate() {
            let _ = match place % 2 {
                0 => write!(out, "{part}"),
                _ => write!(out, "<em>{part}</em>"),
            };
        }
    }
    out
}
