//! What a person sees, one component a file. Components know properties and callbacks, never the browser.

pub(crate) mod app;
