//! Texts from files and standard input, and why they cannot be had. Knows no scenario.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes read of one source at most: far above any scenario, so that the text can be refused by its
/// real size, and far below what would harm the machine.
const MOST: u64 = 256 * 1024 * 1024;

/// A text and where it came from.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioSource {
    /// How messages name it.
    pub(crate) name: String,
    /// The text.
    pub(crate) text: String,
}

/// The file at `path`, or standard input for `-`; else a sentence that says why not.
pub(crate) fn read(path: &Path) -> Result<ScenarioSource, String> {
    let (name, bytes) = if path.as_os_str() == "-" {
        ("standard input".to_owned(), bytes(io::stdin().lock()))
    } else {
        let name = path.display().to_string();
        if path.is_dir() {
            return Err(format!(
                "cannot read {name}: it is a directory; name a file in it (`offset-lab check` takes folders)"
            ));
        }
        (name, File::open(path).and_then(bytes))
    };
    let bytes = bytes.map_err(|error| format!("cannot read {name}: {}", reason(&error)))?;
    if bytes.len() as u64 > MOST {
        return Err(format!(
            "cannot read {name}: it is larger than 256 MiB, and so is neither a scenario nor a transcript"
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(ScenarioSource { name, text }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            Err(format!(
                "cannot read {name}: byte {at} (line {line}) is not UTF-8, so this is not a text"
            ))
        }
    }
}

fn bytes(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why in the lab's words where the system's are hard to read.
pub(crate) fn reason(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        return "there is no such file".to_owned();
    }
    error.to_string()
}
