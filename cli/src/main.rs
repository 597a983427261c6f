//! The `offset-lab` command: reads files and arguments, prints what the core says. It decides nothing.

mod args;
mod check;
mod conform;
mod explain;
mod fmt;
mod lessons;
mod output;
mod render;
mod run;
mod source;
mod trace;

use std::io::Write;
use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;
use output::Outcome;

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = output::out();
    let result = match &args.command {
        Command::Run {
            file,
            format,
            explain,
        } => run::run(file, *format, *explain, &mut out),
        Command::Trace { file, format } => trace::trace(file, *format, &mut out),
        Command::Check { paths } => check::check(paths, &mut out),
        Command::Render {
            file,
            step,
            line,
            theme,
            output,
        } => {
            let moment = render::Moment::of(*step, *line);
            render::render(file, moment, *theme, output, &mut out)
        }
        Command::Conform { files } => conform::conform(files, &mut out),
        Command::Lessons { name } => lessons::lessons(name.as_deref(), &mut out),
        Command::Fmt { files, check } => fmt::fmt(files, *check, &mut out),
    };
    let result = result.and_then(|outcome| out.flush().map(|()| outcome));
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            output::problem(&format!("cannot write: {error}"));
            Outcome::Bad.into()
        }
    }
}
