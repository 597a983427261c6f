//! Running an edited text from where it and the old text part: it comes to what a run from the start comes to.
//! Method: random scripts and random edits of the judges' generator, each run twice and compared in everything.

use offset_lab::engine::{Progress, Run};
use offset_lab::language::parse;
use offset_lab::{Cursor, Timeline};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::judges::{Act, CLUSTER, SINGLE, acts, line};
use crate::rocketmq_judges::config;
use crate::rocketmq_judges::texts::{acts as queue_acts, line as queue_line, setting};

/// What is done to a text: at a line (of so many hundredths), so many lines go and these come.
type Edit = (u8, u8, Vec<Act>);

fn edit() -> impl Strategy<Value = Edit> {
    let came = vec((0u8..54, any::<u8>(), 1u64..60), 0..3);
    (0u8..100, 0u8..3, came)
}

/// The texts of a generator: what stands before random lines, lines that bring more names, and a line from its draw.
struct Texts<'a> {
    prelude: &'a str,
    more: &'a str,
    line: &'a dyn Fn(Act) -> String,
}

impl Texts<'_> {
    fn lines(&self, acts: &[Act]) -> Vec<String> {
        let body = acts.iter().map(|act| (self.line)(*act));
        self.prelude
            .lines()
            .map(str::to_owned)
            .chain(body)
            .collect()
    }

    /// The lines after an edit behind the prelude; now and then with a name more.
    fn edited(&self, lines: &[String], (at, gone, came): &Edit) -> Vec<String> {
        let prelude = self.prelude.lines().count();
        let at = prelude + (lines.len() - prelude) * usize::from(*at) / 100;
        let behind = (at + usize::from(*gone)).min(lines.len());
        let mut all = lines[..at].to_vec();
        if at.is_multiple_of(5) {
            all.extend(self.more.lines().map(str::to_owned));
        }
        all.extend(came.iter().map(|act| (self.line)(*act)));
        all.extend_from_slice(&lines[behind..]);
        all
    }
}

/// Runs to the end, in slices.
fn finish(mut run: Run) -> Run {
    while run.advance(97) == Progress::More {}
    run
}

fn fresh(text: &str) -> Run {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    finish(Run::with_copies(&parsed.scenario))
}

/// Everything that can be asked of a run.
fn same(resumed: &Timeline, fresh: &Timeline, text: &str) {
    assert_eq!(resumed.digest(), fresh.digest(), "{text}");
    assert_eq!(resumed.scenario(), fresh.scenario(), "{text}");
    assert!(resumed.checks().iter().eq(fresh.checks().iter()), "{text}");
    assert_eq!(resumed.stopped(), fresh.stopped(), "{text}");
    assert_eq!(resumed.end(), fresh.end(), "{text}");
    for id in (0..fresh.scenario().statements.len() as u32).map(offset_lab::ids::StatementId) {
        assert_eq!(resumed.end_of(id), fresh.end_of(id), "{text}");
    }
    for event in (0..=fresh.len()).step_by(1 + fresh.len() as usize / 50) {
        let cursor = Cursor::at(event);
        assert_eq!(resumed.world(cursor), fresh.world(cursor), "{text}");
    }
}

fn judge(texts: &Texts<'_>, acts: &[Act], edits: &[Edit], some: u32) {
    let mut lines = texts.lines(acts);
    let mut run = fresh(&(lines.join("\n") + "\n"));
    for (nth, edit) in edits.iter().enumerate() {
        let after = texts.edited(&lines, edit);
        let text = after.join("\n") + "\n";
        let parsed = parse(&text);
        if !parsed.is_ok() {
            // It took the line that declares what another one names.
            continue;
        }
        lines = after;
        run = run.resume(&parsed.scenario);
        if nth % 2 == 1 {
            // A newer edit may come while the run is under way.
            run.advance(some);
            continue;
        }
        run = finish(run);
        assert_eq!(run.audit(), Ok(()), "{text}");
        same(run.timeline(), fresh(&text).timeline(), &text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_text_resumed_is_the_same_as_run_afresh(
        acts in acts(), edits in vec(edit(), 1..6), some in 0u32..600
    ) {
        for prelude in [SINGLE, CLUSTER] {
            let texts = Texts {
                prelude,
                more: "# a comment\nstream t\nproducer p9 on t\npublish p9 3 \"x\"",
                line: &|act| line(act, prelude == CLUSTER),
            };
            judge(&texts, &acts, &edits, some);
        }
    }
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn an_edited_text_of_groups_resumed_is_the_same_as_run_afresh(
        setting in setting(), acts in queue_acts(40), edits in vec(edit(), 1..6), some in 0u32..600
    ) {
        let texts = Texts {
            prelude: &setting.prelude(),
            more: "# a comment\ntopic z queues 2\nproducer p9 on z\npublish p9 3 \"x\"\ngroup y on z from first",
            line: &|act| queue_line(act, setting.queues),
        };
        judge(&texts, &acts, &edits, some);
    }
}

const LONG: &str = "stream s\nproducer p on s\npublish p 20_000 \"m{n}\"\nawait p confirmed\n\
     consumer c on s from first store every 1 takes 1us\nrun\nexpect c.received == 20_000\n";

/// A finished run of `text`, and its run resumed under `edited`, before it goes on.
fn resumed(text: &str, edited: &str) -> (Run, Run) {
    let old = fresh(text);
    let parsed = parse(edited);
    assert_eq!(parsed.diagnostics, [], "{edited}");
    let new = old.resume(&parsed.scenario);
    (old, new)
}

#[test]
fn words_and_comments_need_no_run_at_all() {
    let edited = [
        "title \"x\"\n# why\n",
        &LONG.replace("run\n", "# all\n\n> It runs.\nrun\n"),
    ]
    .concat();
    let (old, mut new) = resumed(LONG, &edited);
    assert_eq!(new.timeline().len(), old.timeline().len());
    assert_eq!(new.advance(1), Progress::Done);
    same(new.timeline(), fresh(&edited).timeline(), &edited);
}

#[test]
fn what_is_typed_at_the_end_is_run_from_the_end() {
    let edited = [LONG, "expect c.stored == 19_999\ncrash c\n"].concat();
    let (old, new) = resumed(LONG, &edited);
    assert_eq!(new.timeline().len(), old.timeline().len());
    same(finish(new).timeline(), fresh(&edited).timeline(), &edited);
}

#[test]
fn what_decides_over_all_is_run_from_the_start() {
    for head in [
        "seed 7\n",
        "option latency 2ms\n",
        "broker rabbitmq-streams 3.13\n",
    ] {
        let edited = [head, LONG].concat();
        let (_, new) = resumed(LONG, &edited);
        assert_eq!(new.timeline().len(), 0, "{head}");
    }
}
