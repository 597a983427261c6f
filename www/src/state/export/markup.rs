//! What an author puts into a page to show a run there: an element, a frame, a fence of Markdown, a picture. Knows the
//! address of the app, and no page.

use super::super::AppState;

/// How an author wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkupOptions {
    /// `mini`, `full` or `none`.
    pub controls: &'static str,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// Whether readers may change the text.
    pub editable: bool,
    /// Whether it begins at the moment shown.
    pub from_here: bool,
}

impl Default for MarkupOptions {
    fn default() -> Self {
        Self {
            controls: "mini",
            theme: "auto",
            editable: false,
            from_here: true,
        }
    }
}

impl AppState {
    /// The attributes of an element, without where its text comes from.
    #[must_use]
    pub fn attributes(&self, choice: &MarkupOptions) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        if choice.from_here {
            all.push(("step", self.cursor.event.to_string()));
        }
        if choice.controls != "mini" {
            all.push(("controls", choice.controls.to_owned()));
        }
        if choice.theme != "auto" {
            all.push(("theme", choice.theme.to_owned()));
        }
        if choice.editable {
            all.push(("editable", String::new()));
        }
        all
    }

    /// The lesson that is open as it was written.
    fn lesson(&self) -> Option<&str> {
        let lesson = offset_lab::lessons::find(&self.name)?;
        lesson.is_written(&self.doc.text).then_some(lesson.slug)
    }

    /// An element with its script.
    #[must_use]
    pub fn element(&self, choice: &MarkupOptions, address: &str) -> String {
        let mut tag = String::from("<offset-lab");
        let lesson = self.lesson();
        let lesson_attribute = lesson.map(|name| ("lesson", name.to_owned()));
        for (name, value) in lesson_attribute.into_iter().chain(self.attributes(choice)) {
            tag.push(' ');
            tag.push_str(name);
            if !value.is_empty() {
                tag.push_str(&["=\"", &value, "\""].concat());
            }
        }
        let inside = match lesson {
            Some(_) => String::new(),
            None => ["<pre>\n", &escaped(&self.doc.text), "</pre>"].concat(),
        };
        format!(
            "<script type=\"module\" src=\"{address}offset-lab.js\"></script>\n{tag}>{inside}</offset-lab>\n"
        )
    }

    /// A frame with the script that makes it as high as it needs to be. `link` is a link to what is seen now.
    #[must_use]
    pub fn frame_markup(&self, choice: &MarkupOptions, address: &str, link: &str) -> String {
        let mut query = Vec::new();
        let lesson = self.lesson();
        query.extend(lesson.map(|name| ["lesson=", name].concat()));
        for (name, value) in self.attributes(choice) {
            query.push([name, "=", &value].concat());
        }
        let query = match query.is_empty() {
            true => String::new(),
            false => ["?", &query.join("&amp;")].concat(),
        };
        let fragment = match lesson {
            Some(_) => String::new(),
            None => ["#", link].concat(),
        };
        format!(
            "<iframe src=\"{address}embed.html{query}{fragment}\" title=\"A run of Offset Lab\" width=\"700\" \
             height=\"420\" frameborder=\"0\" loading=\"lazy\"></iframe>\n\
             <script src=\"{address}resize.js\"></script>\n"
        )
    }

    /// A fence of Markdown.
    #[must_use]
    pub fn fence(&self, choice: &MarkupOptions) -> String {
        let words =
            self.attributes(choice)
                .into_iter()
                .map(|(name, value)| match value.is_empty() {
                    true => [" ", name].concat(),
                    false => [" ", name, "=", &value].concat(),
                });
        let words: String = words.collect();
        let text = &self.doc.text;
        // Longer than any fence inside.
        let longest = text.lines().map(|line| {
            let line = line.trim_start();
            line.len() - line.trim_start_matches('`').len()
        });
        let fence = "`".repeat(longest.max().unwrap_or(0).max(2) + 1);
        let end = if text.ends_with('\n') { "" } else { "\n" };
        format!("{fence}offset-lab{words}\n{text}{end}{fence}\n")
    }

    /// A picture in the colours that a reader's system asks for, of the two files of that name.
    #[must_use]
    pub fn picture_markup(&self) -> String {
        let name = &self.name;
        let words = self.frame.as_ref().map_or("", |f| &f.stage.description);
        format!(
            "<picture>\n  <source srcset=\"{name}-dark.svg\" media=\"(prefers-color-scheme: dark)\">\n  \
             <img src=\"{name}.svg\" alt=\"{}\">\n</picture>\n",
            escaped(words)
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{act, open};
    use super::*;
    use crate::state::{Action, Seek};

    #[test]
    fn a_lesson_is_named_and_a_text_of_ones_own_is_written_out() {
        let lesson = act(&AppState::default(), Action::Open("deduplication".into()));
        let at = lesson.cursor.event;
        let choice = MarkupOptions::default();
        let element = lesson.element(&choice, "https://x.org/");
        assert!(element.contains(&format!(
            "<offset-lab lesson=\"deduplication\" step=\"{at}\"></offset-lab>"
        )));
        let own = act(&open("stream s # <a> & \"b\"\n"), Action::Seek(Seek::First));
        let choice = MarkupOptions {
            controls: "full",
            theme: "dark",
            editable: true,
            from_here: false,
        };
        assert!(own.element(&choice, "./").ends_with(
            "<offset-lab controls=\"full\" theme=\"dark\" editable><pre>\n\
             stream s # &lt;a&gt; &amp; &quot;b&quot;\n</pre></offset-lab>\n"
        ));
        let frame = own.frame_markup(&choice, "./", "s1:AAAA");
        let src = "./embed.html?controls=full&amp;theme=dark&amp;editable=#s1:AAAA";
        assert!(frame.contains(src), "{frame}");
        assert_eq!(
            own.fence(&choice),
            "```offset-lab controls=full theme=dark editable\nstream s # <a> & \"b\"\n```\n"
        );
    }

    #[test]
    fn a_fence_is_longer_than_any_inside() {
        let state = open("> ```\n> ````\nstream s\n");
        assert!(
            state
                .fence(&MarkupOptions::default())
                .starts_with("```offset")
        );
        let state = open("# a\n````\n");
        assert!(
            state
                .fence(&MarkupOptions::default())
                .starts_with("`````offset")
        );
    }
}
