//! The scenarios that a Markdown text shows. Knows fences, not the language in them.

use std::ops::Range;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// The info string of the code blocks that are scenarios.
const INFO: &str = "offset-lab";

/// A scenario in a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The scenario, without what the Markdown around it puts before its lines.
    pub(crate) text: String,
    /// Lines of the file above its first one; the last of them opens the fence.
    pub(crate) above: u32,
    /// What the fence says behind the name.
    pub(crate) info: String,
    /// The bytes of the whole block, from its fence to the end of the other one.
    pub(crate) range: Range<usize>,
}

/// Whether the file is Markdown, by its name.
pub(crate) fn is_markdown(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown"))
}

/// The scenario blocks of a Markdown text.
pub(crate) fn blocks(markdown: &str) -> Vec<Fence> {
    let mut blocks = Vec::new();
    let mut open: Option<Fence> = None;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = &event
            && let Some(info) = behind_name(info)
        {
            let above = markdown[..range.start].matches('\n').count() + 1;
            open = Some(Fence {
                text: String::new(),
                above: u32::try_from(above).unwrap_or(u32::MAX),
                info: info.to_owned(),
                range,
            });
        } else if let (Event::Text(text), Some(block)) = (&event, &mut open) {
            block.text.push_str(text);
        } else if let Event::End(TagEnd::CodeBlock) = event {
            blocks.extend(open.take());
        }
    }
    blocks
}

/// What an info string says behind the name of the language, if that is its name. Words are divided by spaces or, as
/// mdBook's users write it, by commas.
fn behind_name(info: &str) -> Option<&str> {
    let rest = info.trim_start().strip_prefix(INFO)?;
    (rest.is_empty() || rest.starts_with([' ', '\t', ','])).then_some(rest)
}

/// `markdown` with `text` in one of its blocks and every other byte kept; none when the block stands in something
/// that this cannot be done in.
pub(crate) fn replaced(markdown: &str, index: usize, text: &str) -> Option<String> {
    let mut blocks = blocks(markdown);
    let block = blocks.get_mut(index)?;
    let lines: Vec<&str> = markdown.split_inclusive('\n').collect();
    let start = block.above as usize;
    let end = start + block.text.lines().count();
    let mut out = lines.get(..start)?.concat();
    indented(block, lines.get(start..end)?, text, &mut out)?;
    out.extend(lines.get(end..)?.iter().copied());
    // What was written has to say what was meant, whatever Markdown makes of it.
    text.clone_into(&mut block.text);
    let found = self::blocks(&out);
    let texts = |blocks: &[Fence]| {
        blocks
            .iter()
            .map(|block| block.text.clone())
            .collect::<Vec<_>>()
    };
    (texts(&found) == texts(&blocks)).then_some(out)
}

/// Writes `text` with what stands before the `lines` of `block`, and with their line ends.
fn indented(block: &Fence, lines: &[&str], text: &str, out: &mut String) -> Option<()> {
    let mut before: Option<&str> = None;
    for (line, content) in lines.iter().zip(block.text.lines()) {
        let this = line.trim_end_matches(['\n', '\r']).strip_suffix(content)?;
        if content.is_empty() {
            continue;
        }
        before = match before {
            None => Some(this),
            Some(before) if before == this => Some(before),
            // Fences with spaces before them take as many from each line, if it has them.
            Some(before) if before.trim().is_empty() && this.trim().is_empty() => {
                Some(if this.len() > before.len() {
                    this
                } else {
                    before
                })
            }
            Some(_) => return None,
        };
    }
    let before = before.unwrap_or("");
    let crlf = lines.first().is_some_and(|line| line.ends_with("\r\n"));
    for line in text.lines() {
        out.push_str(if line.is_empty() {
            before.trim_end()
        } else {
            before
        });
        out.push_str(line);
        out.push_str(if crlf { "\r\n" } else { "\n" });
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fenced_blocks_with_the_name_are_scenarios() {
        let text = "# A\n\n```offset-lab\nrun\nstream s\n```\n\n```rust\nfn\n```\n\n\
                    - list\n\n  ~~~offset-lab title\n  stream t\n  ~~~\n\nText\n\n    ```offset-lab\n    no\n    ```\n";
        let found: Vec<(String, u32)> = blocks(text)
            .into_iter()
            .map(|block| (block.text, block.above))
            .collect();
        assert_eq!(
            found,
            [
                ("run\nstream s\n".to_owned(), 3),
                ("stream t\n".to_owned(), 14)
            ]
        );
    }

    fn with(markdown: &str, text: &str) -> Option<String> {
        replaced(markdown, 0, text)
    }

    #[test]
    fn a_block_is_replaced_where_it_stands() {
        for (before, after) in [
            (
                "a\n```offset-lab\nx\n```\nb",
                "a\n```offset-lab\nA\n\nB\n```\nb",
            ),
            (
                "> ```offset-lab\n> x\n> ```\n",
                "> ```offset-lab\n> A\n>\n> B\n> ```\n",
            ),
            (
                "- ```offset-lab\n  x\n  ```\n",
                "- ```offset-lab\n  A\n\n  B\n  ```\n",
            ),
            (
                "  ```offset-lab\nx\n y\n  z\n  ```\n",
                "  ```offset-lab\n  A\n\n  B\n  ```\n",
            ),
            (
                "```offset-lab\r\nx\r\n```\r\n",
                "```offset-lab\r\nA\r\n\r\nB\r\n```\r\n",
            ),
            ("```offset-lab\nx", "```offset-lab\nA\n\nB\n"),
        ] {
            assert_eq!(with(before, "A\n\nB\n").as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn what_cannot_be_replaced_safely_is_not() {
        // A tab that is half the item's and half the text's, a line that would close the fence, and
        // quotes written in two ways.
        for (markdown, text) in [
            ("- ```offset-lab\n\tx\n  ```\n", "A\n"),
            ("```offset-lab\nx\n```\n", "```\n"),
            ("> ```offset-lab\n>x\n> y\n> ```\n", "A\n"),
        ] {
            assert_eq!(with(markdown, text), None, "{markdown}");
        }
    }
}
