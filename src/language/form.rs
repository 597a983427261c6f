//! A row of the statement table: how a statement is written, and the function that reads it.

use super::ast::StatementKind;
use super::doc::FormDoc;
use super::line::Line;
use super::problems::Read;

/// The function that reads a line behind its keyword; nothing comes of a header statement.
pub(crate) type LineReader = fn(&mut Line<'_, '_>) -> Read<Option<StatementKind>>;

/// One statement of the language.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) doc: FormDoc,
    pub(crate) read: LineReader,
}

/// Options as the parser reads them, and as everyone else sees them.
macro_rules! options {
    ($docs:ident, $options:ident: $target:ty {
        $($words:literal $args:literal $about:literal => $read:expr;)*
    }) => {
        const $docs: &[$crate::language::doc::OptionDoc] = &[$(
            $crate::language::doc::OptionDoc {
                words: $words,
                args: $crate::language::authoring::meaning!($args),
                about: $crate::language::authoring::meaning!($about),
            }
        ),*];
        $crate::language::form::options! { $options: $target {
            $($words $args $about => $read;)*
        } }
    };
    ($options:ident: $target:ty {
        $($words:literal $args:literal $about:literal => $read:expr;)*
    }) => {
        const $options: &[$crate::language::options::Opt<$target>] = &[$(
            $crate::language::options::Opt {
                doc: $crate::language::doc::OptionDoc {
                    words: $words,
                    args: $crate::language::authoring::meaning!($args),
                    about: $crate::language::authoring::meaning!($about),
                },
                read: $read,
            }
        ),*];
    };
}
pub(crate) use options;
