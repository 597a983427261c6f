//! Project tasks: set-up, serve, build, test, measure. The only place that knows about tools;
//! it must not know what the lab simulates.

mod arguments;
mod build;
mod command;
mod crates;
mod dist;
mod glue;
mod inline;
mod laid;
mod later;
mod machine;
mod measure;
mod names;
mod oembed;
mod offline;
mod order;
mod packages;
mod parts;
mod paths;
mod report;
mod scripts;
mod serve;
mod setup;
mod shots;
mod sites;
mod size;
mod tidy;
mod traps;
mod unread;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Task};

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Setup { only } => setup::run(&only),
        Task::Serve(options) => serve::run(&options),
        Task::Build { address } => build::run(address.as_deref()).map(|_| ()),
        Task::Test { only } => match parts::run(&only) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        Task::Size => size::run(),
        Task::Measure => measure::run(),
        Task::Shots => shots::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
