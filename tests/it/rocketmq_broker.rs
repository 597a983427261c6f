//! RocketMQ's broker at the level of its requests: vectors worked out by hand, behaviour beyond what is recorded, and
//! random operations against a naive model.

mod behaviour;
mod lab;
mod limits;
#[cfg(not(target_arch = "wasm32"))]
mod naive;
#[cfg(not(target_arch = "wasm32"))]
mod random;
mod vectors;
