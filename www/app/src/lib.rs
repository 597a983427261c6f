//! The whole app as a module that a page loads: what it exports is the library's.

pub use offset_lab_www::{Handle, all_lessons, mount, run};
