//! The scenario language: text to statements and back. What only one family says comes from `crate::family`.

pub mod assist;
pub mod ast;
mod context;
pub mod diagnostic;
pub(crate) mod doc;
pub mod edit;
pub(crate) mod facts;
pub(crate) mod form;
mod format;
pub mod kind;
pub(crate) mod lexer;
pub(crate) mod line;
mod lines;
mod names;
mod parse;
pub(crate) mod problems;
mod quote;
mod read;
mod resolve;
pub mod show;
pub(crate) mod statements;
mod suggest;
pub mod table;
pub(crate) mod values;
mod version;
pub mod vocabulary;

pub use ast::{Scenario, Statement, StatementKind};
pub use diagnostic::{Diagnostic, Span};
pub use doc::{FormDoc, Group, OptionDoc};
pub use format::format;
pub use line::Class;
pub use parse::{Parsed, parse};
pub use version::Version;
