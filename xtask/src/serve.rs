//! Serves the app while one works on it: sets up, checks that the address is free, runs trunk.
//! It must not know how the app is built; `Trunk.toml` says that.

use std::io::ErrorKind;
use std::net::{IpAddr, TcpListener};

use anyhow::{anyhow, bail};

use crate::arguments::ServeOptions;
use crate::command::show;
use crate::{paths, setup};

/// `cargo xtask serve`: returns when the server is stopped.
pub(crate) fn run(options: &ServeOptions) -> anyhow::Result<()> {
    free(options)?;
    let toolbox = setup::ready(setup::SERVE)?;
    let mut trunk = toolbox.tool("trunk");
    trunk.args(["serve", "--offline", "--no-error-reporting"]);
    trunk.args([
        "--port",
        &options.port.to_string(),
        "--address",
        &options.address.to_string(),
    ]);
    // Not into `dist/`: what was built for publishing stays.
    trunk.arg("--dist").arg(paths::target().join("serve"));
    trunk.args(options.release.then_some("--release"));
    trunk.args(options.open.then_some("--open"));
    eprintln!(
        "serve          builds the app, then serves it at {}",
        address(options)
    );
    show(&mut trunk)
}

fn address(options: &ServeOptions) -> String {
    let socket = std::net::SocketAddr::new(options.address, options.port);
    if options.address.is_unspecified() {
        format!(
            "http://localhost:{}/ and this machine's other addresses",
            options.port
        )
    } else {
        format!("http://{socket}/")
    }
}

/// Fails if nothing can listen there, before minutes of set-up and build.
fn free(options: &ServeOptions) -> anyhow::Result<()> {
    let (port, ip) = (options.port, options.address);
    if port == 0 {
        bail!("port 0 names no address to open; give a port from 1 to 65535, such as --port 8080");
    }
    match TcpListener::bind((ip, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(refusal(ip, port, &error)),
    }
}

/// Why nothing can listen there and what to do instead.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the kinds of errors are an open list"
)]
fn refusal(ip: IpAddr, port: u16, error: &std::io::Error) -> anyhow::Error {
    let other = port.checked_add(1).unwrap_or(8080);
    match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "port {port} of {ip} is in use by another program; \
             stop that one or choose another port: cargo xtask serve --port {other}"
        ),
        ErrorKind::AddrNotAvailable => anyhow!(
            "{ip} is no address of this machine; \
             leave --address out for this machine only, or give 0.0.0.0 for every network it is in"
        ),
        ErrorKind::PermissionDenied => anyhow!(
            "this user may not listen on port {port} of {ip}; \
             choose a port above 1023: cargo xtask serve --port 8080"
        ),
        _ => anyhow!("cannot listen on port {port} of {ip}: {error}; choose another with --port"),
    }
}
