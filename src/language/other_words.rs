//! Words that scripts do not have: those of other systems, with what is written here instead, and those of concepts
//! that the lab does not model. Which there are is for a family to list; only what every family says is listed here.

/// Words of other systems that mean the same.
#[derive(Clone, Copy, Debug)]
pub struct OtherWords {
    /// Where such a word is found.
    pub place: WordPlace,
    /// The words.
    pub words: &'static [&'static str],
    /// What is written instead of the word as it stands; nothing: there is more to say than that.
    pub write: &'static str,
    /// What to write, as a clause.
    pub help: &'static str,
}

/// One row of a family's table.
pub(crate) const fn row(
    place: WordPlace,
    words: &'static [&'static str],
    write: &'static str,
    help: &'static str,
) -> OtherWords {
    OtherWords {
        place,
        words,
        write,
        help,
    }
}

/// Where a word is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordPlace {
    /// At the beginning of a line.
    Statement,
    /// Anywhere behind it.
    Inside,
    /// Behind this word at the beginning.
    Of(&'static str),
    /// Behind the dot of a fact.
    Fact,
}

/// What the statements of every family are called elsewhere.
pub(crate) const OF_EVERY_FAMILY: &[OtherWords] = &[
    row(
        WordPlace::Statement,
        &["sleep"],
        "wait",
        "time passes in `wait DUR`",
    ),
    row(
        WordPlace::Statement,
        &["kill"],
        "crash",
        "a process dies by `crash A`, the broker by `crash broker`",
    ),
];

/// A concept that the lab does not model.
#[derive(Clone, Copy, Debug)]
pub struct NotModelled {
    /// Words by which a script would speak of it.
    pub words: &'static [&'static str],
    /// Its name, in the plural.
    pub concept: &'static str,
    /// What there is instead, or why there is nothing, as a clause.
    pub instead: &'static str,
}
