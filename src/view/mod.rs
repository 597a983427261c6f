//! What a host shows: plain data derived from a timeline at a cursor. Hosts translate it and decide nothing.

pub mod acts;
mod animation;
mod assemble;
pub mod beats;
pub mod frame;
pub(crate) mod inspector;
pub mod key;
pub(crate) mod layout;
pub mod log;
pub(crate) mod model;
pub(crate) mod moment;
pub mod outline;
pub mod part;
pub mod stage;
mod story;
pub mod svg;
pub(crate) mod tables;
pub mod transport;
pub mod why;

pub use animation::animate;
pub use assemble::{frame_at, frame_of, scene_of, ways_to};
pub use frame::{Frame, FrameOptions};
pub use stage::{Anchor, Mark, PicturePart, Shape, Stage, Target};
