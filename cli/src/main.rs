//! The `offset-lab` command: reads files and arguments, prints what the core says. It decides nothing.

#![warn(clippy::print_stdout, clippy::print_stderr)] // Everything is printed through `screen`.

mod args;
mod check;
mod conform;
mod drawing;
mod element;
mod escape;
mod explain;
mod files;
mod fmt;
mod learn;
mod lessons;
mod markdown;
mod mdbook;
mod render;
mod replace;
mod report;
mod run;
mod screen;
mod sheet;
mod shell;
mod source;
mod status;
mod trace;
mod watch;

use std::io;
use std::process::ExitCode;

use args::{Args, Command};
use screen::{Outcome, Screen};

fn main() -> ExitCode {
    let mut screen = Screen::new();
    let result = match Args::of(std::env::args_os()) {
        Ok(args) => done(&args.command, &mut screen)
            .and_then(|outcome| screen.finish().map(|()| outcome.into())),
        Err(said) => screen.usage(&said),
    };
    result.unwrap_or_else(|error| {
        // Standard output is full or gone: standard error may still be there.
        drop(screen.problem(&format!("cannot write: {error}")));
        Outcome::Bad.into()
    })
}

fn done(command: &Command, screen: &mut Screen) -> io::Result<Outcome> {
    match command {
        Command::Run {
            file,
            format,
            explain,
        } => run::run(file, *format, *explain, screen),
        Command::Trace { file, format } => trace::trace(file, *format, screen),
        Command::Check {
            paths,
            format,
            watch: false,
        } => check::check(paths, *format, screen),
        Command::Check { paths, format, .. } => watch::watch(paths, *format, screen),
        Command::Render {
            file,
            step,
            line,
            opening,
            theme,
            output,
        } => {
            let moment = render::DrawnMoment::of(*step, *line, *opening);
            render::render(file, moment, *theme, output, screen)
        }
        Command::Mdbook { renderer, .. } => mdbook::mdbook(renderer.as_deref(), screen),
        Command::Conform { files } => conform::conform(files, screen),
        Command::Learn { name, attempt } => learn::learn(name, attempt.as_deref(), screen),
        Command::Lessons { name } => lessons::lessons(name.as_deref(), screen),
        Command::Sheet { names, output } => sheet::sheet(names, output, screen),
        Command::Fmt { files, check } => fmt::fmt(files, *check, screen),
        Command::Completions { shell } => shell::completions(*shell, screen),
        Command::Man { dir } => shell::man(dir.as_deref(), screen),
    }
}
