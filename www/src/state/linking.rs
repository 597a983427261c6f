//! Links: opening what one holds, comparing its run with that of whoever made it, and making one. Knows no address.

use std::rc::Rc;

use offset_lab::ids::LogId;
use offset_lab::lessons;
use offset_lab::view::Target;

use super::{Action, Aim, AppState};
use crate::link::{Broken, DICTIONARY_FILE, LinkVersion, ShareLink, is_link};

impl AppState {
    /// Opens what a link holds. What is no link at all is none of ours.
    #[inline(never)]
    pub(super) fn open_link(&mut self, fragment: &str) {
        if !is_link(fragment) {
            return;
        }
        let again = Action::OpenLink(fragment.into());
        let Some(dictionary) = self.file(DICTIONARY_FILE, again) else {
            return;
        };
        let link = match ShareLink::read(fragment, &dictionary) {
            Ok(link) => link,
            Err(Broken::NoLink) => return,
            Err(broken) => {
                self.notice = Some(format!("Nothing was opened: {broken}.").into());
                return;
            }
        };
        let (cursor, selected) = (link.cursor, link.selected);
        let lesson = lessons::all().find(|l| l.is_written(&link.text));
        let text = Rc::from(&*link.text);
        if let Some(lesson) = lesson {
            self.know(lesson, &text);
        }
        self.linked = Some(Rc::new(link));
        match lesson.filter(|lesson| !self.drafts.texts.contains_key(lesson.slug)) {
            Some(lesson) => self.open(lesson.slug),
            None => self.open_text(&text),
        }
        self.look.selected = selected;
        if selected.is_some() {
            self.look.tab = super::Tab::Inspector;
        }
        if let Some(job) = &mut self.job {
            job.aim = Aim::To(cursor);
        }
    }

    /// The link by which the very text that is open was opened.
    pub(super) fn link_of_text(&self) -> Option<&Rc<ShareLink>> {
        let link = self.linked.as_ref()?;
        (*link.text == *self.doc.text).then_some(link)
    }

    /// A link may select what its text has not: nothing then.
    pub(super) fn drop_selection_of_nothing(&mut self) {
        let Some(good) = &self.good else {
            return;
        };
        let scenario = good.timeline().scenario();
        let is_stream = |stream: LogId| stream.index() < scenario.streams.len();
        let is_there = match self.look.selected {
            // Whether such a file is there, the inspector says.
            None | Some(Target::File(_)) => true,
            Some(Target::Actor(actor) | Target::Pending(actor, _)) => {
                actor.index() < scenario.actors.len()
            }
            Some(
                Target::Stream(stream)
                | Target::Section(stream, _)
                | Target::Block(stream, _)
                | Target::Message(stream, _)
                | Target::Window(stream),
            ) => is_stream(stream),
            Some(Target::Set(set)) => set.index() < scenario.sets.len(),
            Some(Target::Node(node)) => node.0 < scenario.header.nodes.max(1),
            Some(Target::Look(..)) => false,
        };
        if !is_there {
            self.look.selected = None;
        }
    }

    /// Says so, if the run is another than that of whoever made the link. That is said once.
    pub(super) fn compare_with_link(&mut self) {
        let Some(link) = self.link_of_text().map(Rc::clone) else {
            return;
        };
        let found = self.good.as_ref().and_then(|good| good.found.as_ref());
        if let (Some(theirs), Some(found)) = (&link.trail, found) {
            let ours = found.like.as_ref().unwrap_or(&found.trail);
            if let Some(events) = theirs.differs(ours) {
                let (first, last) = (events.start(), events.end());
                let place = match first == last {
                    true => format!("from event {first} on"),
                    false => format!("from event {first} on, or from one of those up to {last}"),
                };
                let version = link.version;
                self.notice = Some(
                    format!("This link was made with version {version}: the run differs {place}.")
                        .into(),
                );
            }
            self.linked = None;
        }
    }

