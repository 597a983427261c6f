//! How a person likes the app: view state that never influences a run. Knows no storage.

use offset_lab::trace::Level;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order in which the button walks through them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its word in attributes and options.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.word() == word)
    }

    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

/// How fast a scenario plays: a power of two, from ⅛× to 64×.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speed(i8);

/// A player's beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Milliseconds between two beats.
    pub every_ms: u32,
    /// Steps at each.
    pub steps: u32,
}

/// A beat of the story takes so many steps of the player at the most: what happens at once is not told one by one.
const STEPS_IN_BEAT: u32 = 6;

impl Beat {
    /// The same where one beat of the story has so many steps.
    #[must_use]
    pub const fn told(self, steps: u32) -> Self {
        Self {
            steps: self.steps * steps.div_ceil(STEPS_IN_BEAT),
            ..self
        }
    }
}

impl Speed {
    /// The slowest, as a power of two.
    pub const SLOWEST: i8 = -3;
    /// The fastest, as a power of two.
    pub const FASTEST: i8 = 6;

    /// The speed of a power of two; out of bounds is the nearest bound.
    #[must_use]
    pub fn new(power: i8) -> Self {
        Self(power.clamp(Self::SLOWEST, Self::FASTEST))
    }

    /// Its power of two.
    #[must_use]
    pub const fn power(self) -> i8 {
        self.0
    }

    /// As people write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self.0 {
            ..=-3 => "⅛×",
            -2 => "¼×",
            -1 => "½×",
            0 => "1×",
            1 => "2×",
            2 => "4×",
            3 => "8×",
            4 => "16×",
            5 => "32×",
            6.. => "64×",
        }
    }

    /// Two steps a second at 1×; never more than about 30 beats a second.
    #[must_use]
    pub const fn beat(self) -> Beat {
        match self.0 {
            power @ ..=3 => Beat {
                every_ms: if power < 0 {
                    500 << -power
                } else {
                    500 >> power
                },
                steps: 1,
            },
            power => Beat {
                every_ms: 62,
                steps: 1 << (power - 3),
            },
        }
    }
}

/// What is kept of it on this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The theme.
    pub theme: Theme,
    /// The speed.
    pub speed: Speed,
    /// How much is shown.
    pub level: Level,
}

impl Preferences {
    /// As text.
    #[must_use]
    pub fn write(self) -> String {
        let (theme, level) = (self.theme.word(), self.level.word());
        format!("theme={theme}\nspeed={}\nlevel={level}\n", self.speed.0)
    }

    /// From text; what is not understood stays as it is by default.
    #[must_use]
    pub fn read(kept: &str) -> Self {
        let mut settings = Self::default();
        for (name, value) in kept.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "theme" => settings.theme = Theme::from_word(value).unwrap_or_default(),
                "speed" => settings.speed = Speed::new(value.parse().unwrap_or(0)),
                "level" => settings.level = Level::from_word(value).unwrap_or_default(),
                _ => {}
            }
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_a_round_trip_and_garbage() {
        let settings = Preferences {
            theme: Theme::Dark,
            speed: Speed::new(-2),
            level: Level::Messages,
        };
        assert_eq!(Preferences::read(&settings.write()), settings);
        assert_eq!(
            Preferences::read("speed=many\n\u{0}=\ntheme"),
            Preferences::default()
        );
        assert_eq!(
            Preferences::read("speed=99").speed,
            Speed::new(Speed::FASTEST)
        );
    }

    #[test]
    fn one_times_is_two_events_a_second() {
        assert_eq!(Speed::new(0).beat().every_ms, 500);
        assert_eq!(Speed::new(-3).beat().every_ms, 4_000);
        let fastest = Speed::new(6).beat();
        assert_eq!((fastest.every_ms, fastest.steps), (62, 8));
    }
}
