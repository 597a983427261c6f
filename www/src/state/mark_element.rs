//! One mark of the picture as an element: its name, its attributes and its text, translated one to one. Knows no page.

use std::borrow::Cow;

use offset_lab::view::stage::LaneArea;
use offset_lab::view::{Anchor, Mark, Shape, Target};

use super::drag::{Nudge, nudged, window_words};

/// An element, as what draws it has to make it.
#[derive(Debug, PartialEq, Eq)]
pub struct MarkElement<'a> {
    /// Its name, in the namespace of SVG.
    pub name: &'static str,
    /// Its attributes.
    pub attributes: Vec<(AttributeName, AttributeValue<'a>)>,
    /// What stands in it.
    pub text: Option<&'a str>,
}

macro_rules! names {
    ($($name:ident $word:literal),+ $(,)?) => {
        /// The name of an attribute.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum AttributeName {
            $(#[doc = concat!("`", $word, "`")] $name),+
        }

        impl AttributeName {
            /// Their words, each at the place of its name.
            pub const WORDS: &[&str] = &[$($word),+];
        }
    };
}

names! {
    X "x",
    Y "y",
    CentreX "cx",
    CentreY "cy",
    Width "width",
    Height "height",
    CornerRadius "rx",
    Radius "r",
    Outline "d",
    TextAnchor "text-anchor",
    Transform "transform",
    Class "class",
    Mark "data-mark",
    TabIndex "tabindex",
    Role "role",
    Hidden "aria-hidden",
    Label "aria-label",
    Lowest "aria-valuemin",
    Highest "aria-valuemax",
    Now "aria-valuenow",
    InWords "aria-valuetext",
}

/// What an attribute says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue<'a> {
    /// A number.
    Number(i32),
    /// Anything else.
    Words(Cow<'a, str>),
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for AttributeValue<'a> {
    fn from(words: T) -> Self {
        Self::Words(words.into())
    }
}

impl<'a> MarkElement<'a> {
    /// The element of a mark, which moved where it stands from `anchor`, by a transform: that can be animated, but costs a
    /// browser more than a place does. One mark of a picture is in the order of tabs.
    #[must_use]
    pub fn new(mark: &'a Mark, anchor: Place, in_tab_order: bool, lanes: &[LaneArea]) -> Self {
        let mut element = Self::shape(&mark.shape, anchor);
        let (x, y) = place(mark);
        if (x, y) != anchor {
            let way = format!("translate({} {})", x - anchor.0, y - anchor.1);
            element.is(AttributeName::Transform, way);
        }
        element.is(AttributeName::Class, &*mark.class);
        if let Some(label) = &mark.label {
            element.is(AttributeName::Label, label);
        }
        match (mark.target, window(mark, lanes)) {
            (None, _) => element.is(AttributeName::Hidden, "true"),
            (Some(_), lane) => element.is_used(in_tab_order, lane),
        }
        element
    }

    fn is(&mut self, name: AttributeName, value: impl Into<AttributeValue<'a>>) {
        self.attributes.push((name, value.into()));
    }

    /// It is a button, or, where it shows a window, like the thumb of a slider.
    fn is_used(&mut self, in_tab_order: bool, window: Option<&LaneArea>) {
        self.is(AttributeName::Mark, "");
        self.is(
            AttributeName::TabIndex,
            if in_tab_order { "0" } else { "-1" },
        );
        let Some(lane) = window else {
            return self.is(AttributeName::Role, "button");
        };
        self.is(AttributeName::Role, "slider");
        self.is(AttributeName::Lowest, lane.first.to_string());
        let highest = nudged(lane, Nudge::Last);
        self.is(AttributeName::Highest, highest.to_string());
        self.is(AttributeName::Now, lane.from.to_string());
        self.is(AttributeName::InWords, window_words(lane));
    }

    fn shape(shape: &'a Shape, (x, y): Place) -> Self {
        use AttributeName as Name;
        let size = |size: &u32| i32::try_from(*size).unwrap_or(i32::MAX);
        let (name, numbers, text): (_, &[(Name, i32)], _) = match shape {
            Shape::Rect {
                width,
                height,
                radius,
                ..
            } => (
                "rect",
                &[
                    (Name::X, x),
                    (Name::Y, y),
                    (Name::Width, size(width)),
                    (Name::Height, size(height)),
                    (Name::CornerRadius, size(radius)),
                ],
                None,
            ),
            Shape::Circle { radius, .. } => (
                "circle",
                &[
                    (Name::CentreX, x),
                    (Name::CentreY, y),
                    (Name::Radius, size(radius)),
                ],
                None,
            ),
            Shape::Path { .. } => ("path", &[], None),
            Shape::Text { text, .. } => {
                ("text", &[(Name::X, x), (Name::Y, y)], Some(text.as_str()))
            }
        };
        // Room for all that a mark most often has.
        let mut attributes = Vec::with_capacity(12);
        let each = numbers.iter();
        attributes.extend(each.map(|(name, number)| (*name, AttributeValue::Number(*number))));
        match shape {
            Shape::Path { d } => attributes.push((Name::Outline, d.to_string().into())),
            Shape::Text { anchor, .. } => {
                attributes.push((Name::TextAnchor, word(*anchor).into()));
            }
            Shape::Rect { .. } | Shape::Circle { .. } => {}
        }
        Self {
            name,
            attributes,
            text,
        }
    }
}

/// A place in a picture, in its units.
pub type Place = (i32, i32);

/// Where a mark stands.
#[must_use]
pub const fn place(mark: &Mark) -> Place {
    match &mark.shape {
        Shape::Rect { x, y, .. } | Shape::Circle { x, y, .. } | Shape::Text { x, y, .. } => {
            (*x, *y)
        }
        Shape::Path { .. } => (0, 0),
    }
}

/// The lane whose window a mark is.
fn window<'l>(mark: &Mark, lanes: &'l [LaneArea]) -> Option<&'l LaneArea> {
    match (mark.target, &mark.shape) {
        (Some(Target::Window(stream)), Shape::Rect { .. }) => {
            lanes.iter().find(|lane| lane.stream == stream)
        }
        (Some(_) | None, _) => None,
    }
}

const fn word(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}
