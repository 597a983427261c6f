//! Versions of brokers: `4.0`, `3.11.8`. What differs between them is for their families to say.

use core::fmt;

/// A version as a script says it. Without a patch it is the last one of its minor version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The first number.
    pub major: u8,
    /// The second number.
    pub minor: u8,
    /// The third number, when it was said.
    pub patch: Option<u8>,
}

/// Why a word is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadVersion {
    /// It is something else.
    Shape,
    /// It is a major version only.
    NoMinor,
    /// Behind its last dot nothing stands.
    Unfinished,
    /// One of its numbers is above [`Version::MOST`].
    Range,
}

impl Version {
    /// The largest number in a version.
    pub const MOST: u8 = 99;

    /// `MAJOR.MINOR`
    #[must_use]
    pub const fn minor(major: u8, minor: u8) -> Self {
        Self {
            major,
            minor,
            patch: None,
        }
    }

    /// `MAJOR.MINOR.PATCH`
    #[must_use]
    pub const fn patch(major: u8, minor: u8, patch: u8) -> Self {
        Self {
            major,
            minor,
            patch: Some(patch),
        }
    }

    /// Reads `MAJOR.MINOR` or `MAJOR.MINOR.PATCH`.
    ///
    /// # Errors
    ///
    /// Says what keeps the word from being a version.
    pub fn parse(word: &str) -> Result<Self, BadVersion> {
        let mut numbers = word.split('.').map(number);
        let major = numbers.next().unwrap_or(Err(BadVersion::Shape))?;
        let minor = numbers.next().unwrap_or(Err(BadVersion::NoMinor))?;
        let patch = numbers.next().transpose()?;
        match numbers.next() {
            None => Ok(Self {
                major,
                minor,
                patch,
            }),
            Some(_) => Err(BadVersion::Shape),
        }
    }

    /// Whether what came with `first` is part of this version. `first` without a patch came with the first
    /// patch of its minor version.
    #[must_use]
    pub fn has(self, first: Self) -> bool {
        let of = |version: Self, patch| (version.major, version.minor, patch);
        of(self, self.patch.unwrap_or(u8::MAX)) >= of(first, first.patch.unwrap_or(0))
    }
}

fn number(part: &str) -> Result<u8, BadVersion> {
    if part.is_empty() {
        return Err(BadVersion::Unfinished);
    }
    if !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadVersion::Shape);
    }
    match part.parse() {
        Ok(number) if number <= Version::MOST => Ok(number),
        Ok(_) | Err(_) => Err(BadVersion::Range),
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        match self.patch {
            Some(patch) => write!(f, ".{patch}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_version_has_two_or_three_numbers() {
        assert_eq!(Version::parse("4.0"), Ok(Version::minor(4, 0)));
        assert_eq!(Version::parse("3.11.8"), Ok(Version::patch(3, 11, 8)));
        for word in ["4.0", "3.11.8", "99.99.99"] {
            assert_eq!(Version::parse(word).map(|v| v.to_string()), Ok(word.into()));
        }
        for (word, bad) in [
            ("3", BadVersion::NoMinor),
            ("3.", BadVersion::Unfinished),
            ("3.11.", BadVersion::Unfinished),
            ("3.11.999", BadVersion::Range),
            ("3.256", BadVersion::Range),
            ("3.11.8.1", BadVersion::Shape),
            ("four", BadVersion::Shape),
            ("-1.0", BadVersion::Shape),
            ("4.x", BadVersion::Shape),
            ("", BadVersion::Unfinished),
        ] {
            assert_eq!(Version::parse(word), Err(bad), "{word}");
        }
    }

    #[test]
    fn a_minor_version_is_its_last_patch() {
        let first = Version::patch(3, 11, 8);
        assert!(Version::minor(3, 11).has(first));
        assert!(Version::patch(3, 11, 8).has(first));
        assert!(!Version::patch(3, 11, 7).has(first));
        assert!(Version::minor(3, 12).has(first));
        assert!(!Version::minor(3, 10).has(first));
        assert!(Version::patch(3, 13, 0).has(Version::minor(3, 13)));
    }
}
