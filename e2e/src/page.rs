//! The page as a person has it before them: opened at a size and in a theme, clicked, typed into and read.
//! It must not know what the page is about.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use thirtyfour::{By, WebElement};

use crate::driver::{DEADLINE, Driver};
use crate::keys;
use crate::site::Site;

/// Where tests begin: whoever comes without an address comes home first.
pub(crate) const FIRST_LESSON: &str = "#lesson/what-an-offset-is";
/// What is true once the built page has started.
const STARTED: &str = "document.querySelector('#offset-lab main') !== null";

/// The colours that the person's system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// As style sheets call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A page that is open in a browser of its own.
pub struct Page {
    pub(crate) driver: Driver,
    pub(crate) site: Site,
    /// What the page holds once it has started.
    ready: &'static str,
}

impl Page {
    /// Opens the built page in a window of `width` × `height` CSS pixels with the first lesson, and waits until it shows
    /// something.
    pub fn open(width: u32, height: u32, theme: Theme) -> anyhow::Result<Self> {
        Self::open_at(FIRST_LESSON, width, height, theme)
    }

    /// The same with what the fragment of an address leads to; a newcomer comes by the empty one.
    pub fn open_at(fragment: &str, width: u32, height: u32, theme: Theme) -> anyhow::Result<Self> {
        let page = Self::start(
            crate::POLICY,
            STARTED,
            &crate::dist(),
            (width, height),
            theme,
        )?;
        page.go(fragment)?;
        Ok(page)
    }

    /// The same with a script that runs before every page's own, out of reach of its policy.
    pub fn open_with(width: u32, height: u32, theme: Theme, script: &str) -> anyhow::Result<Self> {
        let page = Self::open(width, height, theme)?;
        page.driver.command(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        )?;
        page.go(FIRST_LESSON)?;
        Ok(page)
    }

    /// The same for a page whose files lie in another folder.
    pub fn open_from(folder: &Path, width: u32, height: u32, theme: Theme) -> anyhow::Result<Self> {
        Self::open_until(STARTED, folder, width, height, theme)
    }

    /// The same for a page that has started when the JavaScript expression `ready` is true.
    pub fn open_until(
        ready: &'static str,
        folder: &Path,
        width: u32,
        height: u32,
        theme: Theme,
    ) -> anyhow::Result<Self> {
        Self::open_under(crate::POLICY, ready, folder, (width, height), theme)
    }

    /// The same for a page that its server sends with another policy.
    pub fn open_under(
        policy: &str,
        ready: &'static str,
        folder: &Path,
        size: (u32, u32),
        theme: Theme,
    ) -> anyhow::Result<Self> {
        let page = Self::start(policy, ready, folder, size, theme)?;
        page.reload()?;
        Ok(page)
    }

    /// A browser of that size in that theme, in which nothing was opened yet.
    fn start(
        policy: &str,
        ready: &'static str,
        folder: &Path,
        (width, height): (u32, u32),
        theme: Theme,
    ) -> anyhow::Result<Self> {
        let site = Site::open(folder, policy)?;
        let driver = Driver::start()?;
        let page = Self {
            driver,
            site,
            ready,
        };
        page.resize(width, height)?;
        page.prefer(&[("prefers-color-scheme", theme.name())])?;
        Ok(page)
    }

    /// Opens the page again, in the same browser with what it remembers.
    pub fn reload(&self) -> anyhow::Result<()> {
        self.go("")
    }

    /// Opens the page with something after its address, such as `#text`.
    pub fn go(&self, after: &str) -> anyhow::Result<()> {
        self.load(after)?;
        self.wait_until(self.ready)
            .with_context(|| format!("the page stays empty; console: {:?}", self.console_errors()))
    }

    /// Opens the page and waits for what it loads, not for what its scripts do.
    pub(crate) fn load(&self, after: &str) -> anyhow::Result<()> {
        let address = format!("{}{after}", self.site.address());
        self.driver
            .ask(async |session| session.goto("about:blank").await)?;
        self.driver.ask(async |session| session.goto(address).await)
    }

    /// Opens a file of this machine, without any server.
    pub fn open_file(&self, file: &Path) -> anyhow::Result<()> {
        let address = format!("file://{}", file.display());
        self.driver.ask(async |session| session.goto(address).await)
    }

