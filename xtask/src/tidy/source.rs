//! A source file as text and as tokens, with the few questions that the checks ask of it: its words, its
//! functions, its paths into the crate. It must not know the answers that are wanted.

use anyhow::anyhow;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One Rust file.
pub(super) struct Source {
    /// From the project's root, with `/` between folders.
    pub(super) path: String,
    /// The whole text.
    pub(super) text: String,
    tokens: TokenStream,
}

/// A word of the code (not of comments or strings) and the line it stands in.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) line: usize,
    /// Whether `::` follows.
    pub(super) opens_path: bool,
}

/// A function that has a body.
pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    /// From the line of `fn` to that of the closing brace, both counted.
    pub(super) lines: usize,
}

/// A path that names something of the same crate: from `crate`, `self` or `super`, or in a `use` from a module beside.
pub(super) struct Path {
    pub(super) words: Vec<String>,
    pub(super) line: usize,
    /// Whether a `use` brings it into the file.
    pub(super) is_use: bool,
}

impl Source {
    /// Reads `text` as tokens.
    pub(super) fn new(path: String, text: String) -> anyhow::Result<Self> {
        let tokens = text
            .parse()
            .map_err(|error| anyhow!("{path}: no Rust tokens: {error}"))?;
        Ok(Self { path, text, tokens })
    }

    /// Its outermost tokens.
    pub(super) fn trees(&self) -> Vec<TokenTree> {
        self.tokens.clone().into_iter().collect()
    }

    /// All words in order.
    pub(super) fn words(&self) -> Vec<Word> {
        let mut words = Vec::new();
        collect_words(self.tokens.clone(), &mut words);
        words
    }

    /// All functions with a body, nested ones too.
    pub(super) fn functions(&self) -> Vec<Function> {
        let mut functions = Vec::new();
        collect_functions(self.tokens.clone(), &mut functions);
        functions
    }

    /// All paths into the same crate, those of tests left out.
    pub(super) fn paths(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        collect_paths(self.tokens.clone(), &mut paths);
        paths
    }
}

fn collect_words(tokens: TokenStream, words: &mut Vec<Word>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Ident(ident) => words.push(Word {
                text: ident.to_string(),
                line: ident.span().start().line,
                opens_path: is_path_separator(&tokens, index + 1),
            }),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn collect_functions(tokens: TokenStream, functions: &mut Vec<Function>) {
    let mut tokens = tokens.into_iter().peekable();
    // The function whose signature is being read: its name and the line of its `fn`.
    let mut open: Option<(String, usize)> = None;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "fn" => {
                if let Some(TokenTree::Ident(name)) = tokens.peek() {
                    open = Some((name.to_string(), ident.span().start().line));
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => open = None,
            TokenTree::Group(group) => {
                if group.delimiter() == Delimiter::Brace
                    && let Some((name, line)) = open.take()
                {
                    let lines = group.span_close().end().line + 1 - line;
                    functions.push(Function { name, line, lines });
                }
                collect_functions(group.stream(), functions);
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

fn collect_paths(tokens: TokenStream, paths: &mut Vec<Path>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut index = 0;
    let mut is_use = false;
    while index < tokens.len() {
        match &tokens[index] {
            TokenTree::Group(group) => {
                if !(is_module_body(&tokens, index) && is_word(&tokens, index - 1, "tests")) {
                    collect_paths(group.stream(), paths);
                }
            }
            TokenTree::Ident(ident) if ident == "use" => is_use = true,
            TokenTree::Ident(ident) if !follows_separator(&tokens, index) => {
                let rooted = ["crate", "self", "super"].iter().any(|word| ident == word);
                if is_path_separator(&tokens, index + 1) && (rooted || is_use) {
                    index = collect_path(&tokens, index, &mut Vec::new(), is_use, paths);
                    continue;
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => is_use = false,
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        index += 1;
    }
}

/// Reads the path at `index` behind `before`, every branch of it; answers the index behind it.
fn collect_path(
    tokens: &[TokenTree],
    mut index: usize,
    before: &mut Vec<String>,
    is_use: bool,
    paths: &mut Vec<Path>,
) -> usize {
    let depth = before.len();
    let line = tokens
        .get(index)
        .map_or(0, |token| token.span().start().line);
    loop {
        match tokens.get(index) {
            Some(TokenTree::Ident(ident)) => before.push(ident.to_string()),
            Some(TokenTree::Group(group)) if is_use => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                for branch in inside.split(|token| is_punct(Some(token), ',')) {
                    collect_path(branch, 0, before, is_use, paths);
                }
                before.truncate(depth);
                return index + 1;
            }
            Some(TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) | None => break,
        }
        index += 1;
        if !is_path_separator(tokens, index) {
            break;
        }
        index += 2;
    }
    if before.len() > depth {
        let words = before.clone();
        paths.push(Path {
            words,
            line,
            is_use,
        });
    }
    before.truncate(depth);
    index
}

fn is_module_body(tokens: &[TokenTree], index: usize) -> bool {
    index >= 2
        && is_word(tokens, index - 2, "mod")
        && matches!(tokens[index - 1], TokenTree::Ident(_))
}

fn is_word(tokens: &[TokenTree], index: usize, word: &str) -> bool {
    matches!(tokens.get(index), Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn is_path_separator(tokens: &[TokenTree], index: usize) -> bool {
    is_punct(tokens.get(index), ':') && is_punct(tokens.get(index + 1), ':')
}

fn follows_separator(tokens: &[TokenTree], index: usize) -> bool {
    index >= 2 && is_path_separator(tokens, index - 2)
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn source(text: &str) -> Source {
        Source::new("src/a/b.rs".to_owned(), text.to_owned()).expect("tokens")
    }

    #[test]
    fn functions_are_measured_from_fn_to_brace() {
        let text = "#[a]\nfn one() {}\ntrait T { fn none(&self); }\nimpl A {\n  fn two(\n  ) -> [u8; 2] {\n    {}\n  }\n}";
        let found: Vec<_> = source(text)
            .functions()
            .into_iter()
            .map(|f| (f.name, f.line, f.lines))
            .collect();
        assert_eq!(found, [("one".to_owned(), 2, 1), ("two".to_owned(), 5, 4)]);
    }

    #[test]
    fn paths_are_found_in_every_spelling() {
        let text = "use crate::{log::Chunk, units, trace::{A, B}};\nuse super::c;\n\
            fn f() { vec![crate::engine::X]; }\nmod tests { use super::d; }";
        let found: Vec<_> = source(text)
            .paths()
            .into_iter()
            .map(|path| path.words.join("::"))
            .collect();
        assert_eq!(
            found,
            [
                "crate::log::Chunk",
                "crate::units",
                "crate::trace::A",
                "crate::trace::B",
                "super::c",
                "crate::engine::X"
            ]
        );
    }
}
