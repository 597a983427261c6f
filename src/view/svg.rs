//! A picture as a self-contained SVG file: marks translated, styles inside. Lays nothing out.

use alloc::format;
use alloc::string::String;
use core::fmt::Write;

use super::stage::{Anchor, Mark, Shape, Stage};
use crate::base::SmallMap;

/// Which side of each `light-dark(…)` a picture takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SvgTheme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// The styles of the marks, which all hosts share.
pub const STYLES: &str = include_str!("stage.css");

/// The file. `css` is [`STYLES`]; its custom properties are replaced by their values, so that
/// viewers without them show the same.
#[must_use]
pub fn write(stage: &Stage, theme: SvgTheme, css: &str) -> String {
    let (w, h) = (stage.width, stage.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stage\" viewBox=\"0 0 {w} {h}\" \
         width=\"{w}\" height=\"{h}\" role=\"img\">\n<title>{}</title>\n<style>\n{}</style>\n\
         <rect class=\"ground\" width=\"{w}\" height=\"{h}\"/>\n",
        escaped(&stage.description),
        styles(css, theme),
    );
    for mark in &stage.marks {
        write_mark(&mut out, mark);
    }
    out.push_str("</svg>\n");
    out
}

pub(super) fn write_mark(out: &mut String, mark: &Mark) {
    let class = escaped(&mark.class);
    let (element, attributes, text) = match &mark.shape {
        Shape::Rect {
            x,
            y,
            width,
            height,
            radius,
        } => {
            let size = format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
            ("rect", format!("{size} rx=\"{radius}\""), None)
        }
        Shape::Circle { x, y, radius } => {
            let place = format!("cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
            ("circle", place, None)
        }
        Shape::Path { d } => ("path", format!("d=\"{d}\""), None),
        Shape::Text { x, y, anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let place = format!("x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"");
            ("text", place, Some(escaped(text)))
        }
    };
    let title = mark
        .label
        .as_ref()
        .map(|label| format!("<title>{}</title>", escaped(label)));
    let inside = text.or(title).unwrap_or_default();
    let written = if inside.is_empty() {
        writeln!(out, "<{element} class=\"{class}\" {attributes}/>")
    } else {
        writeln!(
            out,
            "<{element} class=\"{class}\" {attributes}>{inside}</{element}>"
        )
    };
    written.expect("writing to a string cannot fail");
}

/// The styles with every `var(--name)` replaced by its value for the theme, without comments.
pub(super) fn styles(css: &str, theme: SvgTheme) -> String {
    let css = without_comments(css);
    let values = values(&css, theme);
    let mut out = String::with_capacity(css.len());
    for line in css.lines().map(str::trim_end) {
        if !line.is_empty() && !line.trim_start().starts_with("--") {
            replace_vars(&mut out, line, &values);
            out.push('\n');
        }
    }
    replace_vars(
        &mut out,
        ".stage .ground { fill: var(--stage-ground); }\n",
        &values,
    );
    escaped(&out).replace("&quot;", "\"")
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out + rest
}

/// The custom properties: `--name: light-dark(A, B);` and `--name: A;`.
fn values(css: &str, theme: SvgTheme) -> SmallMap<&str, &str> {
    let mut values = SmallMap::new();
    for declaration in css.lines().map(str::trim).filter(|l| l.starts_with("--")) {
        let Some((name, value)) = declaration.trim_end_matches(';').split_once(':') else {
            continue;
        };
        let value = value.trim();
        let pair = value
            .strip_prefix("light-dark(")
            .and_then(|v| v.strip_suffix(')'));
        let value = match (pair.and_then(|pair| pair.split_once(',')), theme) {
            (Some((light, _)), SvgTheme::Light) => light.trim(),
            (Some((_, dark)), SvgTheme::Dark) => dark.trim(),
            (None, _) => value,
        };
        values.insert(name, value);
    }
    values
}

fn replace_vars(out: &mut String, line: &str, values: &SmallMap<&str, &str>) {
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once("var(") {
        out.push_str(before);
        let (name, behind) = behind.split_once(')').unwrap_or((behind, ""));
        out.push_str(values.get(name.trim()).copied().unwrap_or("currentColor"));
        rest = behind;
    }
    out.push_str(rest);
}

/// Text of XML: markup escaped, what XML cannot hold replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::LogId;
    use crate::view::key::Key;
    use alloc::borrow::Cow;

    const CSS: &str =
        "/* hello */\n.stage {\n  --a: light-dark(#fff, #000);\n}\n.stage .x { fill: var(--a); }\n";

    fn stage(text: &str) -> Stage {
        Stage {
            width: 100,
            height: 50,
            marks: alloc::vec![Mark {
                key: Key::stream(LogId(0), "t"),
                class: Cow::Borrowed("x"),
                shape: Shape::Text {
                    x: 1,
                    y: 2,
                    anchor: Anchor::Start,
                    text: text.into(),
                },
                target: None,
                label: None,
            }],
            ..Stage::default()
        }
    }

    #[test]
    fn each_theme_takes_its_side_of_every_colour() {
        assert!(write(&stage("a"), SvgTheme::Light, CSS).contains(".x { fill: #fff; }"));
        let dark = write(&stage("a"), SvgTheme::Dark, CSS);
        assert!(dark.contains(".x { fill: #000; }"));
        assert!(!dark.contains("var(") && !dark.contains("light-dark") && !dark.contains("/*"));
    }

    #[test]
    fn texts_cannot_break_out_of_the_file() {
        let svg = write(&stage("</svg><script>\u{0}\"&"), SvgTheme::Light, CSS);
        assert!(svg.contains("&lt;/svg&gt;&lt;script&gt;\u{fffd}&quot;&amp;"));
    }
}
