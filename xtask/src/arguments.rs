//! What can be asked on the command line. It must not know how a task is done.

use std::net::{IpAddr, Ipv4Addr};

use clap::{Args, Parser, Subcommand};

use crate::parts::Part;
use crate::setup::Need;

/// Offset Lab's tasks: set up, serve, build, test, measure.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) task: Task,
}

/// One task a run.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Install what is missing: the wasm32 target, trunk, wasm-bindgen, the tests' tools
    Setup {
        /// Only these (may be given several times); everything where none is named
        #[arg(long, value_name = "TOOL")]
        only: Vec<Need>,
    },
    /// Build the app, serve it on this machine and rebuild it on every change
    Serve(ServeOptions),
    /// Write the app to `dist/`: static files that run from any folder of any file server
    Build {
        /// Where the folder will be, such as `https://docs.example.org/offset-lab/`: oEmbed names it
        #[arg(long, value_name = "URL")]
        address: Option<String>,
    },
    /// Run the checks, one line a part
    Test {
        /// Only these parts (may be given several times); all where none is named
        #[arg(long, value_name = "PART")]
        only: Vec<Part>,
    },
    /// Build the app and print how large its files are (raw, gzip, brotli) and whose its bytes are
    Size,
    /// Print sizes, benchmarks and how quick the page is, and do 10,000 random deeds in it
    Measure,
    /// Build the app and draw it at three widths, light and dark, into `target/shots/`
    Shots,
}

/// Where and how to serve.
#[derive(Args)]
pub(crate) struct ServeOptions {
    /// The port to listen on
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The address to listen on; 0.0.0.0 is every network of this machine
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) address: IpAddr,
    /// Build as for publishing: small and quick, but slower to build
    #[arg(long)]
    pub(crate) release: bool,
    /// Open the page in the browser when it is built
    #[arg(long)]
    pub(crate) open: bool,
}
