//! The built-in lessons: texts and nothing else, one line of the registry each. Must not know the language.

/// A lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its name in addresses and on disk, without `.lab`; begins with its number.
    pub slug: &'static str,
    /// The scenario.
    pub text: &'static str,
}

macro_rules! lessons {
    ($($slug:literal)*) => {
        &[$(Lesson { slug: $slug, text: include_str!(concat!("../lessons/", $slug, ".lab")) }),*]
    };
}

/// All of them, in the order of learning.
pub const ALL: &[Lesson] = lessons! {
    "01-browse-a-stream"
    "02-resume-where-you-left-off"
    "03-stored-zero"
    "04-half-a-million"
    "05-storing-takes-offsets"
    "06-last-is-a-chunk"
    "07-retention-moves-the-first-offset"
    "08-deduplication"
    "09-lost-confirm"
    "10-crash-and-redelivery"
    "11-quorum"
    "12-same-name-twice"
    "13-next-does-not-resume"
    "14-retention-passes-the-stored-offset"
    "15-a-lost-store"
    "16-exactly-once-in-the-program"
    "17-lag-is-not-what-is-left"
    "18-old-messages-that-stay"
    "19-who-is-active"
    "20-a-filter-finds-chunks"
};

/// The lesson of a slug.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Lesson> {
    ALL.iter().find(|lesson| lesson.slug == slug)
}

impl Lesson {
    /// Its number, as written.
    #[must_use]
    pub fn number(&self) -> &'static str {
        self.slug.split('-').next().unwrap_or(self.slug)
    }

    /// Its title: what stands in quotes in its first line; without one, the slug.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let first = self.text.lines().next().unwrap_or_default();
        let quoted = first
            .strip_prefix("title \"")
            .and_then(|t| t.strip_suffix('"'));
        quoted.unwrap_or(self.slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_ascend_and_titles_are_there() {
        assert!(ALL.is_sorted_by(|a, b| a.slug < b.slug));
        for lesson in ALL {
            assert_ne!(lesson.title(), lesson.slug, "{} has no title", lesson.slug);
        }
    }
}
