//! Pieces of texts. What the standard library looks for them with is made for long texts, and 2 kB of a browser's
//! download.

use alloc::string::String;

/// Where a piece that is not empty is first found.
#[must_use]
pub fn find(text: &str, piece: &str) -> Option<usize> {
    let mut places = text.as_bytes().windows(piece.len());
    places.position(|place| place == piece.as_bytes())
}

/// What is before the first such piece, and what is behind it.
#[must_use]
pub fn split_once<'a>(text: &'a str, piece: &str) -> Option<(&'a str, &'a str)> {
    around(text, find(text, piece)?, piece)
}

/// What is before the last such piece, and what is behind it.
#[must_use]
pub fn rsplit_once<'a>(text: &'a str, piece: &str) -> Option<(&'a str, &'a str)> {
    let mut places = text.as_bytes().windows(piece.len());
    around(
        text,
        places.rposition(|place| place == piece.as_bytes())?,
        piece,
    )
}

fn around<'a>(text: &'a str, at: usize, piece: &str) -> Option<(&'a str, &'a str)> {
    Some((text.get(..at)?, text.get(at + piece.len()..)?))
}

/// The text with something else in place of each such piece.
#[must_use]
pub fn replaced(text: &str, piece: &str, with: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, behind)) = split_once(rest, piece) {
        out.push_str(before);
        out.push_str(with);
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_answer_as_the_standard_library_does(text in "[abü]{0,12}", piece in "[abü]{1,3}") {
            prop_assert_eq!(find(&text, &piece), text.find(&piece));
            prop_assert_eq!(split_once(&text, &piece), text.split_once(&piece));
            prop_assert_eq!(rsplit_once(&text, &piece), text.rsplit_once(&piece));
            prop_assert_eq!(replaced(&text, &piece, "ba"), text.replace(&piece, "ba"));
        }
    }
}
