//! Keeps drafts and settings on this machine. A storage that fails is survived: the app says so once and
//! goes on with what it has in memory. Must not know what a draft says.

use std::collections::BTreeMap;
use std::rc::Rc;

use web_sys::Storage;
use yew::prelude::*;

use super::store::{Lab, Snapshot};
use crate::state::Action;
use crate::state::drafts::{self, Drafts};
use crate::state::settings::Settings;

/// What is said when nothing can be kept.
const CANNOT: &str = "This browser keeps nothing for this page: changes last until it is closed. Download what you want to keep.";

/// Takes over what was kept, then keeps what changes.
#[hook]
pub(crate) fn use_storage(state: &Snapshot, lab: &Lab, on: bool) {
    let failed = use_mut_ref(|| false);
    let first = use_mut_ref(|| true);
    {
        let lab = lab.clone();
        use_effect_with((), move |()| {
            if let Some(kept) = storage().filter(|_| on) {
                lab.send(restore(&kept));
            }
        });
    }
    let (drafts, settings, lab) = (state.drafts.clone(), state.settings, lab.clone());
    let deps = (drafts, settings);
    use_effect_with(deps, move |(drafts, settings)| {
        // What was there before anything was taken over is not kept.
        if first.replace(false) {
            return;
        }
        if on && keep(drafts, *settings).is_none() && !failed.replace(true) {
            lab.send(Action::Notice(CANNOT.into()));
        }
    });
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn get(storage: &Storage, key: &str) -> Option<String> {
    storage.get_item(key).ok().flatten()
}

fn restore(storage: &Storage) -> Action {
    let kept = get(storage, &drafts::index_key()).unwrap_or_default();
    let names = drafts::read_index(&kept);
    let current = get(storage, &drafts::current_key());
    let mut texts = BTreeMap::new();
    for name in names.into_iter().take(drafts::MOST) {
        let text = get(storage, &drafts::draft_key(&name));
        if let Some(text) = text.filter(|text| text.len() <= drafts::BYTES) {
            texts.insert(Rc::from(name), Rc::from(text));
        }
    }
    Action::Restore {
        drafts: Drafts {
            texts: Rc::new(texts),
            current: current.map(Into::into),
        },
        settings: Settings::read(&get(storage, &drafts::settings_key()).unwrap_or_default()),
    }
}

/// `None`: something could not be kept.
fn keep(drafts: &Drafts, settings: Settings) -> Option<()> {
    let storage = storage()?;
    let set = |key: &str, value: &str| storage.set_item(key, value).ok();
    set(&drafts::settings_key(), &settings.write())?;
    let Some(current) = &drafts.current else {
        return Some(());
    };
    set(&drafts::current_key(), current)?;
    let key = drafts::draft_key(current);
    let Some(text) = drafts.texts.get(current) else {
        return storage.remove_item(&key).ok();
    };
    if text.len() > drafts::BYTES {
        return None;
    }
    let kept = get(&storage, &drafts::index_key()).unwrap_or_default();
    let (index, gone) = drafts::touch(drafts::read_index(&kept), current);
    for name in gone {
        storage.remove_item(&drafts::draft_key(&name)).ok()?;
    }
    set(&drafts::index_key(), &index)?;
    set(&key, text)
}
