//! Keeps drafts and settings on this machine. A storage that fails is survived: the app says so once and
//! goes on with what it has in memory. What others keep there is left alone: other tabs, later versions, garbage.
//! Must not know what a draft says.

use std::rc::Rc;

use offset_lab::base::SmallMap;
use web_sys::Storage;
use yew::prelude::*;

use super::after::{After, use_after};
use super::store::{Lab, Snapshot};
use crate::state::Action;
use crate::state::drafts::{self, Drafts, NotKept};
use crate::state::kept::Kept;
use crate::state::progress::{self, CourseProgress};
use crate::state::settings::Preferences;

/// What this app last saw under the key of a draft.
type Seen = SmallMap<Rc<str>, Option<Rc<str>>>;

/// What was kept, if anything can be.
pub(crate) fn kept() -> Option<Kept> {
    storage().map(|storage| restore(&storage))
}

/// Keeps what changes. The state was begun with what was kept.
#[hook]
pub(crate) fn use_storage(state: &Snapshot, lab: &Lab, on: bool) {
    let said = use_mut_ref(|| None::<NotKept>);
    let first = use_mut_ref(|| true);
    let seen = use_mut_ref(|| {
        let texts = state.drafts.texts.iter();
        let seen: Seen = texts.map(|(n, t)| (n.clone(), Some(t.clone()))).collect();
        seen
    });
    let (drafts, settings, lab) = (state.drafts.clone(), state.settings, lab.clone());
    let deps = (drafts, settings, state.progress.clone());
    use_after(After::new(deps, move |(drafts, settings, progress)| {
        // What the state was begun with is kept already.
        if first.replace(false) || !on {
            return;
        }
        let kept =
            keep_progress(progress).and_then(|()| keep(drafts, *settings, &mut seen.borrow_mut()));
        match kept {
            Ok(None) => {}
            Ok(Some(theirs)) => lab.send(Action::Part { theirs: theirs.0 }),
            Err(why) => {
                if said.replace(Some(why)) != Some(why) {
                    lab.send(Action::Notice(why.words().into()));
                }
            }
        }
    }));
}

/// What someone else has put in the place of this app's draft.
struct Theirs(Option<Rc<str>>);

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn get(storage: &Storage, key: &str) -> Option<String> {
    storage.get_item(key).ok().flatten()
}

fn restore(storage: &Storage) -> Kept {
    let kept = get(storage, &drafts::index_key()).unwrap_or_default();
    let names = drafts::read_index(&kept);
    let current = get(storage, &drafts::current_key());
    let mut texts = SmallMap::new();
    for name in names.into_iter().take(drafts::MOST) {
        let text = get(storage, &drafts::draft_key(&name));
        if let Some(text) = text.filter(|text| text.len() <= drafts::BYTES) {
            texts.insert(Rc::from(name), Rc::from(text));
        }
    }
    let words = match drafts::is_index(&kept) {
        // Setting aside may fail like anything else; then it is only not read.
        false => {
            let _ = storage.set_item(&drafts::aside_key(), &kept);
            Some(drafts::GARBLED.into())
        }
        true => has_later(storage).then(|| drafts::LATER.into()),
    };
    let progress = get(storage, &progress::key()).unwrap_or_default();
    let (progress, unread) = match CourseProgress::read(&progress) {
        Ok(progress) => (progress, None),
        Err(_) if progress.is_empty() => (CourseProgress::default(), None),
        Err(_) => {
            let _ = storage.set_item(&progress::aside_key(), &progress);
            (CourseProgress::default(), Some(Rc::from(drafts::GARBLED)))
        }
    };
    Kept {
        progress,
        drafts: Drafts {
            texts: Rc::new(texts),
            current: current.map(Into::into),
        },
        settings: Preferences::read(&get(storage, &drafts::settings_key()).unwrap_or_default()),
        words: words.or(unread),
    }
}

fn has_later(storage: &Storage) -> bool {
    let keys = storage.length().unwrap_or(0).min(1_000);
    let mut keys = (0..keys).filter_map(|at| storage.key(at).ok().flatten());
    keys.any(|key| drafts::is_later(&key))
}

/// Keeps how far one has come, and what another tab has come to; who forgets it forgets all of it.
fn keep_progress(progress: &CourseProgress) -> Result<(), NotKept> {
    let storage = storage().ok_or(NotKept::Refused)?;
    let there = get(&storage, &progress::key()).and_then(|there| CourseProgress::read(&there).ok());
    let all = match there.filter(|_| !progress.is_empty()) {
        Some(there) => progress.with(&there),
        None => progress.clone(),
    };
    let set = storage.set_item(&progress::key(), &all.write());
    set.map_err(|_| NotKept::Refused)
}

/// Keeps settings and the draft of the scenario that is open, unless someone else has changed it since.
fn keep(
    drafts: &Drafts,
    settings: Preferences,
    seen: &mut Seen,
) -> Result<Option<Theirs>, NotKept> {
    let storage = storage().ok_or(NotKept::Refused)?;
    let set = |key: &str, value: &str| {
        let set = storage.set_item(key, value);
        set.map_err(|_| NotKept::Refused)
    };
    set(&drafts::settings_key(), &settings.write())?;
    let Some(current) = &drafts.current else {
        return Ok(None);
    };
    set(&drafts::current_key(), current)?;
    let key = drafts::draft_key(current);
    let text = drafts.texts.get(current);
    let there: Option<Rc<str>> = get(&storage, &key).map(Into::into);
    let known = seen.get(current).cloned().flatten();
    if there == text.cloned() {
        seen.insert(current.clone(), there);
        return Ok(None);
    }
    if there != known && there.is_some() {
        seen.insert(current.clone(), there.clone());
        // A lesson as it was written needs no draft, and takes nobody's.
        return Ok(text.map(|_| Theirs(there)));
    }
    let Some(text) = text else {
        seen.insert(current.clone(), None);
        return storage
            .remove_item(&key)
            .map_or(Err(NotKept::Refused), |()| Ok(None));
    };
    if text.len() > drafts::BYTES {
        return Err(NotKept::TooLong);
    }
    let kept = get(&storage, &drafts::index_key()).unwrap_or_default();
    let (index, gone) = drafts::touch(drafts::read_index(&kept), current);
    for name in gone {
        let removed = storage.remove_item(&drafts::draft_key(&name));
        removed.map_err(|_| NotKept::Refused)?;
    }
    set(&drafts::index_key(), &index)?;
    set(&key, text)?;
    seen.insert(current.clone(), Some(text.clone()));
    Ok(None)
}
