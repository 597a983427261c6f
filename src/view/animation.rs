//! Several pictures as one SVG file that shows them one after the other, once, and rests on the last. A reader who wants
//! no motion sees the last. Lays nothing out.

use alloc::format;
use alloc::string::String;
use core::fmt::Write;

use super::stage::Stage;
use super::svg::{SvgTheme, escaped, styles, write_mark};

/// The file: each of these pictures is shown for so long. `css` is [`STYLES`](super::svg::STYLES).
#[must_use]
pub fn animate(stages: &[Stage], each_ms: u32, theme: SvgTheme, css: &str) -> String {
    let width = stages.iter().map(|stage| stage.width).max().unwrap_or(1);
    let height = stages.iter().map(|stage| stage.height).max().unwrap_or(1);
    let words = stages.last().map_or("", |stage| &stage.description);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stage\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\">\n<title>{}</title>\n<style>\n{}{}</style>\n\
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n",
        escaped(words),
        styles(css, theme),
        motion(stages.len(), each_ms),
    );
    for (place, stage) in stages.iter().enumerate() {
        writeln!(out, "<g class=\"step s{place}\">").expect("writing to a string cannot fail");
        for mark in &stage.marks {
            write_mark(&mut out, mark);
        }
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// When which picture is seen.
fn motion(count: usize, each_ms: u32) -> String {
    let at = |place: usize| u64::from(each_ms) * place as u64;
    let last = count.saturating_sub(1);
    let mut css = format!(
        "@keyframes seen {{ from, to {{ visibility: visible; }} }}\n\
         @keyframes unseen {{ from, to {{ visibility: hidden; }} }}\n\
         .step {{ visibility: hidden; animation: seen {each_ms}ms; }}\n"
    );
    for place in 0..last {
        writeln!(css, ".s{place} {{ animation-delay: {}ms; }}", at(place))
            .expect("writing to a string cannot fail");
    }
    // Where nothing moves, the last is what is seen.
    writeln!(
        css,
        ".s{last} {{ visibility: visible; animation: unseen {}ms; }}\n\
         @media (prefers-reduced-motion: reduce) {{ .step {{ animation: none; }} }}",
        at(last)
    )
    .expect("writing to a string cannot fail");
    css
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn each_picture_has_its_turn_and_the_last_stays() {
        let stage = |width| Stage {
            width,
            height: 50,
            marks: Vec::new(),
            description: format!("{width} <units>"),
            lanes: Vec::new(),
        };
        let file = animate(
            &[stage(100), stage(300), stage(200)],
            500,
            SvgTheme::Light,
            "",
        );
        assert!(file.contains("width=\"300\" height=\"50\""));
        assert!(file.contains("<title>200 &lt;units&gt;</title>"));
        assert_eq!(file.matches("<g class=\"step s").count(), 3);
        assert!(file.contains(".s1 { animation-delay: 500ms; }"));
        assert!(file.contains(".s2 { visibility: visible; animation: unseen 1000ms; }"));
        assert!(animate(&[], 500, SvgTheme::Dark, "").ends_with("</svg>\n"));
    }
}
