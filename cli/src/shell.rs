//! What a shell and `man` want to know of the command: made from its arguments, so that it cannot lag behind.

use std::io;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Args;
use crate::escape::Syntax;
use crate::screen::{Outcome, Screen};
use crate::source;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: Shell, screen: &mut Screen) -> io::Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "offset-lab", &mut text);
    print(&text, screen)
}

/// Prints the manual page, or writes those of all commands into a folder.
pub(crate) fn man(folder: Option<&Path>, screen: &mut Screen) -> io::Result<Outcome> {
    let Some(folder) = folder else {
        let mut text = Vec::new();
        // The pages in a folder name no page of `help` either: there is none.
        let command = Args::command().disable_help_subcommand(true);
        clap_mangen::Man::new(command).render(&mut text)?;
        return print(&text, screen);
    };
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Args::command(), folder));
    match written {
        Ok(()) => Ok(Outcome::Good),
        Err(error) => {
            let (name, reason) = (folder.display(), source::reason(&error));
            screen.problem(&format!("cannot write {name}: {reason}"))?;
            Ok(Outcome::Bad)
        }
    }
}

fn print(text: &[u8], screen: &mut Screen) -> io::Result<Outcome> {
    screen.document(&String::from_utf8_lossy(text), Syntax::Text)?;
    Ok(Outcome::Good)
}
