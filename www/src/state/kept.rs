//! All that was kept on this machine, as the app takes it over when it starts. Knows no storage.

use std::rc::Rc;

use super::drafts::Drafts;
use super::progress::CourseProgress;
use super::settings::Preferences;

/// What was kept on this machine.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Drafts.
    pub drafts: Drafts,
    /// Settings.
    pub settings: Preferences,
    /// How far one has come.
    pub progress: CourseProgress,
    /// Something to be said about it.
    pub words: Option<Rc<str>>,
}