    /// Makes the processor `rate` times slower than it is.
    pub fn slow_down(&self, rate: u32) -> anyhow::Result<()> {
        self.driver
            .command("Emulation.setCPUThrottlingRate", json!({ "rate": rate }))?;
        Ok(())
    }

    /// Waits in the browser until the JavaScript expression `condition` is true, looking at every frame.
    pub fn wait_until(&self, condition: &str) -> anyhow::Result<()> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const end = performance.now() + arguments[0];
             const look = () => {{
                 let value; try {{ value = ({condition}); }} catch (error) {{ value = false; }}
                 if (value) done(true);
                 else if (performance.now() > end) done(false);
                 else setTimeout(look, 8);
             }};
             look();"
        );
        let limit = json!(u64::try_from(DEADLINE.as_millis()).unwrap_or(u64::MAX));
        if self.driver.run_async(&script, vec![limit])? == json!(true) {
            return Ok(());
        }
        bail!("not within {} s: {condition}", DEADLINE.as_secs())
    }

    /// Waits until something matches `selector`.
    pub fn wait_for(&self, selector: &str) -> anyhow::Result<()> {
        self.wait_until(&format!(
            "document.querySelector({}) !== null",
            json!(selector)
        ))
    }

    /// Waits until the first match is there and moves no more.
    pub fn wait_still(&self, selector: &str) -> anyhow::Result<()> {
        self.wait_for(selector)?;
        let script = "const [selector, done] = arguments; let last = null;
             const look = () => { const box = document.querySelector(selector)?.getBoundingClientRect();
                 const at = JSON.stringify(box); if (at === last) return done(true);
                 last = at; requestAnimationFrame(() => requestAnimationFrame(look)); };
             look();";
        self.driver.run_async(script, vec![json!(selector)])?;
        Ok(())
    }

    /// Waits until the text of the first match of `selector` contains `text`.
    pub fn wait_for_text(&self, selector: &str, text: &str) -> anyhow::Result<()> {
        self.wait_until(&format!(
            "document.querySelector({}).textContent.includes({})",
            json!(selector),
            json!(text)
        ))
        .with_context(|| format!("{selector} says {:?}", self.text_of(selector)))
    }

    /// The value of a JavaScript expression.
    pub fn eval(&self, expression: &str) -> anyhow::Result<Value> {
        self.driver
            .run(&format!("return ({expression});"), Vec::new())
    }

    /// What a function body returns that is given `arguments`.
    pub fn run(&self, body: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.driver.run(body, arguments)
    }

    /// What a function body hands to its last argument, a callback.
    pub fn run_async(&self, body: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.driver.run_async(body, arguments)
    }

    /// How many elements match.
    pub fn count(&self, selector: &str) -> anyhow::Result<u64> {
        let count = self.eval(&format!(
            "document.querySelectorAll({}).length",
            json!(selector)
        ))?;
        count.as_u64().context("no number of elements")
    }

    /// The text of the first match, once there is one, without space around it.
    pub fn text_of(&self, selector: &str) -> anyhow::Result<String> {
        self.wait_for(selector)?;
        let text = self.eval(&format!(
            "document.querySelector({}).textContent",
            json!(selector)
        ))?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// The texts of all matches.
    pub fn texts_of(&self, selector: &str) -> anyhow::Result<Vec<String>> {
        let texts = self.eval(&format!(
            "Array.from(document.querySelectorAll({}), found => found.textContent.trim())",
            json!(selector)
        ))?;
        Ok(serde_json::from_value(texts)?)
    }

    /// An attribute of the first match, once there is one.
    pub fn attribute(&self, selector: &str, name: &str) -> anyhow::Result<Option<String>> {
        self.wait_for(selector)?;
        let value = self.eval(&format!(
            "document.querySelector({}).getAttribute({})",
            json!(selector),
            json!(name)
        ))?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// What the first match holds that one can type into or choose from.
    pub fn value_of(&self, selector: &str) -> anyhow::Result<String> {
        self.wait_for(selector)?;
        let value = self.eval(&format!(
            "document.querySelector({}).value",
            json!(selector)
        ))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks the first match with the mouse, once it is there and enabled.
    pub fn click(&self, selector: &str) -> anyhow::Result<()> {
        self.wait_until(&format!(
            "document.querySelector({0}) !== null && !document.querySelector({0}).disabled",
            json!(selector)
        ))?;
        self.with_element(selector, async |element| element.click().await)
            .with_context(|| format!("cannot click {selector}"))
    }

    /// Types into the first match, key by key, after what it holds.
    pub fn type_into(&self, selector: &str, text: &str) -> anyhow::Result<()> {
        self.wait_for(selector)?;
        self.with_element(selector, async |element| element.send_keys(text).await)
            .with_context(|| format!("cannot type into {selector}"))
    }

    /// Types where the focus is, key by key.
    pub fn type_keys(&self, text: &str) -> anyhow::Result<()> {
        self.driver
            .ask(async |session| session.active_element().await?.send_keys(text).await)
    }

    /// Puts `text` in place of what the first match holds, all at once as by pasting.
    pub fn fill(&self, selector: &str, text: &str) -> anyhow::Result<()> {
        self.wait_for(selector)?;
        let script = "const field = document.querySelector(arguments[0]);
             field.focus(); field.value = arguments[1];
             field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertFromPaste' }));
             // A long paste is taken in a task of its own.
             setTimeout(arguments[2]);";
        self.run_async(script, vec![json!(selector), json!(text)])?;
        Ok(())
    }

    /// Chooses the option whose value is `value`.
    pub fn choose(&self, selector: &str, value: &str) -> anyhow::Result<()> {
        self.wait_for(selector)?;
        let script = "const field = document.querySelector(arguments[0]);
             field.focus(); field.value = arguments[1];
             field.dispatchEvent(new Event('input', { bubbles: true }));
             field.dispatchEvent(new Event('change', { bubbles: true }));
             return field.value;";
        let chosen = self
            .driver
            .run(script, vec![json!(selector), json!(value)])?;
        if chosen != json!(value) {
            bail!("{selector} has no option {value:?}");
        }
        Ok(())
    }

    /// Puts the focus on the first match.
    pub fn focus(&self, selector: &str) -> anyhow::Result<()> {
        self.wait_for(selector)?;
        self.eval(&format!(
            "document.querySelector({}).focus()",
            json!(selector)
        ))?;
        Ok(())
    }

    /// Presses a key where the focus is: `Space`, `ArrowLeft`, `Shift+Tab`, `Control+z`, `?`.
    pub fn press(&self, key: &str) -> anyhow::Result<()> {
        let chord = keys::chord(key)?;
        self.driver.ask(async |session| {
            let mut actions =
                session.action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
            for held in &chord.held {
                actions = actions.key_down(*held);
            }
            actions = actions.key_down(chord.key).key_up(chord.key);
            for held in chord.held.iter().rev() {
                actions = actions.key_up(*held);
            }
            actions.perform().await
        })
    }

    /// What the console holds as an error since the last call, policy violations and failed requests among it.
    pub fn console_errors(&self) -> anyhow::Result<Vec<String>> {
        let entries = self
            .driver
            .ask(async |session| session.browser_log().await)?;
        let errors = entries.into_iter().filter(|entry| entry.level == "SEVERE");
        Ok(errors.map(|entry| entry.message).collect())
    }

    /// Fails if the console holds an error or the policy blocked anything.
    pub fn expect_clean(&self) -> anyhow::Result<()> {
        let (errors, reports) = (self.console_errors()?, self.policy_reports());
        if !errors.is_empty() || !reports.is_empty() {
            bail!("console: {errors:#?}\npolicy: {reports:#?}");
        }
        Ok(())
    }

    /// Applies the rules of axe-core, whose text is `rules`; what is violated, one line each.
    pub fn violations(&self, rules: &str) -> anyhow::Result<Vec<String>> {
        self.driver.run(rules, Vec::new())?;
        let script = "const done = arguments[arguments.length - 1];
             window.axe.run().then(
                 found => done(found.violations.flatMap(violation => violation.nodes.map(node =>
                     `${violation.id}: ${violation.help}: ${node.target.join(' ')} (${node.failureSummary})`))),
                 error => done([String(error)]));";
        Ok(serde_json::from_value(
            self.driver.run_async(script, Vec::new())?,
        )?)
    }

    fn with_element<T>(
        &self,
        selector: &str,
        act: impl AsyncFnOnce(WebElement) -> thirtyfour::error::WebDriverResult<T>,
    ) -> anyhow::Result<T> {
        let by = By::Css(selector);
        self.driver
            .ask(async |session| act(session.find(by).await?).await)
    }
}
