//! What the parser knows between lines: names, header, problems, sums. Knows no statement.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::ast::Header;
use super::doc::FormDoc;
use super::lexer::is_name;
use super::names::Names;
use super::problems::Problems;
use super::quote::quoted;
use crate::base::SmallMap;
use crate::family::Family;

/// Words that a bare name cannot be in any family, besides the keywords: they would change what a statement
/// means.
const STRUCTURE: &[&str] = &["from", "to", "broker", "node", "leader"];

/// What lines before the present one said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) names: Names,
    pub(crate) header: Header,
    pub(crate) problems: Problems,
    /// The statements that a line may be.
    pub(crate) forms: Vec<&'static FormDoc>,
    /// Whose statements they are.
    pub(crate) words_of: Option<Family>,
    /// The line of each header statement that was said.
    pub(crate) said: SmallMap<&'static str, u32>,
    /// The line of the first statement that does something: `broker` stands above it.
    pub(crate) body: Option<u32>,
    /// The line of the first statement that lets time pass: the rest of the header stands above it.
    pub(crate) moved: Option<u32>,
    /// The script is written in another family's language, and that was reported.
    pub(crate) foreign: bool,
    /// One line is looked at on its own: every name is taken as known.
    pub(crate) alone: bool,
    pub(crate) tally: Tally,
}

impl Context {
    /// Whether `word` has to be quoted to be a name.
    pub(crate) fn is_reserved(&self, word: &str) -> bool {
        is_structure(self.header.family, word) || self.forms.iter().any(|form| form.keyword == word)
    }

    /// A name as a line of this script has it: bare where it can be, else quoted.
    pub(crate) fn written(&self, name: &str) -> String {
        if is_name(name) && !self.is_reserved(name) {
            return name.to_string();
        }
        quoted(name)
    }

    /// Whether `word` belongs to an option of some statement.
    pub(crate) fn is_option_word(&self, word: &str) -> bool {
        let options = self.forms.iter().flat_map(|form| form.options);
        let mut words = options.flat_map(|option| option.words.split(' '));
        is_structure(self.header.family, word) || words.any(|w| w == word)
    }
}

/// Whether `word` has to be quoted to be a name though no statement begins with it.
pub(crate) fn is_structure(family: Family, word: &str) -> bool {
    STRUCTURE.contains(&word) || family.vocabulary().structure.contains(&word)
}

/// Sums over the script, as far as they can be known before it runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Messages that all statements publish.
    pub(crate) messages: u64,
    /// Microseconds that `run for` and `wait` stand for.
    pub(crate) time_us: u64,
    /// By [`ActorId`](crate::ids::ActorId), up to the last that published: how many it published, and one more
    /// than the highest id that it can have used.
    pub(crate) producers: Vec<(u64, u64)>,
}
