//! What a host shows: plain data derived from a timeline at a cursor. Hosts translate it and decide nothing.

mod assemble;
pub mod frame;
mod inspector;
pub mod key;
mod layout;
pub mod log;
mod moment;
pub mod outline;
pub mod stage;
mod story;
pub mod svg;
mod tables;
pub mod transport;

pub use assemble::{frame_at, ways_to};
pub use frame::{Frame, FrameOptions};
pub use stage::{Anchor, Mark, Part, Shape, Stage, Target};
