//! One browser with its driver, as clean as on the first day: a free port, an empty profile, and nothing
//! left when it is dropped. It must not know the page.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, TimeoutConfiguration, WebDriver};
use tokio::runtime::Runtime;

/// How long a page may take for anything that a test waits for.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// The browser's arguments, the same as for tests that run inside the browser.
const OPTIONS: &str = include_str!("../../webdriver.json");

/// A browser under control. Calls block until the browser has answered.
pub(crate) struct Driver {
    runtime: Runtime,
    session: Option<WebDriver>,
    process: Child,
    _profile: TempDir,
}

impl Driver {
    /// Starts the driver and, by it, the browser.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let profile = tempfile::tempdir().context("cannot create a profile folder")?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot talk to the browser's driver")?;
        let (process, port) = start_process()?;
        // From here on, dropping the value ends the process.
        let mut driver = Self {
            runtime,
            session: None,
            process,
            _profile: profile,
        };
        let capabilities = capabilities(&driver._profile)?;
        let session = driver
            .runtime
            .block_on(WebDriver::new(
                format!("http://127.0.0.1:{port}"),
                capabilities,
            ))
            .context("the browser does not start")?;
        driver.session = Some(session.clone());
        driver
            .runtime
            .block_on(session.update_timeouts(TimeoutConfiguration::new(
                Some(DEADLINE * 2),
                Some(DEADLINE),
                None,
            )))?;
        Ok(driver)
    }

    /// Asks the browser and waits for its answer.
    pub(crate) fn ask<T, E>(
        &self,
        question: impl AsyncFnOnce(&WebDriver) -> Result<T, E>,
    ) -> anyhow::Result<T>
    where
        anyhow::Error: From<E>,
    {
        let session = self.session.as_ref().context("the browser has ended")?;
        Ok(self.runtime.block_on(question(session))?)
    }

    /// A command of the browser's own protocol.
    pub(crate) fn command(&self, name: &str, parameters: Value) -> anyhow::Result<Value> {
        self.ask(async |session| session.cdp().send_raw(name, parameters).await)
            .with_context(|| format!("the browser refuses {name}"))
    }

    /// Runs a function body in the page; it returns what the body returns.
    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.ask(async |session| session.execute(script, arguments).await?.convert::<Value>())
    }

    /// The same for a body that ends by calling its last argument.
    pub(crate) fn run_async(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.ask(async |session| {
            session
                .execute_async(script, arguments)
                .await?
                .convert::<Value>()
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // What cannot be ended any more has ended already.
        if let Some(session) = self.session.take() {
            let _ = self.runtime.block_on(session.quit());
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How often the driver may end at once.
const STARTS: usize = 3;

/// Starts the driver. One that ends at once found that another program had taken its port meanwhile: the next takes another.
fn start_process() -> anyhow::Result<(Child, u16)> {
    for _ in 0..STARTS {
        if let Some(started) = start_on_some_port()? {
            return Ok(started);
        }
    }
    bail!("chromedriver ended {STARTS} times without naming its port")
}

/// Starts the driver on a port of its own choice and reads which from its greeting.
fn start_on_some_port() -> anyhow::Result<Option<(Child, u16)>> {
    let mut process = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("chromedriver does not start; `cargo xtask setup --only browser` installs it")?;
    let output = process
        .stdout
        .take()
        .context("chromedriver has no output")?;
    let mut lines = BufReader::new(output).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').trim().parse::<u16>().ok()
    });
    // It must not stop because nobody reads what else it says.
    std::thread::spawn(move || lines.for_each(drop));
    if port.is_none() {
        let _ = process.kill();
        let _ = process.wait();
    }
    Ok(port.map(|port| (process, port)))
}

fn capabilities(profile: &TempDir) -> anyhow::Result<thirtyfour::ChromeCapabilities> {
    let options: Value = serde_json::from_str(OPTIONS).context("webdriver.json is no JSON")?;
    let mut chrome = DesiredCapabilities::chrome();
    let arguments = options["goog:chromeOptions"]["args"].as_array();
    for argument in arguments.into_iter().flatten().filter_map(Value::as_str) {
        chrome.add_arg(argument)?;
    }
    chrome.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
    thirtyfour::CapabilitiesHelper::set(
        &mut chrome,
        "goog:loggingPrefs".to_owned(),
        json!({ "browser": "ALL" }),
    )?;
    Ok(chrome)
}
