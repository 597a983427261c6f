//! Offset Lab's core.
#![no_std]
extern crate alloc;
