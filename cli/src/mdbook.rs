//! `offset-lab mdbook`: a preprocessor of mdBook, which hands over a book as JSON and takes it back. Knows chapters and
//! their fences.

use std::io;
use std::path::Path;

use serde_json::Value;

use crate::drawing::Named;
use crate::element::Wanted;
use crate::markdown::{self, Fence};
use crate::render::Picture;
use crate::run::simulated;
use crate::screen::{Outcome, Screen};
use crate::source;

/// The renderer that makes pages.
const HTML: &str = "html";
/// A line that begins with a comment is markup to the comment's end, and no longer: the text below stays Markdown.
const MARK: &str = "<!-- offset-lab -->";

/// Reads a book from standard input and prints it with its scenarios as elements; asked about a renderer, says whether it
/// is one that takes elements.
pub(crate) fn mdbook(renderer: Option<&str>, screen: &mut Screen) -> io::Result<Outcome> {
    match renderer {
        Some(HTML) => return Ok(Outcome::Good),
        Some(_) => return Ok(Outcome::Failed),
        None => {}
    }
    let book = source::read(Path::new("-")).and_then(|source| book(&source.text));
    let mut book = match book {
        Ok(book) => book,
        Err(message) => {
            screen.problem(&message)?;
            return Ok(Outcome::Bad);
        }
    };
    // Versions of mdBook differ in the name of the list.
    for list in ["items", "sections"] {
        chapters(book.get_mut(list), screen)?;
    }
    screen.json(&book)?;
    Ok(Outcome::Good)
}

/// The book of what mdBook writes: a context and the book.
fn book(text: &str) -> Result<Value, String> {
    let no_book = |why: &str| {
        format!(
            "standard input is no book ({why}): mdBook calls this command, named in book.toml under [preprocessor.offset-lab]"
        )
    };
    let read: Value = serde_json::from_str(text).map_err(|error| no_book(&error.to_string()))?;
    let Value::Array(pair) = read else {
        return Err(no_book("a pair of context and book was expected"));
    };
    let book = pair.into_iter().nth(1);
    let book = book.filter(|book| {
        ["items", "sections"]
            .iter()
            .any(|list| book[list].is_array())
    });
    book.ok_or_else(|| no_book("it has no list of chapters"))
}

fn chapters(list: Option<&mut Value>, screen: &mut Screen) -> io::Result<()> {
    let items = list.and_then(Value::as_array_mut).into_iter().flatten();
    for chapter in items.filter_map(|item| item.get_mut("Chapter")) {
        let name = ["source_path", "path", "name"]
            .iter()
            .find_map(|name| chapter[name].as_str());
        let name = name.unwrap_or("a chapter").to_owned();
        if let Some(content) = chapter["content"].as_str() {
            chapter["content"] = with_elements(&name, content, screen)?.into();
        }
        chapters(chapter.get_mut("sub_items"), screen)?;
    }
    Ok(())
}

/// A chapter's text with an element in the place of each scenario.
fn with_elements(name: &str, content: &str, screen: &mut Screen) -> io::Result<String> {
    let mut out = String::new();
    let mut from = 0;
    for block in markdown::blocks(content) {
        out.push_str(&content[from..block.range.start]);
        out.extend([MARK, &element(name, &block, screen)?]);
        // A fence that the text's end closes may hold the end of the line too.
        if content[block.range.clone()].ends_with('\n') {
            out.push('\n');
        }
        from = block.range.end;
    }
    out.push_str(&content[from..]);
    Ok(out)
}

fn element(name: &str, block: &Fence, screen: &mut Screen) -> io::Result<String> {
    let Fence {
        text, above, info, ..
    } = block;
    let wanted = Wanted::read(info);
    for problem in &wanted.problems {
        screen.note(&format!("{name}:{above}: {problem}"))?;
    }
    let (timeline, diagnostics, more) = simulated(text, &format!("running {name}"), screen);
    let of = Named {
        name,
        text,
        above: *above,
    };
    screen.diagnostics(of, &diagnostics, more)?;
    let timeline = timeline.filter(|_| diagnostics.is_empty());
    let picture = timeline.map(|timeline| Picture::of(&timeline, wanted.moment(), wanted.theme()));
    Ok(wanted.markup(text, picture.as_ref()))
}
