//! The one integration binary of the core: the same tests natively and in the browser.
//!
//! `wasm-pack test` runs it in headless Chromium; there `test` is wasm-bindgen's. It runs in a worker: tests that
//! await nothing run in one go, and a page that computes for half a minute no longer answers the driver.
#![allow(missing_docs, clippy::wildcard_enum_match_arm)]

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

mod act;
#[cfg(not(target_arch = "wasm32"))]
mod acting;
mod assist;
mod beats;
mod broker;
mod clients;
mod crowds;
mod data;
mod edit;
#[cfg(not(target_arch = "wasm32"))]
mod exercises;
mod explain;
#[cfg(not(target_arch = "wasm32"))]
mod judges;
mod language;
mod lessons;
mod notes;
mod predict;
#[cfg(not(target_arch = "wasm32"))]
mod questions;
#[cfg(not(target_arch = "wasm32"))]
mod random;
#[cfg(not(target_arch = "wasm32"))]
mod reference;
#[cfg(not(target_arch = "wasm32"))]
mod resume;
mod rocketmq;
mod rocketmq_broker;
#[cfg(not(target_arch = "wasm32"))]
mod rocketmq_judges;
mod runs;
#[cfg(not(target_arch = "wasm32"))]
mod texts;
mod timeline;
mod topics;
#[cfg(not(target_arch = "wasm32"))]
mod until;
mod view;
mod why;
