//! The scenario language: text to statements and back. Knows no broker and runs nothing.

pub mod ast;
pub mod diagnostic;
mod facts;
pub mod show;

pub use ast::{Scenario, Statement, StatementKind};
pub use diagnostic::{Diagnostic, Span};
