//! The icons: drawn here, fetched from nowhere, silent to screen readers (their buttons have names).

use crate::effects::node::{Tag, tag};

/// What there is.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    First,
    Back,
    Play,
    Pause,
    Forward,
    Last,
    Undo,
    Redo,
    Open,
    Download,
    Share,
    Auto,
    Light,
    Dark,
    Close,
    Down,
    Home,
}

impl Shape {
    /// The path, in a square of 16.
    const fn path(self) -> &'static str {
        match self {
            Self::First => "M3 3h2v10H3zM14 3v10L6 8z",
            Self::Back => "M11 3v10L3 8zM12 3h1.5v10H12z",
            Self::Play => "M4 2.5v11L13.5 8z",
            Self::Pause => "M4 3h3v10H4zM9 3h3v10H9z",
            Self::Forward => "M5 3v10l8-5zM2.500 3H4v10H2.500z",
            Self::Last => "M11 3h2v10h-2zM2 3v10l8-5z",
            Self::Undo => "M6 3 2 6.500 6 10V7.500h4a2.500 2.500 0 0 1 0 5H7V14h3a4 4 0 0 0 0-8H6z",
            Self::Redo => {
                "M10 3l4 3.500L10 10V7.500H6a2.500 2.500 0 0 0 0 5h3V14H6a4 4 0 0 1 0-8h4z"
            }
            Self::Open => "M1.500 3h4.500l1.500 2h7v8.500h-13zM3 6.500V12h10V6.500z",
            Self::Download => {
                "M7.250 2h1.500v6.500l2.250-2.250 1 1L8 11.300 4 7.250l1-1 2.250 2.250zM3 12.500h10V14H3z"
            }
            Self::Share => {
                "M12 1.500a2 2 0 1 1-1.600 3.200L6.900 6.600a2 2 0 0 1 0 2.800l3.500 1.900a2 2 0 1 1-.7 1.300L6 10.600a2 2 0 1 1 0-5.200l3.700-2A2 2 0 0 1 12 1.500"
            }
            Self::Auto => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2m0 1.500v9a4.500 4.500 0 0 1 0-9",
            Self::Light => {
                "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M7.250 1h1.500v2.500h-1.500zM7.250 12.500h1.500V15h-1.500zM1 7.250h2.500v1.500H1zM12.500 7.250H15v1.500h-2.500zM2.600 3.600l1-1 1.800 1.800-1 1zM10.600 11.600l1-1 1.800 1.800-1 1zM2.600 12.400l1.800-1.800 1 1-1.800 1.800zM10.600 4.400l1.800-1.800 1 1-1.800 1.800z"
            }
            Self::Dark => {
                "M6.500 1.800A6.300 6.300 0 1 0 14.200 9.500 5.300 5.300 0 0 1 6.500 1.800"
            }
            Self::Close => {
                "M3.500 2.400 8 6.900l4.500-4.500 1.100 1.100L9.100 8l4.500 4.500-1.100 1.100L8 9.100l-4.500 4.500-1.100-1.100L6.900 8 2.400 3.500z"
            }
            Self::Down => "M3 5.500h10L8 11z",
            Self::Home => "M8 1.500 15 8h-2v6H9.500v-4h-3v4H3V8H1z",
        }
    }
}

/// An icon.
pub(crate) fn icon(shape: Shape) -> Tag {
    tag!(
        "svg",
        "class" = "icon",
        "viewBox" = "0 0 16 16",
        "width" = "16",
        "height" = "16",
        "aria-hidden" = "true"
    )
    .with(tag!("path", "d" = shape.path()))
}
