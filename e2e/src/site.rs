//! A file server as strict as any that the page may meet: a sub-folder of a loopback address, a strict
//! Content-Security-Policy, and nothing that is not a file. It must not know the page.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, bail};

/// What the page is promised to run under.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                          img-src 'self' data:; connect-src 'self'; font-src 'self'";

/// The folder of the server in which the page lies: it must not matter.
const FOLDER: &str = "/some/folder/";
/// Where browsers send reports of what the policy blocked.
const REPORTS: &str = "/reports";

/// A connection on which nothing is asked for so long is of no use (browsers open some in advance).
const PATIENCE: Duration = Duration::from_secs(20);

/// The server; it ends with this value.
pub(crate) struct Site {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    port: u16,
}

/// What all connections share.
struct Shared {
    dist: PathBuf,
    policy: String,
    reports: Mutex<Vec<String>>,
    requests: Mutex<Vec<String>>,
    ended: AtomicBool,
    /// Nobody is answered any more.
    unplugged: AtomicBool,
}

impl Site {
    /// Serves the files of `dist` on a free port of this machine. Every request has a connection and a thread
    /// of its own, so that none waits for another.
    pub(crate) fn open(dist: &Path, policy: &str) -> anyhow::Result<Self> {
        if !dist.join("index.html").is_file() {
            bail!(
                "there is no built page in {}: run `cargo xtask build`",
                dist.display()
            );
        }
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("cannot serve on this machine")?;
        let port = listener
            .local_addr()
            .context("the server has no port")?
            .port();
        let shared = Arc::new(Shared {
            dist: dist.to_path_buf(),
            policy: policy.to_owned(),
            reports: Mutex::default(),
            requests: Mutex::default(),
            ended: AtomicBool::new(false),
            unplugged: AtomicBool::new(false),
        });
        let thread = {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || {
                for stream in listener.incoming() {
                    if shared.ended.load(Ordering::Relaxed) {
                        return;
                    }
                    let shared = Arc::clone(&shared);
                    // A browser that has gone away needs no answer.
                    std::thread::spawn(move || drop(stream.and_then(|s| answer(s, &shared))));
                }
            })
        };
        Ok(Self {
            shared,
            thread: Some(thread),
            port,
        })
    }

    /// Where the page is.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}{FOLDER}", self.port)
    }

    /// The files that browsers have asked for, by their addresses below that of the page, each as often as it was.
    pub(crate) fn requests(&self) -> Vec<String> {
        let requests = self.shared.requests.lock();
        requests.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers nobody any more: the browser is without network.
    pub(crate) fn unplug(&self) {
        self.shared.unplugged.store(true, Ordering::Relaxed);
    }

    /// What browsers reported as blocked by the policy.
    pub(crate) fn reports(&self) -> Vec<String> {
        let reports = self.shared.reports.lock();
        reports.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for connections, so that it sees the end.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers the one request of a connection.
fn answer(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    if shared.unplugged.load(Ordering::Relaxed) {
        return Ok(());
    }
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut words = first.split_whitespace();
    let (method, url) = (words.next(), words.next().unwrap_or_default());
    if method == Some("POST") && url == REPORTS {
        let mut report = String::new();
        reader.take(length).read_to_string(&mut report)?;
        let reports = shared.reports.lock();
        reports.unwrap_or_else(PoisonError::into_inner).push(report);
        return respond(
            &mut stream,
            "204 No Content",
            &[],
            "text/plain",
            &shared.policy,
        );
    }
    if let Some(asked) = url.strip_prefix(FOLDER) {
        let requests = shared.requests.lock();
        requests
            .unwrap_or_else(PoisonError::into_inner)
            .push(asked.to_owned());
    }
    let found = file(url, &shared.dist).and_then(|path| {
        let bytes = fs::read(&path).ok()?;
        Some((bytes, kind(&path)))
    });
    match found {
        Some((bytes, kind)) => respond(&mut stream, "200 OK", &bytes, kind, &shared.policy),
        None => respond(
            &mut stream,
            "404 Not Found",
            b"not found",
            "text/plain; charset=utf-8",
            &shared.policy,
        ),
    }
}

/// The file that an address names, if it names one inside the folder.
fn file(url: &str, dist: &Path) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(FOLDER)?;
    // Tools that make pages call them folders.
    let is_folder = path.is_empty() || path.ends_with('/');
    let inside = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = dist.join(path);
    inside.then(|| match is_folder {
        true => path.join("index.html"),
        false => path,
    })
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("lab") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn respond(
    stream: &mut TcpStream,
    status: &str,
    bytes: &[u8],
    kind: &str,
    policy: &str,
) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {policy}; report-uri {REPORTS}\r\n\
         X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(bytes)?;
    stream.flush()
}
