//! Containers and a generator that every part of the house may use. They import nothing of it.

mod bisect;
mod divide;
mod id_set;
mod large_map;
mod pages;
mod prng;
mod shared;
mod small_map;
mod small_set;
mod sort;
mod text;

pub use bisect::{bisect, gallop};
pub use divide::{divide, divide_signed};
pub use id_set::IdSet;
pub use large_map::LargeMap;
pub use pages::{Items, Pages, Piece};
pub(crate) use prng::Prng;
pub use shared::Shared;
pub use small_map::{Entries, SmallMap};
pub use small_set::SmallSet;
pub use sort::{sorted, sorted_by_key};
pub use text::{find, replaced, rsplit_once, split_once};
