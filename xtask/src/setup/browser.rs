//! Chromium and its driver. It must not know what is tested with them.

use super::{debian, versions};
use crate::command::find;

/// The names under which systems install the browser.
const BROWSERS: &[&str] = &[
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
];

/// Both, if they are there.
pub(super) fn found() -> Option<String> {
    let browser = BROWSERS.iter().copied().find(|name| find(name).is_some())?;
    find("chromedriver").map(|_| format!("found: {browser}, chromedriver"))
}

/// Installs them.
pub(super) fn install() -> anyhow::Result<String> {
    debian::install_or_say("Chromium or its driver", versions::DEBIAN_BROWSER)?;
    Ok("installed chromium, chromedriver from Debian's packages".to_owned())
}
