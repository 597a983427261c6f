//! Containers and a generator that every part of the house may use. They import nothing of it.

mod id_set;
mod pages;
mod prng;

pub use id_set::IdSet;
pub use pages::{Items, Pages};
pub(crate) use prng::Prng;
