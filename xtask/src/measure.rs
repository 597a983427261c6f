//! Everything that is measured rather than checked: sizes, and the benchmarks once there are any.
//! It must not judge the numbers.

use crate::command::show;
use crate::{build, paths, setup, size};

/// `cargo xtask measure`.
pub(crate) fn run() -> anyhow::Result<()> {
    let folder = build::run()?;
    size::print(&folder)?;
    if paths::root().join("benches").is_dir() {
        let toolbox = setup::ready(setup::BUILD)?;
        show(toolbox.cargo().args(["bench", "--package", "offset-lab"]))?;
    }
    Ok(())
}
