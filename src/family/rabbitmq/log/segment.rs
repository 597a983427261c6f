//! A segment: consecutive chunks of one file, the unit of retention. Knows no other segment.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::chunk::{Chunk, ChunkKind};
use super::size::SEGMENT_HEADER;
use crate::ids::Offset;
use crate::units::SimTime;

/// Chunks in one page. Copies of a log share pages; only the last one is ever copied on a write.
const PAGE: usize = 256;

/// A segment file. Copying one costs its pages, not its chunks.
#[derive(Clone, Debug)]
pub struct Segment {
    first: Offset,
    pages: Vec<Arc<Page>>,
    bytes: u64,
}

/// Some consecutive chunks, at least one.
#[derive(Clone, Debug, Default)]
struct Page {
    chunks: Vec<Arc<Chunk>>,
    /// Whether any of them holds messages: readers pass over pages of tracking at once.
    messages: bool,
}

impl Page {
    fn push(&mut self, chunk: Arc<Chunk>) {
        self.messages |= chunk.kind == ChunkKind::User;
        self.chunks.push(chunk);
    }
}

impl Segment {
    /// A new file, named after the chunk that it will begin with.
    #[must_use]
    pub fn new(first: Offset) -> Self {
        Self {
            first,
            pages: Vec::new(),
            bytes: SEGMENT_HEADER,
        }
    }

    /// The id of the first chunk, which is the file's name.
    #[must_use]
    pub const fn first(&self) -> Offset {
        self.first
    }

    /// Bytes of the file, its header included.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Chunks of all kinds.
    #[must_use]
    pub fn len(&self) -> u64 {
        match self.pages.last() {
            Some(page) => (self.pages.len() as u64 - 1) * PAGE as u64 + page.chunks.len() as u64,
            None => 0,
        }
    }

    /// Whether no chunk was written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Appends a chunk.
    pub fn push(&mut self, chunk: Arc<Chunk>) {
        self.bytes = self.bytes.saturating_add(chunk.bytes);
        match self.pages.last_mut() {
            Some(page) if page.chunks.len() < PAGE => Arc::make_mut(page).push(chunk),
            Some(_) | None => {
                let mut page = Page::default();
                page.push(chunk);
                self.pages.push(Arc::new(page));
            }
        }
    }

    /// The chunks, oldest first.
    pub fn chunks(&self) -> impl DoubleEndedIterator<Item = &Arc<Chunk>> {
        self.pages.iter().flat_map(|page| page.chunks.iter())
    }

    /// The first chunk.
    #[must_use]
    pub fn head(&self) -> Option<&Arc<Chunk>> {
        self.pages.first()?.chunks.first()
    }

    /// The last chunk.
    #[must_use]
    pub fn last(&self) -> Option<&Arc<Chunk>> {
        self.pages.last()?.chunks.last()
    }

    /// When the last chunk was written.
    #[must_use]
    pub fn last_timestamp(&self) -> Option<SimTime> {
        self.last().map(|chunk| chunk.timestamp)
    }

    /// The chunk with the greatest id at or below `offset`.
    #[must_use]
    pub fn floor(&self, offset: Offset) -> Option<&Arc<Chunk>> {
        self.before(|chunk| chunk.id <= offset)
    }

    /// The first chunk stamped at or after `ms` milliseconds. Stamps never go back.
    #[must_use]
    pub fn at_or_after(&self, ms: u64) -> Option<&Arc<Chunk>> {
        let earlier = |chunk: &Chunk| chunk.timestamp.as_millis() < ms;
        let behind = |page: &Arc<Page>| page.chunks.last().is_some_and(|c| earlier(c));
        let page = self.pages.get(self.pages.partition_point(behind))?;
        let at = page.chunks.partition_point(|chunk| earlier(chunk));
        page.chunks.get(at)
    }

    /// The first chunk with messages that does not end at or before `offset`.
    #[must_use]
    pub fn user_from(&self, offset: Offset) -> Option<&Arc<Chunk>> {
        let behind = |page: &Arc<Page>| page.chunks.last().is_some_and(|c| c.next() <= offset);
        self.pages[self.pages.partition_point(behind)..]
            .iter()
            .filter(|page| page.messages)
            .flat_map(|page| &page.chunks)
            .find(|chunk| chunk.kind == ChunkKind::User && chunk.next() > offset)
    }

    /// The last chunk with messages.
    #[must_use]
    pub fn last_user(&self) -> Option<&Arc<Chunk>> {
        let page = self.pages.iter().rev().find(|page| page.messages)?;
        let mut chunks = page.chunks.iter().rev();
        chunks.find(|chunk| chunk.kind == ChunkKind::User)
    }

    /// The last chunk of the leading ones for which `holds`.
    fn before(&self, holds: impl Fn(&Chunk) -> bool) -> Option<&Arc<Chunk>> {
        let starts = |page: &Arc<Page>| page.chunks.first().is_some_and(|c| holds(c));
        let page = self
            .pages
            .get(self.pages.partition_point(starts).checked_sub(1)?)?;
        let at = page.chunks.partition_point(|chunk| holds(chunk));
        page.chunks.get(at.checked_sub(1)?)
    }

    /// Drops the chunks with ids from `from` on, as a replica does that diverged.
    pub fn truncate(&mut self, from: Offset) {
        let mut kept = Self::new(self.first);
        for chunk in self.chunks().take_while(|chunk| chunk.id < from) {
            kept.push(chunk.clone());
        }
        *self = kept;
    }
}
