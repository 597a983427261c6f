//! What became of an attempt at an exercise. Judges nothing.

use alloc::string::String;
use alloc::vec::Vec;

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The goals of the exercise, in its order.
    pub goals: Vec<Goal>,
    /// Lines that were written or changed; removed ones count where nothing was written.
    pub lines: usize,
    /// Lines of a good solution.
    pub par: Option<u64>,
    /// First words of the statements that may be written; empty: any.
    pub allowed: Vec<&'static str>,
    /// What is not allowed, a sentence each.
    pub forbidden: Vec<String>,
    /// What to think about next; nothing once it is solved.
    pub hint: Option<String>,
}

/// A goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// In the author's words.
    pub text: String,
    /// Whether it holds at the end.
    pub holds: bool,
    /// What was seen.
    pub actual: String,
}

impl Verdict {
    /// Whether the exercise is solved.
    #[must_use]
    pub fn is_solved(&self) -> bool {
        self.forbidden.is_empty() && self.goals.iter().all(|goal| goal.holds)
    }
}
