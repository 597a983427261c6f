//! Figures of the page beside their goals and beside those that were measured before: a table. It must not know how
//! anything is measured, and it never judges a run: what misses its goal is only said to.

use std::fmt::{self, Write as _};
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::Value;

/// Where the figures stand that were measured before: a line that says of which commit, then a name and three numbers a line.
const FILE: &str = "figures.txt";
/// Before the commit in that file.
const COMMIT: &str = "commit ";

/// Durations, in milliseconds, in rising order.
pub struct Figures(Vec<f64>);

impl Figures {
    /// Those of an array of JavaScript.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        let all = value.as_array().into_iter().flatten();
        let mut all: Vec<f64> = all.filter_map(Value::as_f64).collect();
        all.sort_by(f64::total_cmp);
        Self(all)
    }

    fn at(&self, per_cent: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get(last * per_cent / 100).copied().unwrap_or(0.0)
    }

    /// The median, the 95th percentile and the longest.
    fn three(&self) -> Three {
        [50, 95, 100].map(|part| self.at(part))
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p95, max] = self.three();
        write!(
            f,
            "p50 {p50:>6.1}   p95 {p95:>6.1}   max {max:>7.1} ms   ({})",
            self.0.len()
        )
    }
}

type Three = [f64; 3];

/// The most that the median, the 95th percentile and the longest may be, where that is a goal.
pub type Goal = [Option<f64>; 3];

/// No goal.
pub const NONE: Goal = [None, None, None];
/// The first picture, with the processor four times slower.
pub const FIRST_PICTURE: Goal = [Some(600.0), None, None];
/// A seek among a million events, to the next frame.
pub const SEEK: Goal = [Some(16.0), Some(33.0), None];
/// Tasks of the page while it runs, acts, undoes or pastes.
pub const TASK: Goal = [None, None, Some(50.0)];

struct Row {
    name: String,
    now: Three,
    goal: Goal,
}

/// Everything that was measured.
#[derive(Default)]
pub struct Sheet(Vec<Row>);

impl Sheet {
    /// Prints figures and keeps them for the table.
    pub fn add(&mut self, name: &str, figures: &Figures, goal: Goal) {
        println!("{name:<58} {figures}");
        self.0.push(Row {
            name: name.to_owned(),
            now: figures.three(),
            goal,
        });
    }

    /// Prints the table. With `UPDATE=1` these figures, which are those of `commit`, become those before.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn compare(&self, commit: &str) -> anyhow::Result<()> {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(FILE);
        // Where there are none yet, nothing was before.
        let text = fs::read_to_string(&file).unwrap_or_default();
        println!("\n{}", self.table(&text));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, self.text(commit))
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    }

    fn table(&self, text: &str) -> String {
        let before = before(text);
        let mut table = format!(
            "{:<58} {:>24}   {:>24}   goal\n",
            "ms: p50, p95, max",
            "now",
            commit_of(text)
        );
        for Row { name, now, goal } in &self.0 {
            let then = before.iter().find(|(known, _)| known == name);
            let then = then.map_or_else(|| "-".to_owned(), |(_, three)| numbers(three));
            // To a text, writing never fails.
            let _ = writeln!(
                table,
                "{name:<58} {:>24}   {then:>24}   {}",
                numbers(now),
                verdict(now, goal)
            );
        }
        table
    }

    fn text(&self, commit: &str) -> String {
        let line = |row: &Row| {
            format!(
                "{}\t{}\n",
                row.name,
                row.now.map(|n| format!("{n:.1}")).join("\t")
            )
        };
        let lines: String = self.0.iter().map(line).collect();
        format!("{COMMIT}{commit}\n{lines}")
    }
}

fn numbers(three: &Three) -> String {
    three.map(|number| format!("{number:>8.1}")).concat()
}

/// Whose figures were written down.
fn commit_of(text: &str) -> &str {
    let first = text.lines().next();
    let commit = first.filter(|line| line.starts_with(COMMIT));
    commit.unwrap_or("before")
}

/// Figures as they were written down; a line that is none is left out.
fn before(text: &str) -> Vec<(&str, Three)> {
    let line = |line| {
        let (name, rest) = str::split_once(line, '\t')?;
        let numbers = rest.split('\t').map(|number| number.parse().ok());
        let numbers = numbers.collect::<Option<Vec<f64>>>()?;
        Some((name, numbers.try_into().ok()?))
    };
    text.lines().filter_map(line).collect()
}

fn verdict(now: &Three, goal: &Goal) -> String {
    let names = ["p50", "p95", "max"];
    let wanted = names.iter().zip(goal).zip(now);
    let wanted = wanted.filter_map(|((name, goal), now)| {
        let goal = (*goal)?;
        let word = if *now <= goal { "met" } else { "MISSED" };
        Some(format!("{name} {goal:.0}: {word}"))
    });
    wanted.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Figures, SEEK, Sheet, before};

    #[test]
    fn a_table_says_what_was_before_and_which_goal_is_missed() {
        let mut sheet = Sheet::default();
        let figures = Figures::read(&json!([40.0, 10.0, 12.0]));
        sheet.add("seeks", &figures, SEEK);
        let text = sheet.text("1a2b3c4");
        assert_eq!(text, "commit 1a2b3c4\nseeks\t12.0\t12.0\t40.0\n");
        assert_eq!(before(&text), [("seeks", [12.0, 12.0, 40.0])]);
        let table = sheet.table("commit 5d6e7f8\nseeks\t9.0\t20.0\t50.0\nnonsense\n");
        let mut lines = table.lines();
        let head = lines.next().expect("a heading");
        assert!(head.contains("commit 5d6e7f8   goal"), "{head}");
        let row = lines.next().expect("a row");
        assert!(row.contains("9.0    20.0    50.0"), "{row}");
        assert!(row.ends_with("p50 16: met, p95 33: met"), "{row}");
        sheet.0[0].now = [17.0, 30.0, 40.0];
        assert!(sheet.table("").contains("-   p50 16: MISSED, p95 33: met"));
    }
}
