//! A project that has scenarios as tests. They lie in `tests/`: `cargo test`, or in a browser `wasm-pack test --headless
//! --chrome`.
