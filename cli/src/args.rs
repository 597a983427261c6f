//! The arguments of the command, and its help. Knows no scenario.

use std::path::PathBuf;

use clap::builder::{Styles, styling::AnsiColor};
use clap::{Parser, Subcommand, ValueEnum};

/// Colours of the help, on terminals only.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Everything that can be said on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "offset-lab",
    version,
    styles = STYLES,
    max_term_width = 100,
    about = "Runs, checks, formats and draws scenarios of stream logs, brokers and clients",
    after_help = "Examples:\n  \
        offset-lab run lesson.lab                   run a scenario and its checks\n  \
        offset-lab run lesson.lab --format json     the same for programs\n  \
        offset-lab check docs lessons               every scenario below two folders\n  \
        printf 'stream s\\nrun\\n' | offset-lab run -  read standard input\n\n\
        Output that nobody reads any more (a closed pipe) ends quietly and changes no exit status.\n\
        Colours appear on terminals only, and never with NO_COLOR set."
)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a scenario; print console lines and checks
    #[command(
        after_help = "An empty text is an empty scenario: nothing happens, and nothing fails.\n\n\
        Exit status: 0 all checks hold, 1 a check failed, 2 diagnostics or a file that cannot be read.\n\n\
        Examples:\n  offset-lab run lesson.lab\n  offset-lab run lesson.lab --explain\n  offset-lab run - --format json < lesson.lab"
    )]
    Run {
        /// The scenario; `-` reads standard input
        file: PathBuf,
        /// For people or for programs
        #[arg(long, value_enum, default_value_t)]
        format: RunFormat,
        /// Name what is unusual (redelivered, lost, stored backwards, …) and say why it happened
        #[arg(long)]
        explain: bool,
    },
    /// Run a scenario; print every event with its cause
    #[command(
        after_help = "Exit status: 0, or 2 for diagnostics or a file that cannot be read.\n\n\
        Examples:\n  offset-lab trace lesson.lab\n  offset-lab trace lesson.lab --format jsonl"
    )]
    Trace {
        /// The scenario; `-` reads standard input
        file: PathBuf,
        /// The canonical text, or a JSON object a line
        #[arg(long, value_enum, default_value_t)]
        format: TraceFormat,
    },
    /// Run every scenario below some paths, also those in Markdown files
    #[command(
        after_help = "Takes every .lab file and every ```offset-lab block of .md files; hidden folders are left out.\n\n\
        Exit status: 0 all pass, 1 a check failed, 2 diagnostics or a path that cannot be read.\n\n\
        Examples:\n  offset-lab check lessons docs README.md"
    )]
    Check {
        /// Files and folders
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Rewrite scenarios in the canonical layout
    #[command(
        after_help = "Layout only: what a scenario says stays the same. A text with problems is laid out too.\n\n\
        Exit status: 0, or 1 when a file cannot be read or written or, with --check, is not laid out so.\n\n\
        Examples:\n  offset-lab fmt lesson.lab\n  offset-lab fmt --check lessons/*.lab\n  offset-lab fmt - < lesson.lab"
    )]
    Fmt {
        /// The scenarios; `-` formats standard input to standard output
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Change nothing; name the files that are not laid out so
        #[arg(long)]
        check: bool,
    },
    /// Draw a moment of a run as an SVG file
    #[command(
        after_help = "Without --step and --line it is the end of the run; a step behind the end is the end too.\n\n\
        Exit status: 0, or 2 for diagnostics or a file that cannot be read or written.\n\n\
        Examples:\n  offset-lab render lesson.lab -o end.svg\n  offset-lab render lesson.lab --line 12 --theme dark -o dark.svg"
    )]
    Render {
        /// The scenario; `-` reads standard input
        file: PathBuf,
        /// The picture after N events
        #[arg(long, value_name = "N", conflicts_with = "line")]
        step: Option<u32>,
        /// The picture after the statement of line N (or the last one above it)
        #[arg(long, value_name = "N")]
        line: Option<u32>,
        /// Dark on light or light on dark
        #[arg(long, value_enum, default_value_t)]
        theme: PictureTheme,
        /// The file to write; `-` is standard output
        #[arg(short, long, value_name = "OUT.svg")]
        output: PathBuf,
    },
    /// Replay recorded transcripts of real brokers against the lab's own
    #[command(
        after_help = "One line a scenario: match, differs (step, expected, got), undecided (the search for the \
        schedule used up its budget), or skipped with the reason.\n\n\
        Exit status: 0 everything compared is equal, 1 something differs or is undecided, or a file is no transcript.\n\n\
        Examples:\n  offset-lab conform tests/transcripts/*.json"
    )]
    Conform {
        /// The transcripts; `-` reads standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// List the built-in lessons, or print one
    #[command(
        after_help = "Exit status: 0, or 2 when there is no lesson of that name.\n\n\
        Examples:\n  offset-lab lessons\n  offset-lab lessons 10 > crash.lab"
    )]
    Lessons {
        /// A lesson's name or number: prints its text
        name: Option<String>,
    },
}

/// How `run` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunFormat {
    /// Lines to read.
    #[default]
    Text,
    /// One JSON object.
    Json,
}

/// How `trace` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// The canonical text, from which the digest is made.
    #[default]
    Text,
    /// A JSON object a line.
    Jsonl,
}

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureTheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}
