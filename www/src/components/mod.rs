//! What a person sees, one component a file. Components know properties, the state's actions and callbacks,
//! never the browser; what they look like is in `www/styles`, one file a component.

mod actions;
pub(crate) mod app;
mod blank;
mod console;
mod copied;
mod dialog;
mod editor;
mod events;
mod exercise;
mod export;
mod form;
mod header;
pub(crate) mod icon;
mod inspector;
mod keys_help;
mod lessons;
mod mark;
mod mark_keys;
pub(crate) mod markdown;
pub(crate) mod narration;
mod notice;
mod pager;
pub(crate) mod picture;
mod pointer;
pub(crate) mod question;
mod scrubber;
mod share;
mod share_options;
mod side;
mod stage;
mod story;
mod syntax;
mod table;
mod tables;
mod tabs;
pub(crate) mod transport;
