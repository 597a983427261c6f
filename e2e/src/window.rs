//! The window that the page is in: how large it is, whether anybody sees it, what it looks like. It must not know the
//! page.

use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};

use crate::Page;

impl Page {
    /// Makes the window `width` × `height` CSS pixels large.
    pub fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        self.zoom(width, height, 1)
    }

    /// The same with everything so many times larger: fewer, larger CSS pixels.
    pub fn zoom(&self, width: u32, height: u32, factor: u32) -> anyhow::Result<()> {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": factor, "mobile": false });
        self.driver
            .command("Emulation.setDeviceMetricsOverride", size)?;
        Ok(())
    }

    /// The page as an app that can be installed: the address of its manifest, and what the browser finds wrong with it.
    pub fn manifest(&self) -> anyhow::Result<(String, Vec<Value>)> {
        let found = self.driver.command("Page.getAppManifest", json!({}))?;
        let url = found["url"].as_str().unwrap_or_default().to_owned();
        let judged = self
            .driver
            .command("Page.getInstallabilityErrors", json!({}))?;
        let faults = [&found["errors"], &judged["installabilityErrors"]];
        let faults = faults.iter().filter_map(|list| list.as_array());
        Ok((url, faults.flatten().cloned().collect()))
    }

    /// Does something while the window is put away, so that the page is hidden.
    pub fn in_the_background(
        &self,
        work: impl FnOnce(&Self) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let window = self
            .driver
            .command("Browser.getWindowForTarget", json!({}))?;
        let put = |state: &str| {
            let bounds =
                json!({ "windowId": window["windowId"], "bounds": { "windowState": state } });
            self.driver.command("Browser.setWindowBounds", bounds)
        };
        put("minimized")?;
        let done = work(self);
        put("normal")?;
        done
    }

    /// Shows the page as it would be printed, or as on a screen again.
    pub fn as_printed(&self, printed: bool) -> anyhow::Result<()> {
        let media = if printed { "print" } else { "" };
        self.driver
            .command("Emulation.setEmulatedMedia", json!({ "media": media }))?;
        Ok(())
    }

    /// Shows the page as to a person with these wishes: names of media features, and their values.
    pub fn prefer(&self, features: &[(&str, &str)]) -> anyhow::Result<()> {
        let features = features.iter();
        let features: Vec<Value> = features
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.driver.command(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )?;
        Ok(())
    }

    /// Opens a page without its scripts, as a reader sees it who lets none run, and asks for the value of an expression.
    pub fn without_scripts(&self, after: &str, expression: &str) -> anyhow::Result<Value> {
        let disabled = |value: bool| {
            self.driver.command(
                "Emulation.setScriptExecutionDisabled",
                json!({ "value": value }),
            )
        };
        disabled(true)?;
        let value = self.load(after).and_then(|()| self.eval(expression));
        disabled(false)?;
        value
    }

    /// Does something inside the first frame of the page: until then every question is one to that frame.
    pub fn in_frame<T>(&self, work: impl FnOnce(&Self) -> anyhow::Result<T>) -> anyhow::Result<T> {
        self.driver
            .ask(async |session| session.enter_frame(0).await)?;
        let done = work(self);
        self.driver
            .ask(async |session| session.enter_default_frame().await)?;
        done
    }

    /// By how many pixels the page is wider than the window.
    pub fn overflow(&self) -> anyhow::Result<i64> {
        let wider = self
            .eval("document.documentElement.scrollWidth - document.documentElement.clientWidth")?;
        wider.as_i64().context("no width")
    }

    /// Writes a picture of what the window shows.
    pub fn screenshot(&self, file: &Path) -> anyhow::Result<()> {
        self.driver
            .ask(async |session| session.screenshot(file).await)
    }

    /// Writes a picture of the whole page, in a window that is as high as the page.
    pub fn full_screenshot(&self, file: &Path) -> anyhow::Result<()> {
        let size = self.eval(
            "[innerWidth, innerHeight, document.documentElement.scrollHeight, devicePixelRatio]",
        )?;
        let part = |at: usize| u32::try_from(size[at].as_u64().unwrap_or(1)).unwrap_or(1);
        let (width, height, factor) = (part(0), part(1), part(3));
        self.zoom(width, part(2).max(height), factor)?;
        self.wait_still("body")?;
        self.screenshot(file)?;
        self.zoom(width, height, factor)
    }
}
