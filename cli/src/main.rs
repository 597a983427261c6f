//! The `offset-lab` command: reads files and arguments, prints what the core says. It decides nothing.

fn main() {}
