//! Everything that is measured rather than checked: sizes, benchmarks, how quick the page is, and many more random
//! deeds in it than the gate has time for. It must not judge the numbers.

use crate::command::{command, read, show};
use crate::setup::{self, Need};
use crate::{build, size};

/// `cargo xtask measure`.
pub(crate) fn run() -> anyhow::Result<()> {
    let folder = build::run(None)?;
    size::print(&folder)?;
    let toolbox = setup::ready(&[Need::Target, Need::Browser])?;
    show(toolbox.cargo().args(["bench", "--package", "offset-lab"]))?;
    show(
        toolbox
            .cargo()
            .args(["run", "--quiet", "--package", "offset-lab-e2e"])
            .args(["--bin", "measure"])
            .env("OFFSET_LAB_DIST", folder)
            .env("OFFSET_LAB_COMMIT", commit()),
    )
}

/// The commit that is measured, as git says it, and whether something was changed since. Where there is no git, nobody
/// needs to know.
fn commit() -> String {
    let mut git = command("git");
    let said = read(git.args(["describe", "--always", "--dirty"]));
    said.map_or_else(|_| "unknown".to_owned(), |said| said.trim().to_owned())
}
