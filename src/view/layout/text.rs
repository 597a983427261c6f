//! How wide texts are, by their characters, and how they are cut to fit. An estimate on the safe side: the
//! fonts are the reader's own.

use alloc::borrow::Cow;
use alloc::string::String;

/// A size and weight of text. The sizes are those of `src/view/stage.css`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Font {
    /// Names of programs and streams: 14 units, bold.
    Name,
    /// Ordinary text: 12 units.
    Body,
    /// What is pointed out: 12 units, bold.
    Strong,
    /// Offsets and captions: 11 units.
    Small,
    /// What cells hold: 11 units, monospaced.
    Cell,
}

impl Font {
    /// Its class name.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Name => "f-name",
            Self::Body => "f-body",
            Self::Strong => "f-strong",
            Self::Small => "f-small",
            Self::Cell => "f-cell",
        }
    }

    const fn size(self) -> u32 {
        match self {
            Self::Name => 14,
            Self::Body | Self::Strong => 12,
            Self::Small | Self::Cell => 11,
        }
    }
}

/// The width of a text, rounded up.
pub(crate) fn width(text: &str, font: Font) -> i32 {
    let bold = matches!(font, Font::Name | Font::Strong);
    let em = |c: char| match font {
        Font::Cell if !is_wide(c) => 602,
        Font::Cell | Font::Name | Font::Body | Font::Strong | Font::Small => u64::from(advance(c)),
    };
    // A body may be as long as a text: its width passes 32 bits.
    let thousandths: u64 = text.chars().map(em).sum();
    let heavier = if bold { 108 } else { 100 };
    i32::try_from((thousandths * u64::from(font.size()) * heavier).div_ceil(100_000))
        .unwrap_or(i32::MAX)
}

/// The text, or as much of its beginning as fits with an ellipsis; nothing when not even that fits.
pub(crate) fn fit(text: &str, font: Font, room: i32) -> Cow<'_, str> {
    if width(text, font) <= room {
        return Cow::Borrowed(text);
    }
    let mut end = text.len().min(200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    while let Some((at, _)) = text[..end].char_indices().next_back() {
        end = at;
        let cut = String::from(text[..end].trim_end()) + "…";
        if end > 0 && width(&cut, font) <= room {
            return Cow::Owned(cut);
        }
    }
    Cow::Borrowed("")
}

/// The first of several wordings that fits; the last one cut, when none does.
pub(crate) fn first_fit<'a>(wordings: &[&'a str], font: Font, room: i32) -> Cow<'a, str> {
    match wordings.iter().find(|text| width(text, font) <= room) {
        Some(text) => Cow::Borrowed(*text),
        None => wordings
            .last()
            .map_or(Cow::Borrowed(""), |text| fit(text, font, room)),
    }
}

/// A message body in so much room that it is still told from its neighbours: whole, or its first letter and
/// last number (`h42`), or its last digits, or its beginning.
pub(crate) fn short_body(body: &str, room: i32) -> String {
    let clean: String = body
        .chars()
        .take(400)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let tail = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &body[tail.len()..];
    if digits.is_empty() || width(&clean, Font::Cell) <= room {
        return fit(&clean, Font::Cell, room).into_owned();
    }
    let head: String = clean.chars().take(1).collect();
    let both = head + digits;
    if digits.len() < body.len() && width(&both, Font::Cell) <= room {
        return both;
    }
    let cut = |from: usize| match from {
        0 => String::from(digits),
        from => String::from("…") + &digits[from..],
    };
    (0..digits.len())
        .map(cut)
        .find(|words| width(words, Font::Cell) <= room)
        .unwrap_or_default()
}

const fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0x1f000..=0x3fffd)
}

/// Thousandths of an em, after DejaVu Sans, which is wider than most.
const fn advance(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 290,
        ' ' | '.' | ',' | ':' | ';' | 'I' | '!' | '·' | '‹' | '›' => 345,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 410,
        's' | 'c' | 'z' | 'k' | 'v' | 'x' | 'y' | '–' => 570,
        '0'..='9' => 640,
        'm' | 'M' | '%' | '…' | '—' => 985,
        'w' | 'W' => 900,
        'A'..='Z' => 720,
        _ if is_wide(c) => 1_050,
        _ => 635,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_do_not_fit_are_cut_with_an_ellipsis() {
        let long = "a-very-long-consumer-name";
        let cut = fit(long, Font::Name, 80);
        assert!(cut.ends_with('…') && width(&cut, Font::Name) <= 80);
        assert_eq!(fit("short", Font::Name, 80), "short");
        assert_eq!(fit("wide", Font::Name, 3), "");
    }

    #[test]
    fn short_bodies_keep_what_tells_them_apart() {
        for (body, short) in [
            ("m14", "m14"),
            ("hello: 42", "h42"),
            ("marker: 99", "m99"),
            ("order 1234", "1234"),
            ("order 12345", "…345"),
            ("poison", "poi…"),
            ("", ""),
            ("ü\nüüü", "ü ü…"),
            ("🐰 12", "🐰12"),
            ("12345", "…345"),
        ] {
            assert_eq!(short_body(body, 29), short, "{body:?}");
        }
    }
}
