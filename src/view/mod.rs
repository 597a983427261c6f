//! What a host shows: plain data derived from a timeline at a cursor. Hosts translate it and decide nothing.

pub mod frame;
pub mod stage;

pub use frame::{Frame, FrameOptions};
pub use stage::{Anchor, Mark, Shape, Stage, Target};
