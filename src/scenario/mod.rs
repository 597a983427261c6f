//! The scenario language: text to statements and back. Knows no broker and runs nothing.

pub mod assist;
pub mod ast;
mod context;
pub mod diagnostic;
pub mod edit;
mod facts;
mod format;
mod lexer;
mod line;
mod lines;
mod names;
mod parse;
mod problems;
mod programs;
mod read;
pub mod show;
mod statements;
mod suggest;
pub mod table;
mod values;

pub use ast::{Scenario, Statement, StatementKind};
pub use diagnostic::{Diagnostic, Span};
pub use format::format;
pub use line::Class;
pub use parse::{Parsed, parse};
