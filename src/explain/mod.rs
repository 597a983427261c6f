//! What happened and why, in sentences. Reads timelines; knows no picture and decides nothing.

mod frames;
pub mod narration;
mod programs;
pub mod resume;
mod streams;
pub mod teller;
pub mod words;

pub use teller::Teller;
