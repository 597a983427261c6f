//! Options: what someone may say besides the fixed part of a statement, in any order, each once. Knows no statement.

use alloc::format;

use super::authoring::help;
use super::doc::OptionDoc;
use super::line::{Class, Expected, Line};
use super::problems::Read;

/// An option of a statement.
pub(crate) struct Opt<T: 'static> {
    pub(crate) doc: OptionDoc,
    pub(crate) read: fn(&mut Line<'_, '_>, &mut T) -> Read<()>,
}

impl Line<'_, '_> {
    /// Reads one of `options` into `target` if one is next. `seen` has a bit for each that was said.
    pub(crate) fn option<T>(
        &mut self,
        options: &[Opt<T>],
        seen: &mut u32,
        target: &mut T,
    ) -> Read<bool> {
        let doc = |place: usize| Some(options.get(place)?.doc);
        let Some(place) = self.next_option(&doc, seen)? else {
            return Ok(false);
        };
        let outside = self.inside.replace(options[place].doc);
        (options[place].read)(self, target)?;
        self.inside = outside;
        Ok(true)
    }

    /// The place of the option that is next, if one is; its words are taken.
    fn next_option(
        &mut self,
        doc: &dyn Fn(usize) -> Option<OptionDoc>,
        seen: &mut u32,
    ) -> Read<Option<usize>> {
        for (place, option) in (0..).map_while(doc).enumerate() {
            if *seen & (1 << place) == 0 {
                self.expect(Expected::Word(option.words, option.about));
            }
        }
        let (Some(token), Some(word)) = (self.peek(), self.peek_word()) else {
            return Ok(None);
        };
        let mut options = (0..).map_while(doc).enumerate();
        let Some((place, option)) = options.find(|(_, o)| o.words.split(' ').next() == Some(word))
        else {
            return Ok(None);
        };
        if *seen & (1 << place) != 0 {
            let message = format!("`{}` is said twice in this statement", option.words);
            let help = help!("keep the one that you mean");
            self.report(token.span, message, help, None);
        }
        *seen |= 1 << place;
        self.abouts.push((token.span, option.about));
        self.bump(Class::Word);
        for word in option.words.split(' ').skip(1) {
            self.require(word)?;
        }
        Ok(Some(place))
    }

    /// Reads `options` up to the end of the line.
    pub(crate) fn options<T>(&mut self, options: &[Opt<T>], target: &mut T) -> Read<()> {
        let mut seen = 0;
        while self.option(options, &mut seen, target)? {}
        Ok(())
    }
}
