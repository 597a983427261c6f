//! The one integration binary: a module for each area, data files beside it.
#![allow(missing_docs)]

mod data;
mod language;
