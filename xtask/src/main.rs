//! Project tasks: set-up, serve, build, test. The only place that knows about tools.

fn main() {}
