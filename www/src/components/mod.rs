//! What a person sees, one component a file. Components know properties, the state's actions and callbacks,
//! never the browser; what they look like is in `www/styles`, one file a component.

mod actions;
pub(crate) mod app;
mod blank;
mod console;
mod editor;
mod events;
mod exercise;
mod form;
mod header;
mod icon;
mod inspector;
mod keys_help;
mod lessons;
mod mark;
mod mark_keys;
mod markdown;
mod narration;
mod notice;
mod pager;
mod picture;
mod pointer;
mod question;
mod scrubber;
mod side;
mod stage;
mod story;
mod syntax;
mod table;
mod tables;
mod tabs;
mod transport;
