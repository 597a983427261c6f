//! `offset-lab check`: every scenario below some paths, and those that Markdown files show.

use std::io;
use std::path::{Path, PathBuf};

use crate::args::CheckFormat;
use crate::drawing::Named;
use crate::files;
use crate::markdown::{self, is_markdown};
use crate::report::{Checked, Report, UnreadablePath};
use crate::run::simulated;
use crate::screen::{Emphasis, Outcome, Screen};
use crate::source;

/// Checks everything below `paths`, once.
pub(crate) fn check(
    paths: &[PathBuf],
    format: CheckFormat,
    screen: &mut Screen,
) -> io::Result<Outcome> {
    let named = files::below(paths);
    let mut check = RunningCheck {
        format,
        report: Report::default(),
        files: named.iter().map(|named| named.files.len()).sum(),
        done: 0,
        silent: Vec::new(),
        screen,
    };
    for named in named {
        check.path(named)?;
    }
    let report = &check.report;
    if report.scenarios.is_empty() && report.problems.is_empty() {
        let paths: Vec<String> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let message = format!("there is no scenario in {}", paths.join(", "));
        check.problem(Path::new(&paths[0]), message)?;
    }
    let RunningCheck {
        report,
        silent,
        screen,
        ..
    } = check;
    if !report.scenarios.is_empty() {
        for name in silent {
            screen.note(&format!(
                "{name} shows no scenario: it holds no code block marked `offset-lab`"
            ))?;
        }
    }
    match format {
        CheckFormat::Text => {
            let (passed, failed) = (report.passed(), report.failed());
            screen.line(format_args!("{passed} passed, {failed} failed"))?;
        }
        CheckFormat::Json => screen.json(&report.json())?,
        CheckFormat::Junit => report.junit(screen)?,
    }
    Ok(report.outcome())
}

/// A check that is under way.
struct RunningCheck<'a> {
    format: CheckFormat,
    report: Report,
    files: usize,
    done: usize,
    /// Files that show no scenario.
    silent: Vec<String>,
    screen: &'a mut Screen,
}

impl RunningCheck<'_> {
    fn path(&mut self, named: files::Named) -> io::Result<()> {
        let before = self.report.scenarios.len();
        let files::Named {
            path,
            folder,
            files,
            again,
            problems,
        } = named;
        let mut problematic = !problems.is_empty();
        for (path, message) in problems {
            self.problem(&path, message)?;
        }
        for file in &files {
            problematic |= !self.file(file)?;
        }
        if self.report.scenarios.len() > before || problematic || again {
            return Ok(());
        }
        let name = path.display();
        if folder {
            let message = format!(
                "there is no scenario below {name}: no .lab file, and no code block marked `offset-lab` in a Markdown file"
            );
            return self.problem(&path, message);
        }
        self.silent.push(name.to_string());
        Ok(())
    }

    /// Checks what is in a file; says whether it could be read.
    fn file(&mut self, file: &Path) -> io::Result<bool> {
        self.done += 1;
        let (done, files) = (self.done, self.files);
        let at = format!("checking {done} of {files}: {}", file.display());
        self.screen.working(format_args!("{at}"));
        let source = match source::read(file) {
            Ok(source) => source,
            Err(message) => {
                self.problem(file, message)?;
                return Ok(false);
            }
        };
        let name = source.name.as_str();
        if !is_markdown(file) {
            let text = source.text.as_str();
            let of = Named {
                name,
                text,
                above: 0,
            };
            self.text(of, &at)?;
            return Ok(true);
        }
        for block in markdown::blocks(&source.text) {
            let of = Named {
                name,
                text: &block.text,
                above: block.above,
            };
            self.text(of, &at)?;
        }
        Ok(true)
    }

    /// Checks one text.
    fn text(&mut self, of: Named<'_>, at: &str) -> io::Result<()> {
        let (timeline, diagnostics, more) = simulated(of.text, at, self.screen);
        let checked = Checked::new(of, timeline.as_ref(), &diagnostics, more);
        if self.format == CheckFormat::Text {
            let name = checked.name();
            if checked.outcome == Outcome::Good {
                self.screen
                    .marked(Emphasis::Good, "passed", format_args!(" {name}"))?;
            } else {
                self.screen
                    .marked(Emphasis::Bad, "failed", format_args!(" {name}"))?;
            }
            for failed in checked.failures() {
                self.screen.line(format_args!("       {failed}"))?;
            }
            self.screen.diagnostics(of, &diagnostics, more)?;
        }
        self.report.scenarios.push(checked);
        Ok(())
    }

    /// Something that cannot be checked.
    fn problem(&mut self, path: &Path, message: String) -> io::Result<()> {
        self.screen.problem(&message)?;
        let path = path.display().to_string();
        self.report.problems.push(UnreadablePath { path, message });
        Ok(())
    }
}
