//! What tools that ask for oEmbed are told of the frames: one static file for each lesson, and one for the app's page. It
//! must not know what a lesson says beyond its title.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::inline::quoted;

/// Writes the files. `address` is where the folder will be; without one the frames are named relative to it.
pub(crate) fn write(dist: &Path, address: Option<&str>) -> anyhow::Result<String> {
    let address = checked(address)?;
    let folder = dist.join("oembed");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let lessons = dist.join("lessons");
    let entries =
        fs::read_dir(&lessons).with_context(|| format!("cannot read {}", lessons.display()))?;
    let mut all = Vec::new();
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read {}", lessons.display()))?
            .path();
        let is_lesson = path.extension().is_some_and(|end| end == "lab");
        if let Some(name) = path.file_stem().filter(|_| is_lesson) {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let name = name.to_string_lossy().into_owned();
            all.push((json(&name, title(&text), &address), name));
        }
    }
    all.sort_by(|(_, one), (_, other)| one.cmp(other));
    for (json, name) in &all {
        put(&folder.join(format!("{name}.json")), json)?;
    }
    let (first, _) = all.first().context("there is no lesson")?;
    put(&dist.join("oembed.json"), first)?;
    Ok(match address.is_empty() {
        true => format!(
            "{} lessons; with relative addresses: give --address",
            all.len()
        ),
        false => format!("{} lessons at {address}", all.len()),
    })
}

/// An address of the web that ends in a slash; empty when there is none.
fn checked(address: Option<&str>) -> anyhow::Result<String> {
    let Some(address) = address else {
        return Ok(String::new());
    };
    let is_web = ["https://", "http://"].iter().any(|start| {
        address
            .strip_prefix(start)
            .is_some_and(|rest| !rest.is_empty())
    });
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\"'<>`".contains(c);
    if !is_web || address.contains(is_odd) || address.contains(['?', '#']) {
        bail!(
            "--address {address}: give where the folder will be, such as https://docs.example.org/offset-lab/"
        );
    }
    Ok(match address.ends_with('/') {
        true => address.to_owned(),
        false => format!("{address}/"),
    })
}

fn json(name: &str, title: &str, address: &str) -> String {
    let html = format!(
        "<iframe src=\"{address}embed.html?lesson={name}\" title=\"A run of Offset Lab\" width=\"700\" height=\"480\" \
         frameborder=\"0\" loading=\"lazy\"></iframe>"
    );
    let provider = match address.is_empty() {
        true => String::new(),
        false => format!(",\n  \"provider_url\": {}", quoted(address)),
    };
    format!(
        "{{\n  \"version\": \"1.0\",\n  \"type\": \"rich\",\n  \"title\": {},\n  \"provider_name\": \"Offset Lab\"{provider},\n  \
         \"width\": 700,\n  \"height\": 480,\n  \"html\": {}\n}}\n",
        quoted(title),
        quoted(&html)
    )
}

/// What stands in quotes in the first line.
fn title(text: &str) -> &str {
    let first = text.lines().next().unwrap_or("");
    let quoted = first
        .strip_prefix("title \"")
        .and_then(|title| title.strip_suffix('"'));
    quoted.unwrap_or("Offset Lab")
}

fn put(file: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::{checked, json, title};

    #[test]
    fn a_frame_is_named_by_the_address_of_the_folder() {
        let address = checked(Some("https://x.org/lab")).expect("an address");
        let json = json("01-a", title("title \"A \\ b\"\nrun\n"), &address);
        assert!(json.contains(r#""title": "A \\ b""#), "{json}");
        assert!(
            json.contains(r#"\u003ciframe src=\"https://x.org/lab/embed.html?lesson=01-a\""#),
            "{json}"
        );
        assert_eq!(checked(None).expect("none is fine"), "");
        for bad in [
            "",
            "x.org",
            "https://",
            "https://x.org/\"a",
            "https://x.org/?a",
            "ftp://x",
        ] {
            assert!(checked(Some(bad)).is_err(), "{bad}");
        }
    }
}
