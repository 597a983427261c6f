//! The picture in words, for those who cannot see it: the same lanes, programs and numbers.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Scene;
use super::plan::Page;
use crate::explain::english;
use crate::view::model::SharedFiles;

/// Everything that the picture shows; `streams` are the lanes of all, each a `thing`.
pub(crate) fn moment(
    scenes: &[Scene<'_>],
    files: Option<&SharedFiles>,
    streams: Page,
    thing: &str,
) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for scene in scenes {
        let (group, lane) = (scene.group, &scene.lane);
        let producers = scene.producers.iter().filter_map(|(_, p)| p.as_ref());
        let readers = scene.readers.iter().filter_map(|(_, r)| r.as_ref());
        let consumers = scene.consumers.iter().filter_map(|(_, c)| c.as_ref());
        sentences.push(lane.sentence.clone());
        sentences.extend(producers.map(|p| p.program.sentence.clone()));
        sentences.extend(readers.map(|reader| reader.sentence.clone()));
        sentences.extend(consumers.map(|c| c.program.sentence.clone()));
        let name = Some(&*lane.name);
        hidden(&mut sentences, group.producers_page, "producer", name);
        hidden(&mut sentences, group.readers_page, "reader", name);
        hidden(&mut sentences, group.consumers_page, "consumer", name);
    }
    sentences.extend(files.map(|files| files.sentence.clone()));
    hidden(&mut sentences, streams, thing, None);
    sentences.join(" ")
}

/// What is left out of the picture, in a sentence.
fn hidden(sentences: &mut Vec<String>, page: Page, thing: &str, of: Option<&str>) {
    if page.is_cut() {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let left_out = english::count(count(page.all - (page.to - page.from)), thing);
        let of = of.map_or_else(String::new, |name| format!(" of {name}"));
        let (first, last) = (
            english::number(count(page.from + 1)),
            english::number(count(page.to)),
        );
        let all = english::number(count(page.all));
        sentences.push(format!(
            "{left_out}{of} not drawn: shown are {first} to {last} of {all}."
        ));
    }
}
