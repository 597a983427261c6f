//! `offset-lab fmt`: files to their canonical layout.

use std::io::{self, Write};
use std::path::Path;

use offset_lab::scenario;

use crate::output::{self, Named, Out, Outcome};
use crate::source::{self, Source};

/// Formats all `files`; with `check` only says which are not laid out so.
pub(crate) fn fmt(files: &[std::path::PathBuf], check: bool, out: &mut Out) -> io::Result<Outcome> {
    let mut outcome = Outcome::Good;
    for file in files {
        outcome = outcome.max(one(file, check, out)?);
    }
    Ok(outcome)
}

fn one(file: &Path, check: bool, out: &mut Out) -> io::Result<Outcome> {
    let source = match source::read(file) {
        Ok(source) => source,
        Err(message) => {
            output::problem(&message);
            return Ok(Outcome::Failed);
        }
    };
    let Source { name, text } = &source;
    let formatted = match scenario::format(text) {
        Ok(formatted) => formatted,
        Err(diagnostic) => {
            let of = Named {
                name,
                text: "",
                above: 0,
            };
            output::diagnostics(of, &[diagnostic], 0);
            return Ok(Outcome::Failed);
        }
    };
    let standard_input = file.as_os_str() == "-";
    if check {
        if formatted == *text {
            return Ok(Outcome::Good);
        }
        writeln!(out, "{name} is not in the canonical layout")?;
        return Ok(Outcome::Failed);
    }
    if standard_input {
        write!(out, "{formatted}")?;
    } else if formatted != *text
        && let Err(error) = std::fs::write(file, formatted)
    {
        output::problem(&format!("cannot write {name}: {}", source::reason(&error)));
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::Good)
}
