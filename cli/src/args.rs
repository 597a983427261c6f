//! The arguments of the command, and its help. Knows no scenario.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{Styles, styling::AnsiColor};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::escape::{Syntax, escaped};

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
        Exit status: 0 all is well, 1 something does not hold, 2 a text, a file or an argument is at fault; `--help` of a \
        command says what that means for it.\n\n\
        Output that nobody reads any more (a closed pipe) ends quietly and changes no exit status.\n\
        Colours appear on terminals only, and never with NO_COLOR set. What a command is at is said on standard error when \
        it takes longer than a second, on terminals only.\n\
        Characters that a terminal would obey (controls, direction marks) are written out: \\u{1b}."
)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Args {
    /// What was said, or what is wrong with it. Messages repeat arguments: those that a terminal would obey are written
    /// out, as if they had been typed so.
    pub(crate) fn of(said: impl Iterator<Item = OsString>) -> Result<Self, clap::Error> {
        let said: Vec<OsString> = said.collect();
        Self::try_parse_from(&said)
            .and_then(Self::consistent)
            .map_err(|error| {
                let written_out = said.iter().map(|word| {
                    let word = word.to_string_lossy();
                    escaped(&word, Syntax::Line).into_owned()
                });
                Self::try_parse_from(written_out).err().unwrap_or(error)
            })
    }

    /// Refuses what the declarations above cannot: values that do not go together.
    fn consistent(self) -> Result<Self, clap::Error> {
        let Command::Check {
            paths,
            format,
            watch: true,
        } = &self.command
        else {
            return Ok(self);
        };
        let wrong = if *format == CheckFormat::Junit {
            "`--watch` prints a report at every change, and a file of JUnit holds one: use `--format json`, which prints a line each"
        } else if paths.iter().any(|path| path.as_os_str() == "-") {
            "standard input cannot be watched: name a file"
        } else {
            return Ok(self);
        };
        Err(Self::command().error(ErrorKind::ArgumentConflict, wrong))
    }
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
        #[arg(value_hint = ValueHint::FilePath)]
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
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The canonical text, or one JSON object per line
        #[arg(long, value_enum, default_value_t)]
        format: TraceFormat,
    },
    /// Run every scenario below some paths, also those in Markdown files
    #[command(
        after_help = "Takes every .lab file, and every code block marked `offset-lab` of .md and .markdown files. Hidden folders and \
        links to folders are left out. A file that is named twice is checked once.\n\n\
        Exit status: 0 all pass, 1 a check failed, 2 diagnostics, a path that cannot be read, or a folder without scenarios.\n\n\
        Examples:\n  offset-lab check lessons docs README.md\n  offset-lab check lessons --watch\n  \
        offset-lab check docs --format junit > report.xml"
    )]
    Check {
        /// Files and folders; `-` reads standard input
        #[arg(required = true, value_hint = ValueHint::AnyPath)]
        paths: Vec<PathBuf>,
        /// For people, for programs, or for build servers
        #[arg(long, value_enum, default_value_t)]
        format: CheckFormat,
        /// Check again whenever a file changes, until interrupted
        #[arg(long)]
        watch: bool,
    },
    /// Rewrite scenarios in the canonical layout
    #[command(
        after_help = "Layout only: what a scenario says stays the same. A text with problems is left alone, and so is what is no \
        scenario; of Markdown files only the code blocks marked `offset-lab` change. A file is exchanged as a whole and keeps \
        its permissions; a link stays a link.\n\n\
        Exit status: 0, or 1 when something was left alone, cannot be read or written or, with --check, is not laid out so.\n\n\
        Examples:\n  offset-lab fmt lesson.lab README.md\n  offset-lab fmt --check lessons/*.lab\n  offset-lab fmt - < lesson.lab"
    )]
    Fmt {
        /// The scenarios; `-` formats standard input to standard output
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// Change nothing; name the files that are not laid out so
        #[arg(long)]
        check: bool,
    },
    /// Draw a moment of a run as an SVG file
    #[command(
        after_help = "Without --step, --line and --opening it is the end of the run; a step behind the end is the end too.\n\n\
        Exit status: 0, or 2 for diagnostics or a file that cannot be read or written.\n\n\
        Examples:\n  offset-lab render lesson.lab -o end.svg\n  offset-lab render lesson.lab --line 12 --theme dark -o dark.svg"
    )]
    Render {
        /// The scenario; `-` reads standard input
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The picture after N events
        #[arg(long, value_name = "N", conflicts_with = "line")]
        step: Option<u32>,
        /// The picture after the statement of line N (or the last one above it)
        #[arg(long, value_name = "N")]
        line: Option<u32>,
        /// The picture with which a page begins: before time first moves, or where the story first pauses
        #[arg(long, conflicts_with_all = ["step", "line"])]
        opening: bool,
        /// Dark on light or light on dark
        #[arg(long, value_enum, default_value_t)]
        theme: PictureTheme,
        /// The file to write; `-` is standard output
        #[arg(short, long, value_name = "OUT.svg", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Make the scenarios in a book elements of its pages: a preprocessor of mdBook
    #[command(
        after_help = "mdBook calls it. Every code block marked `offset-lab` becomes an element <offset-lab> with its picture inside; the book's \
        own files bring the script (see docs/embedding.md). Words behind the mark are attributes of the element: \
        step=N, controls=NAME, theme=NAME, keys=off, editable.\n\n\
        A scenario with problems is drawn to standard error and stays a text; `offset-lab check` is there to fail on it.\n\n\
        Exit status: 0, 1 for a renderer other than html, or 2 when standard input is no book.\n\n\
        Examples, in book.toml:\n  [preprocessor.offset-lab]\n  command = \"offset-lab mdbook\"\n  after = [\"links\"]"
    )]
    Mdbook {
        /// Answer by the exit status whether it works for a renderer
        #[arg(value_enum, requires = "renderer")]
        question: Option<BookQuestion>,
        /// The renderer
        renderer: Option<String>,
    },
    /// Replay recorded transcripts of real brokers against the lab's own
    #[command(
        after_help = "One line per scenario: match, either (recorded twice, and equal to one of the two), differs \
        (step, expected, got), undecided (the search for the \
        schedule used up its budget), or skipped with the reason.\n\n\
        Exit status: 0 everything compared is equal (of a scenario recorded twice, to one of the runs), 1 something differs or is undecided, or a file is no transcript.\n\n\
        Examples:\n  offset-lab conform tests/transcripts/*.json"
    )]
    Conform {
        /// The transcripts; `-` reads standard input
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Play a lesson beat by beat, or judge an attempt at an exercise
    #[command(
        after_help = "Enter goes on to the next beat; where the lesson asks, type an answer, or nothing to be shown.\n\n\
        Exit status: 0, 1 when an exercise is not solved, or 2 when there is no lesson of that name, or several.\n\n\
        Examples:\n  offset-lab learn crash-and-redelivery\n  \
        offset-lab lessons by-hand > mine.lab; offset-lab learn by-hand --attempt mine.lab"
    )]
    Learn {
        /// A lesson's number, its name or the beginning of it
        name: String,
        /// An exercise's text as you have changed it; `-` reads standard input
        #[arg(long, value_name = "FILE")]
        attempt: Option<PathBuf>,
    },
    /// List the built-in lessons, or print one
    #[command(
        after_help = "Exit status: 0, or 2 when there is no lesson of that name, or several.\n\n\
        Examples:\n  offset-lab lessons\n  offset-lab lessons 1\n  offset-lab lessons crash > crash.lab"
    )]
    Lessons {
        /// A lesson's number, its name or the beginning of it: prints its text
        name: Option<String>,
    },
    /// Write lessons as one page to be printed
    #[command(
        after_help = "The page holds the story with its pictures, room for answers, what happened, and the answers at the end of each \
        lesson. It needs no other file. Without a name it holds all lessons and exercises.\n\n\
        Exit status: 0, or 2 when there is no lesson of that name, or several, or the file cannot be written.\n\n\
        Examples:\n  offset-lab sheet -o lessons.html\n  offset-lab sheet crash-and-redelivery quorum -o two.html"
    )]
    Sheet {
        /// Lessons by their numbers, their names or the beginnings of them
        names: Vec<String>,
        /// The file to write; `-` is standard output
        #[arg(short, long, value_name = "OUT.html", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Print the completions of a shell
    #[command(after_help = "Exit status: 0, or 2 for a shell that is not known.\n\n\
        Examples:\n  offset-lab completions bash > ~/.local/share/bash-completion/completions/offset-lab\n  \
        offset-lab completions zsh > ~/.zfunc/_offset-lab\n  \
        offset-lab completions fish > ~/.config/fish/completions/offset-lab.fish")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page
    #[command(
        after_help = "Exit status: 0, or 2 when the folder cannot be written.\n\n\
        Examples:\n  offset-lab man | man -l -\n  offset-lab man --dir ~/.local/share/man/man1"
    )]
    Man {
        /// Write the pages of all commands into this folder instead
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
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

/// How `check` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Lines to read.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// The XML of JUnit.
    Junit,
}

/// How `trace` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// The canonical text, from which the digest is made.
    #[default]
    Text,
    /// One JSON object per line.
    Jsonl,
}

/// What mdBook asks beside books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BookQuestion {
    /// Whether a renderer is one that it works for.
    Supports,
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
