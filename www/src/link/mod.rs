//! Links that hold a text, a moment and what is selected: everything is in the fragment, which no server sees. The
//! format has a number of its own; a link of a later one is refused in words. Knows no address and no browser.
//!
//! `s1:` and, in base64 for addresses, the head (`head.rs`), which part of the dictionary the text is packed with, the
//! text as DEFLATE packs it (`packed.rs`), and
//! Adler-32 of all that in four bytes, so that a link that was cut is known.

mod head;
mod packed;
pub mod trail;

use std::fmt;

use adler2::adler32_slice;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use offset_lab::lessons::mark;
use offset_lab::limits;
use offset_lab::view::Target;
use offset_lab::world::Cursor;

use head::{ByteReader, LinkHead};
use trail::Trail;

/// The format that is written, and the only one so far.
const FORMAT: u32 = 1;
/// Longer links are not even looked at.
const LONGEST: usize = 8 * 1024 * 1024;
/// What texts of the first format are packed with: parts between form feeds, of which each link takes the best. A part
/// never changes, since every link that names it needs it; a new one may come behind the last.
/// The page fetches it when the first link is made or opened.
pub const DICTIONARY_FILE: &str = "dictionary.txt";
/// What tells it from other texts.
pub const DICTIONARY_MARK: u64 = mark(include_str!("dictionary.txt"));
/// It itself.
#[cfg(test)]
pub(crate) const DICTIONARY: &str = include_str!("dictionary.txt");

/// Between the parts of the dictionary.
const BETWEEN: char = '\u{c}';

/// A version of this package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkVersion(pub u32, pub u32, pub u32);

impl LinkVersion {
    /// This one.
    #[must_use]
    pub fn here() -> Self {
        let mut parts = env!("CARGO_PKG_VERSION").split(['.', '-', '+']);
        let mut part = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        Self(part(), part(), part())
    }
}

impl fmt::Display for LinkVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// What a link holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareLink {
    /// The text.
    pub text: String,
    /// The moment.
    pub cursor: Cursor,
    /// What is selected.
    pub selected: Option<Target>,
    /// What it was made with.
    pub version: LinkVersion,
    /// The run as it was seen there; `None`: the text had not run.
    pub trail: Option<Trail>,
}

/// Why a link cannot be opened, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It is something else.
    NoLink,
    /// Its format is not known here.
    Later(u32),
    /// Characters are missing or others than they were.
    Cut,
    /// What it holds is larger than any text may be.
    TooLarge,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLink => f.write_str("this is no link of Offset Lab: such a link has `#s1:` in it"),
            Self::Later(format) => write!(
                f,
                "this link was made by a later version of Offset Lab (format {format}; here it is {FORMAT}): open it with that one"
            ),
            Self::Cut => f.write_str(
                "this link is not whole: a part of it was lost or changed on its way; ask for it again, or for the .lab file",
            ),
            Self::TooLarge => f.write_str("this link holds more than a scenario may be long: 4 MiB"),
        }
    }
}

/// What stands in a link behind the number of its format.
fn body(link: &str) -> Result<&str, Broken> {
    let fragment = link.rsplit('#').next().unwrap_or(link).trim();
    let after = fragment.strip_prefix('s').ok_or(Broken::NoLink)?;
    let (format, body) = after.split_once(':').ok_or(Broken::NoLink)?;
    let is_number = !format.is_empty() && format.bytes().all(|b| b.is_ascii_digit());
    match format.parse::<u32>() {
        Ok(FORMAT) => Ok(body),
        Ok(format) if format > FORMAT => Err(Broken::Later(format)),
        Err(_) if is_number => Err(Broken::Later(u32::MAX)),
        Ok(_) | Err(_) => Err(Broken::NoLink),
    }
}

/// Whether a fragment, or an address with one, has the form of a link, of whatever format.
#[must_use]
pub fn is_link(link: &str) -> bool {
    body(link) != Err(Broken::NoLink)
}

impl ShareLink {
    /// The fragment, without `#`.
    #[must_use]
    pub fn write(&self, dictionary: &str) -> String {
        let head = LinkHead {
            version: self.version,
            cursor: self.cursor,
            selected: self.selected,
            trail: self.trail.clone(),
        };
        let mut bytes = head.write();
        let parts = dictionary.split(BETWEEN).zip(0..);
        let packed = parts.map(|(part, number)| {
            let packed = packed::pack(self.text.as_bytes(), part.as_bytes());
            (packed.len(), number, packed)
        });
        if let Some((_, number, packed)) = packed.min() {
            head::number(&mut bytes, number);
            bytes.extend(packed);
        }
        bytes.extend(adler32_slice(&bytes).to_be_bytes());
        format!("s{FORMAT}:{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What a fragment, or an address with one, holds.
    ///
    /// # Errors
    /// When it holds nothing that can be opened, says why.
    pub fn read(link: &str, dictionary: &str) -> Result<Self, Broken> {
        let body = body(link)?;
        if body.len() > LONGEST {
            return Err(Broken::TooLarge);
        }
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| Broken::Cut)?;
        let (bytes, sum) = bytes.split_last_chunk::<4>().ok_or(Broken::Cut)?;
        if adler32_slice(bytes) != u32::from_be_bytes(*sum) {
            return Err(Broken::Cut);
        }
        let mut reader = ByteReader::new(bytes);
        let head = LinkHead::read(&mut reader).ok_or(Broken::Cut)?;
        let number = reader.small().ok_or(Broken::Cut)?;
        let part = dictionary.split(BETWEEN).nth(number as usize);
        let part = part.ok_or(Broken::Cut)?.as_bytes();
        let text = packed::unpack(reader.rest(), part, limits::TEXT_BYTES)?;
        Ok(Self {
            text: String::from_utf8(text).map_err(|_| Broken::Cut)?,
            cursor: head.cursor,
            selected: head.selected,
            version: head.version,
            trail: head.trail,
        })
    }
}

#[cfg(test)]
mod tests;
