//! What a replay came to: a verdict for every scenario, and what was not compared, with the reason.

use std::collections::BTreeMap;
use std::fmt;

/// What replaying one file gave.
#[derive(Clone, Debug)]
pub struct Report {
    /// The transcript's own name of its case.
    pub case: String,
    /// The broker that it was recorded from: `RabbitMQ 4.0.5`.
    pub broker: String,
    /// Every scenario in order.
    pub scenarios: Vec<Outcome>,
}

/// What replaying one scenario gave.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The scenario's name in the transcript.
    pub id: String,
    /// The result.
    pub verdict: Verdict,
    /// Observations compared; of a scenario that was recorded twice, those of both runs.
    pub compared: u32,
    /// Observations that were equal.
    pub matched: u32,
    /// What the recording itself supplied to its replay, so that it could not differ: where a batch
    /// ends whose chunk a step shows, and answers to steps that follow from steps left out.
    pub given: u32,
    /// Observations that were not compared, by reason.
    pub skipped: BTreeMap<Reason, u32>,
}

/// The result of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything that was compared is equal.
    Match,
    /// The scenario was recorded twice with different results, and everything that was compared is
    /// equal to one of the two; the first difference from the other.
    Either(Difference),
    /// The first observation that differs.
    Differs(Difference),
    /// The search ended before every schedule that the transcript leaves open was tried.
    Undecided(Undecided),
    /// Nothing could be compared.
    Skipped(Reason),
}

/// An observation that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The step, from 1.
    pub step: usize,
    /// Its operation.
    pub op: String,
    /// What the real broker was seen to do, as JSON.
    pub expected: String,
    /// What the lab's broker did, as JSON.
    pub got: String,
}

/// How far a search came that used up its budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Schedules tried to their end.
    pub tried: u32,
    /// The difference of the one that came furthest, if any came to one.
    pub closest: Option<Difference>,
}

/// Why an observation is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It tells of TCP, or of frames that the connection's codec refused.
    Tcp,
    /// It tells of authentication.
    Authentication,
    /// It tells how long something took, or of the recording's wall clock.
    WallClock,
    /// Real scheduling decided it, and no other step shows how.
    Scheduling,
    /// It follows from frames that TCP carried and no step shows.
    NotRecorded,
    /// It was recorded through a client library, which is not the request level.
    ClientLibrary,
}

impl Reason {
    /// Every reason, in the order in which reports list them.
    pub const ALL: [Self; 6] = [
        Self::Tcp,
        Self::Authentication,
        Self::WallClock,
        Self::Scheduling,
        Self::NotRecorded,
        Self::ClientLibrary,
    ];
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp => "about TCP and its frames",
            Self::Authentication => "about authentication",
            Self::WallClock => "about wall-clock time",
            Self::Scheduling => "about Erlang's scheduling, and no step shows its outcome",
            Self::NotRecorded => "about frames that TCP carried and no step shows",
            Self::ClientLibrary => "recorded through a client library, not at the request level",
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "step {} ({}): expected {}, got {}",
            self.step, self.op, self.expected, self.got
        )
    }
}

fn undecided(f: &mut fmt::Formatter<'_>, id: &str, search: &Undecided) -> fmt::Result {
    let Undecided { tried, closest } = search;
    write!(f, "undecided {id}: the search used up its budget")?;
    match (closest, tried) {
        (None, _) => write!(f, " before one schedule came to its end"),
        (Some(closest), 1) => write!(f, " with 1 schedule tried, which differs at {closest}"),
        (Some(closest), tried) => write!(
            f,
            " with {tried} schedules tried, of which the closest differs at {closest}"
        ),
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.verdict {
            Verdict::Match => write!(f, "match    {}", self.id)?,
            Verdict::Undecided(search) => undecided(f, &self.id, search)?,
            Verdict::Either(other) => write!(
                f,
                "either   {}: equal to one of its two recorded runs; of the other, {other}",
                self.id
            )?,
            Verdict::Skipped(reason) => write!(f, "skipped  {}: {reason}", self.id)?,
            Verdict::Differs(at) => write!(f, "differs  {}: {at}", self.id)?,
        }
        let skipped: u32 = self.skipped.values().sum();
        if skipped > 0 && !matches!(self.verdict, Verdict::Skipped(_)) {
            let reasons: Vec<String> = self
                .skipped
                .iter()
                .map(|(reason, count)| format!("{count} {reason}"))
                .collect();
            write!(f, " (not compared: {})", reasons.join("; "))?;
        }
        Ok(())
    }
}
