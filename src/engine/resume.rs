//! Running an edited text from where the old one and the new one part: a run keeps copies of itself at the
//! beginnings of statements, and goes on from the last that both texts come to. Knows no text and no cursor.

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
    /// A run of another scenario, which begins with what this run did as far as the two scenarios are the
    /// same. What it comes to is what a run from the start would come to, event by event.
    #[must_use]
    pub fn resume(&self, scenario: &Scenario) -> Self {
        self.resume_behind(scenario, common(&self.scenario, scenario))
    }

    /// The same, of one that is known to have so many first statements in common with this run's.
    pub(crate) fn resume_behind(&self, scenario: &Scenario, same: usize) -> Self {
        if !cfg!(feature = "authoring") {
            return Self::again(scenario, same);
        }
        let fits = |run: &Run| match run.scenario.statements.get(run.at) {
            Some(_) => run.at < same,
            // At the end of its script, a run goes on to what is left to happen.
            None => same == run.at && scenario.statements.len() == same,
        };
        let ready = |run: &Run| run.until.is_none() && !run.done && run.at <= same;
        if !same_world(&self.scenario, scenario) {
            return Self::new(scenario);
        }
        if fits(self) {
            return self.adopted(scenario, self.kept.clone());
        }
        match self.kept.runs.iter().rposition(|run| ready(run)) {
            Some(at) => {
                let kept = Kept {
                    runs: self.kept.runs[..=at].to_vec(),
                    spacing: self.kept.spacing,
                };
                self.kept.runs[at].adopted(scenario, kept)
            }
            None => Self::new(scenario),
        }
    }

    /// A run that has come so far in its script.
    fn again(scenario: &Scenario, statements: usize) -> Self {
        let mut run = Self::new(scenario);
        while run.at < statements && !run.done {
            run.tick();
        }
        run
    }

    /// Keeps a copy at the beginning of a statement, unless the last one is near.
    pub(super) fn keep(&mut self) {
        // Where nobody edits, what is the same runs again: to copy a run takes code that is a tenth of the engine.
        if !cfg!(feature = "authoring") {
            return;
        }
        let last = self.kept.runs.last().map_or(0, |run| run.steps);
        // A copy costs its parts, so that copies stand at least as many steps apart as make up for that.
        let parts = self.sim.host.timeline.end().parts();
        if self.steps - last < self.kept.spacing.max(4 * parts as u64) {
            return;
        }
        let mut kept = core::mem::take(&mut self.kept);
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
        self.kept = kept;
    }

    /// What a run holds, in pieces to be let go of one after the other: to let go of a million events at once takes longer
    /// than a page may stand still.
    #[must_use]
    pub fn pieces(self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        // As long as there is what they share, letting go of a copy or of the brokers is a look at each page.
        for mut copy in self.kept.runs.into_iter().filter_map(Arc::into_inner) {
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
            kept,
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