    /// A link to what is seen now.
    #[must_use]
    pub fn link(&self) -> ShareLink {
        let good = self.good.as_ref().filter(|good| good.is_of(&self.doc.text));
        let found = good.and_then(|good| good.found.as_ref());
        ShareLink {
            text: self.doc.text.to_string(),
            cursor: self.cursor,
            selected: self.look.selected,
            version: LinkVersion::here(),
            trail: found.map(|found| found.trail.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, open};
    use super::{AppState, LinkVersion, ShareLink};
    use crate::link::DICTIONARY;
    use crate::state::{Action, Seek};
    use offset_lab::ids::{ActorId, LogId, Offset, SetId};
    use offset_lab::view::Target;
    use offset_lab::world::Cursor;

    const TEXT: &str = "stream s\nproducer p on s\npublish p 30 \"m{n}\"\nrun\n\
        consumer c on s from first takes 1ms\nrun\n";

    fn opened(link: &ShareLink) -> AppState {
        act(
            &AppState::default(),
            Action::OpenLink(link.write(DICTIONARY).into()),
        )
    }

    #[test]
    fn a_link_opens_text_moment_and_selection_of_whoever_made_it() {
        let state = act(&open(TEXT), Action::Seek(Seek::Last));
        let state = act(&state, Action::Seek(Seek::Steps(-3)));
        let state = act(&state, Action::Select(Some(Target::Actor(ActorId(1)))));
        let there = opened(&state.link());
        assert_eq!(there.doc.text, state.doc.text);
        assert_eq!(there.cursor, state.cursor);
        assert_eq!(there.look.selected, state.look.selected);
        assert_eq!(there.notice, None, "the same run");
    }

    #[test]
    fn a_lesson_stays_one_and_its_draft_is_not_lost() {
        let name = "deduplication";
        let lesson = act(&AppState::default(), Action::Open(name.into()));
        let link = lesson.link();
        assert_eq!(&*opened(&link).name, name);
        let text = "stream mine\n".into();
        let changed = act(&lesson, Action::Type { text, caret: 0 });
        let there = act(&changed, Action::OpenLink(link.write(DICTIONARY).into()));
        assert_eq!((&*there.name, &there.doc.text), ("own", &lesson.doc.text));
        let back = act(&there, Action::Open(name.into()));
        assert_eq!(&*back.doc.text, "stream mine\n");
    }

    #[test]
    fn a_run_that_differs_is_said_to_differ_and_from_where_on() {
        let state = open(TEXT);
        let mut link = state.link();
        link.version = LinkVersion(0, 9, 7);
        assert_eq!(opened(&link).notice, None, "another version, the same run");
        let trail = link.trail.as_mut().expect("it has run");
        trail.digest[0] ^= 1;
        let place = trail.samples.len() - 1;
        trail.samples[place] ^= 1;
        let words = opened(&link).notice.expect("words");
        assert!(
            words.contains("made with version 0.9.7: the run differs from event "),
            "{words}"
        );
    }

    #[test]
    fn what_a_link_selects_that_is_not_there_is_not_selected() {
        let link = |selected| ShareLink {
            selected: Some(selected),
            cursor: Cursor {
                event: u32::MAX,
                part: u64::MAX,
            },
            ..open(TEXT).link()
        };
        for target in [
            Target::Actor(ActorId(9)),
            Target::Pending(ActorId(9), 3),
            Target::Stream(LogId(7)),
            Target::Section(LogId(7), 0),
            Target::Set(SetId(0)),
        ] {
            let state = opened(&link(target));
            assert_eq!(state.look.selected, None);
            assert_eq!(state.cursor.event, state.events());
        }
        // These may be there, or not: the picture says, and nothing panics.
        for target in [
            Target::Section(LogId(0), u32::MAX),
            Target::Block(LogId(0), u32::MAX),
            Target::File(u32::MAX),
            Target::Message(LogId(0), Offset(u64::MAX)),
            Target::Pending(ActorId(0), u64::MAX),
        ] {
            let state = opened(&link(target));
            assert!(state.frame.is_some());
        }
    }

    #[test]
    fn a_broken_link_is_said_to_be_broken_and_what_is_none_is_left_alone() {
        let open = |fragment: &str| act(&AppState::default(), Action::OpenLink(fragment.into()));
        assert_eq!(open("#main").notice, None);
        let whole = AppState::default().link().write(DICTIONARY);
        let cut = open(&whole[..whole.len() / 2]);
        assert!(cut.notice.is_some_and(|words| words.contains("not whole")));
        let later = open("#s7:AAAA");
        assert!(
            later
                .notice
                .is_some_and(|words| words.contains("later version"))
        );
    }
}
