//! Names of keys as people write them: `Space`, `ArrowLeft`, `Shift+Tab`, `Control+z`. It must not know what
//! the page does with them.

use anyhow::bail;
use thirtyfour::Key;

/// A key and those that are held while it is pressed.
pub(crate) struct Chord {
    pub(crate) held: Vec<char>,
    pub(crate) key: char,
}

/// Reads a name; single characters name themselves.
pub(crate) fn chord(name: &str) -> anyhow::Result<Chord> {
    let mut held = Vec::new();
    let mut rest = name;
    while let Some((modifier, after)) = rest.split_once('+') {
        if after.is_empty() {
            break; // The key is `+` itself.
        }
        held.push(key(modifier)?);
        rest = after;
    }
    Ok(Chord {
        held,
        key: key(rest)?,
    })
}

fn key(name: &str) -> anyhow::Result<char> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Ok(only);
    }
    let key = match name {
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "Space" => return Ok(' '),
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        _ => bail!("no key is called `{name}`"),
    };
    Ok(char::from(key))
}
