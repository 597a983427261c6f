//! A file server as strict as any that the page may meet: a sub-folder of a loopback address, a strict
//! Content-Security-Policy, and nothing that is not a file. It must not know the page.

use std::fs;
use std::io::Cursor;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Context, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server};

/// What the page is promised to run under.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                          img-src 'self' data:; connect-src 'self'; font-src 'self'";

/// The folder of the server in which the page lies: it must not matter.
const FOLDER: &str = "/some/folder/";
/// Where browsers send reports of what the policy blocked.
const REPORTS: &str = "/reports";

/// The server; it ends with this value.
pub(crate) struct Site {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    reports: Arc<Mutex<Vec<String>>>,
    address: String,
}

impl Site {
    /// Serves the files of `dist` on a free port of this machine.
    pub(crate) fn open(dist: &Path) -> anyhow::Result<Self> {
        if !dist.join("index.html").is_file() {
            bail!(
                "there is no built page in {}: run `cargo xtask build`",
                dist.display()
            );
        }
        let server = Server::http("127.0.0.1:0")
            .map_err(|error| anyhow!("cannot serve on this machine: {error}"))?;
        let server = Arc::new(server);
        let port = server
            .server_addr()
            .to_ip()
            .context("the server has no port")?
            .port();
        let reports = Arc::new(Mutex::new(Vec::new()));
        let thread = {
            let (server, reports, dist) = (server.clone(), reports.clone(), dist.to_path_buf());
            std::thread::spawn(move || {
                for request in server.incoming_requests() {
                    // A browser that has gone away needs no answer.
                    let _ = answer(request, &dist, &reports);
                }
            })
        };
        let address = format!("http://127.0.0.1:{port}{FOLDER}");
        Ok(Self {
            server,
            thread: Some(thread),
            reports,
            address,
        })
    }

    /// Where the page is.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What browsers reported as blocked by the policy.
    pub(crate) fn reports(&self) -> Vec<String> {
        self.reports
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(mut request: Request, dist: &Path, reports: &Mutex<Vec<String>>) -> std::io::Result<()> {
    if *request.method() == Method::Post && request.url() == REPORTS {
        let mut report = String::new();
        request.as_reader().read_to_string(&mut report)?;
        reports
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(report);
        return request.respond(Response::empty(204));
    }
    let found = file(request.url(), dist).and_then(|path| {
        let bytes = fs::read(&path).ok()?;
        Some((bytes, kind(&path)))
    });
    let response = match found {
        Some((bytes, kind)) => respond(200, bytes, kind),
        None => respond(404, b"not found".to_vec(), "text/plain; charset=utf-8"),
    };
    request.respond(response)
}

/// The file that an address names, if it names one inside the folder.
fn file(url: &str, dist: &Path) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(FOLDER)?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| dist.join(path))
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

fn respond(status: u16, bytes: Vec<u8>, kind: &str) -> Response<Cursor<Vec<u8>>> {
    let policy = format!("{POLICY}; report-uri {REPORTS}");
    let mut response = Response::from_data(bytes).with_status_code(status);
    for (name, value) in [
        ("Content-Type", kind),
        ("Content-Security-Policy", policy.as_str()),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ] {
        let header = Header::from_bytes(name, value).expect("these headers are plain ASCII");
        response.add_header(header);
    }
    response
}
