//! Running an edited text from where the old one and the new one part: a run that was resumed keeps copies of itself at
//! the beginnings of statements, and an edited text goes on from the last that both texts come to. Most runs are of texts
//! that nobody edits, so that the first one keeps none. Knows no text and no cursor.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Run;
use crate::base::Piece;
use crate::language::Scenario;
use crate::language::ast::{StatementKind, Subject};

/// Copies kept at the most.
const COPIES: usize = 64;
/// Steps between two copies at first; where more would be kept than may be, they stand further apart.
const SPACING: u64 = 64;
/// Streams on their nodes and programs that all copies hold together at the most: what a copy costs beyond
/// what it shares follows them, a few kilobytes each.
const PARTS: usize = 16_384;

/// Copies of a run at the beginnings of statements, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    runs: Vec<Arc<Run>>,
    spacing: u64,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            spacing: SPACING,
        }
    }
}

impl Run {
    /// A run that has not begun, and keeps copies of itself: for a text that is edited next.
    #[must_use]
    pub fn with_copies(scenario: &Scenario) -> Self {
        Self {
            kept: Some(Kept::default()),
            ..Self::new(scenario)
        }
    }

    /// A run of another scenario, which begins with what this run did as far as the two scenarios are the
    /// same. What it comes to is what a run from the start would come to, event by event. It keeps copies of itself.
    #[must_use]
    pub fn resume(&self, scenario: &Scenario) -> Self {
        let resumed = self.resumed(scenario, common(&self.scenario, scenario));
        resumed.unwrap_or_else(|| Self::with_copies(scenario))
    }

    /// The same, of one that is known to have so many first statements in common with this run's, and that has come so far
    /// at once.
    pub(crate) fn resume_behind(&self, scenario: &Scenario, same: usize) -> Self {
        let resumed = self.resumed(scenario, same);
        // What another world makes of the same statements may take long, where texts are written: that goes on in slices.
        let is_other = cfg!(feature = "authoring") && !same_world(&self.scenario, scenario);
        resumed.unwrap_or_else(|| match is_other {
            true => Self::new(scenario),
            false => Self::again(scenario, same),
        })
    }

    /// What goes on from this run, or from a copy of it; `None`: nothing does.
    #[inline(never)]
    fn resumed(&self, scenario: &Scenario, same: usize) -> Option<Self> {
        if !cfg!(feature = "authoring") || !same_world(&self.scenario, scenario) {
            return None;
        }
        let fits = |run: &Run| match run.scenario.statements.get(run.at) {
            Some(_) => run.at < same,
            // At the end of its script, a run goes on to what is left to happen.
            None => same == run.at && scenario.statements.len() == same,
        };
        let ready = |run: &Run| run.until.is_none() && !run.done && run.at <= same;
        let own = self.kept.clone().unwrap_or_default();
        if fits(self) {
            return Some(self.adopted(scenario, own));
        }
        let at = own.runs.iter().rposition(|run| ready(run))?;
        let runs = own.runs[..=at].to_vec();
        Some(own.runs[at].adopted(scenario, Kept { runs, ..own }))
    }

    /// A run that has come so far in its script.
    fn again(scenario: &Scenario, statements: usize) -> Self {
        let mut run = Self::new(scenario);
        while run.at < statements && !run.done {
            run.tick();
        }
        run
    }

    /// Keeps a copy at the beginning of a statement, if it keeps any and the last one is not near.
    pub(super) fn keep(&mut self) {
        // Where nobody edits, what is the same runs again: to copy a run takes code that is a tenth of the engine.
        if cfg!(feature = "authoring")
            && let Some(kept) = self.kept.take()
        {
            self.kept = Some(self.with_copy(kept));
        }
    }

    #[inline(never)]
    fn with_copy(&self, mut kept: Kept) -> Kept {
        let last = kept.runs.last().map_or(0, |run| run.steps);
        // A copy costs its parts, so that copies stand at least as many steps apart as make up for that.
        let parts = self.sim.host.timeline.end().parts();
        if self.steps - last < kept.spacing.max(4 * parts as u64) {
            return kept;
        }
        let most = (PARTS / parts.max(1)).clamp(1, COPIES);
        while kept.runs.len() >= most {
            kept.spacing *= 2;
            let mut before = 0;
            kept.runs.retain(|run| {
                let far = run.steps - before >= kept.spacing;
                before = if far { run.steps } else { before };
                far
            });
        }
        kept.runs.push(Arc::new(self.clone()));
        kept
    }

    /// What a run holds, in pieces to be let go of one after the other: to let go of a million events at once takes longer
    /// than a page may stand still.
    #[must_use]
    pub fn pieces(self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        // As long as there is what they share, letting go of a copy or of the brokers is a look at each page.
        let copies = self.kept.into_iter().flat_map(|kept| kept.runs);
        for mut copy in copies.filter_map(Arc::into_inner) {
            let timeline = &mut copy.sim.host.timeline;
            timeline.checkpoints_in_pieces(&mut pieces);
            pieces.push(Box::new(copy));
        }
        pieces.push(Box::new(self.sim.driver));
        self.sim.host.timeline.pieces(&mut pieces);
        pieces
    }

    /// A copy that goes on under another scenario.
    fn adopted(&self, scenario: &Scenario, kept: Kept) -> Self {
        let scenario = Arc::new(scenario.clone());
        let mut run = Self {
            scenario: scenario.clone(),
            kept: Some(kept),
            ..self.clone()
        };
        run.sim.host.adopt(&scenario);
        run.sim.driver.adopt(&scenario);
        if run.until.is_none() && !run.done {
            run.go_on();
        }
        run
    }
}

/// Whether two scenarios run in the same world.
fn same_world(old: &Scenario, new: &Scenario) -> bool {
    let world = |s: &Scenario| {
        let h = &s.header;
        (h.family, h.version, h.nodes, h.latency, h.seed, h.log_file)
    };
    world(old) == world(new)
}

/// How many statements two scenarios have in common at their beginnings. Where the declarations are the
/// same, the ids in all other statements stand for the same names.
fn common(old: &Scenario, new: &Scenario) -> usize {
    let pairs = old.statements.iter().zip(&new.statements);
    pairs
        .take_while(|(a, b)| a.kind == b.kind && declares_the_same(&a.kind, old, new))
        .count()
}

fn declares_the_same(kind: &StatementKind, old: &Scenario, new: &Scenario) -> bool {
    let StatementKind::Family(statement) = kind else {
        return true;
    };
    match statement.declares() {
        None | Some(Subject::World | Subject::Progress(..)) => true,
        Some(Subject::Set(id)) => old.sets.get(id.index()) == new.sets.get(id.index()),
        Some(Subject::Log(id)) => old.streams.get(id.index()) == new.streams.get(id.index()),
        Some(Subject::Program(id)) => old.actors.get(id.index()) == new.actors.get(id.index()),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Run;
    use crate::language::parse;

    #[test]
    fn a_long_run_is_let_go_of_in_many_pieces() {
        let text = "stream s\nproducer p on s\npublish p 900 \"m{n}\" one by one\nrun\n";
        let mut run = Run::new(&parse(text).scenario);
        while run.advance(100) == crate::engine::Progress::More {}
        let events = run.timeline().len() as usize;
        assert!(events > 5_000, "{events}");
        // A page of events, of chunks or of checkpoints each.
        let pieces = run.pieces().len();
        assert!(pieces > events / 256, "{pieces} of {events}");
    }
}
