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

/// Finds both or installs them.
pub(super) fn find_or_install() -> anyhow::Result<((), String)> {
    let driver = find("chromedriver");
    let browser = BROWSERS.iter().copied().find(|name| find(name).is_some());
    if let (Some(_), Some(browser)) = (driver, browser) {
        return Ok(((), format!("found: {browser}, chromedriver")));
    }
    debian::install_or_say("Chromium or its driver", versions::DEBIAN_BROWSER)?;
    Ok((
        (),
        "installed chromium, chromedriver from Debian's packages".to_owned(),
    ))
}
