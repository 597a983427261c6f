//! What `offset-lab check` found, for programs: JSON, and the XML of JUnit that build servers show. Runs nothing.

use std::fmt;
use std::io;

use offset_lab::Timeline;
use offset_lab::language::Diagnostic;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::{ElementWriter, Writer};
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::drawing::Named;
use crate::escape::{Syntax, escaped};
use crate::run::outcome;
use crate::screen::{Outcome, Screen};

/// Everything that was found.
#[derive(Default)]
pub(crate) struct Report {
    /// Every scenario, in the order in which they were checked.
    pub(crate) scenarios: Vec<Checked>,
    /// What could not be checked.
    pub(crate) problems: Vec<UnreadablePath>,
}

/// A path that cannot be checked.
#[derive(Serialize)]
pub(crate) struct UnreadablePath {
    /// The path.
    pub(crate) path: String,
    /// Why.
    pub(crate) message: String,
}

/// What came of one scenario.
pub(crate) struct Checked {
    file: String,
    /// The line that opens its fence; none for a file that is a scenario.
    line: Option<u32>,
    /// How it ended.
    pub(crate) outcome: Outcome,
    digest: Option<String>,
    checks: Vec<Check>,
    /// In lines of the file.
    diagnostics: Vec<Diagnostic>,
    more: usize,
}

/// A check of a scenario.
#[derive(Serialize)]
struct Check {
    /// In lines of the file.
    line: u32,
    text: String,
    passed: bool,
    actual: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            text,
            actual,
            why,
            ..
        } = self;
        write!(f, "line {line}: {text} (was {actual})")?;
        match why {
            Some(why) => write!(f, ": {why}"),
            None => Ok(()),
        }
    }
}

impl Checked {
    /// What a run came to.
    pub(crate) fn new(
        of: Named<'_>,
        timeline: Option<&Timeline>,
        diagnostics: &[Diagnostic],
        more: usize,
    ) -> Self {
        let below = |diagnostic: &Diagnostic| Diagnostic {
            line: diagnostic.line + of.above,
            ..diagnostic.clone()
        };
        Self {
            file: of.name.to_owned(),
            line: (of.above > 0).then_some(of.above),
            outcome: outcome(timeline, diagnostics),
            digest: timeline.map(Timeline::digest),
            checks: timeline.map_or_else(Vec::new, |timeline| checks(timeline, of.above)),
            diagnostics: diagnostics.iter().map(below).collect(),
            more,
        }
    }

    /// How it is called.
    pub(crate) fn name(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.clone(),
        }
    }

    /// The checks that do not hold, as sentences.
    pub(crate) fn failures(&self) -> impl Iterator<Item = String> {
        let failed = self.checks.iter().filter(|check| !check.passed);
        failed.map(ToString::to_string)
    }

    fn json(&self) -> Json {
        let mut result = json!({
            "file": self.file,
            "line": self.line,
            "result": match self.outcome {
                Outcome::Good => "passed",
                Outcome::Failed => "failed",
                Outcome::Bad => "invalid",
            },
            "digest": self.digest,
            "checks": self.checks,
            "diagnostics": self.diagnostics,
        });
        if self.more > 0 {
            result["more_diagnostics"] = self.more.into();
        }
        result
    }

    /// What is wrong, a line each: of which kind, and what.
    fn wrong(&self) -> Option<(&'static str, Vec<String>)> {
        match self.outcome {
            Outcome::Good => None,
            Outcome::Failed => Some(("failure", self.failures().collect())),
            Outcome::Bad => {
                let mut lines: Vec<String> = self.diagnostics.iter().map(sentence).collect();
                if self.more > 0 {
                    lines.push(format!("and {} more", self.more));
                }
                Some(("error", lines))
            }
        }
    }
}

fn checks(timeline: &Timeline, above: u32) -> Vec<Check> {
    let statements = &timeline.scenario().statements;
    let of = |check: &offset_lab::CheckResult| Check {
        line: statements[check.statement.index()].line + above,
        text: check.text.clone(),
        passed: check.passed,
        actual: check.actual.clone(),
        why: check.why.clone(),
    };
    timeline.checks().iter().map(of).collect()
}

fn sentence(diagnostic: &Diagnostic) -> String {
    let Diagnostic {
        line,
        column,
        message,
        help,
        ..
    } = diagnostic;
    let help = if help.is_empty() {
        String::new()
    } else {
        format!("; {help}")
    };
    format!("line {line}, column {column}: {message}{help}")
}

impl Report {
    /// Scenarios in which everything holds.
    pub(crate) fn passed(&self) -> usize {
        let good = |checked: &&Checked| checked.outcome == Outcome::Good;
        self.scenarios.iter().filter(good).count()
    }

    /// Everything else, also what could not be read.
    pub(crate) fn failed(&self) -> usize {
        self.scenarios.len() - self.passed() + self.problems.len()
    }

    /// The worst of all.
    pub(crate) fn outcome(&self) -> Outcome {
        if !self.problems.is_empty() {
            return Outcome::Bad;
        }
        let outcomes = self.scenarios.iter().map(|checked| checked.outcome);
        outcomes.max().unwrap_or(Outcome::Good)
    }

    /// One object.
    pub(crate) fn json(&self) -> Json {
        json!({
            "passed": self.passed(),
            "failed": self.failed(),
            "scenarios": self.scenarios.iter().map(Checked::json).collect::<Vec<_>>(),
            "problems": self.problems,
        })
    }

    /// One `testcase` a scenario or problem, in one `testsuite` a file.
    pub(crate) fn junit(&self, screen: &mut Screen) -> io::Result<()> {
        let mut suites: Vec<Suite<'_>> = Vec::new();
        for checked in &self.scenarios {
            if suites.last().is_none_or(|suite| suite.file != checked.file) {
                suites.push(Suite::new(&checked.file));
            }
            if let Some(suite) = suites.last_mut() {
                suite.cases.push((checked.name(), checked.wrong()));
            }
        }
        for UnreadablePath { path, message } in &self.problems {
            let mut suite = Suite::new(path);
            let wrong = Some(("error", vec![message.clone()]));
            suite.cases.push((path.clone(), wrong));
            suites.push(suite);
        }
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let all = suites.iter().flat_map(|suite| &suite.cases);
        let element = xml
            .create_element("testsuites")
            .with_attribute(("name", "offset-lab check"));
        counted(element, all)
            .write_inner_content(|xml| suites.iter().try_for_each(|suite| suite.write(xml)))?;
        let text = String::from_utf8(xml.into_inner()).map_err(io::Error::other)?;
        screen.document(&text, Syntax::Xml)?;
        screen.document("\n", Syntax::Xml)
    }
}

/// A scenario's name and what is wrong with it.
type Case = (String, Option<(&'static str, Vec<String>)>);

/// The scenarios of one file.
struct Suite<'a> {
    file: &'a str,
    cases: Vec<Case>,
}

impl<'a> Suite<'a> {
    const fn new(file: &'a str) -> Self {
        Self {
            file,
            cases: Vec::new(),
        }
    }

    fn write(&self, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let file = escaped(self.file, Syntax::Line);
        let element = xml
            .create_element("testsuite")
            .with_attribute(("name", &*file));
        counted(element, self.cases.iter()).write_inner_content(|xml| {
            self.cases
                .iter()
                .try_for_each(|case| write_case(&file, case, xml))
        })?;
        Ok(())
    }
}

fn write_case(file: &str, (name, wrong): &Case, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let case = xml
        .create_element("testcase")
        .with_attribute(("name", &*escaped(name, Syntax::Line)))
        .with_attribute(("classname", file));
    let Some((kind, lines)) = wrong else {
        case.write_empty()?;
        return Ok(());
    };
    let lines: Vec<_> = lines.iter().map(|l| escaped(l, Syntax::Line)).collect();
    case.write_inner_content(|xml| {
        xml.create_element(*kind)
            .with_attribute(("message", lines.first().map_or("", |line| &**line)))
            .write_text_content(BytesText::new(&lines.join("\n")))?;
        Ok(())
    })?;
    Ok(())
}

/// `element` with how many cases there are, and how many of each kind of wrong.
fn counted<'w, 'a>(
    element: ElementWriter<'w, Vec<u8>>,
    cases: impl Iterator<Item = &'a Case>,
) -> ElementWriter<'w, Vec<u8>> {
    let [mut tests, mut failures, mut errors] = [0_u32; 3];
    for (_, wrong) in cases {
        let kind = wrong.as_ref().map(|(kind, _)| *kind);
        tests += 1;
        failures += u32::from(kind == Some("failure"));
        errors += u32::from(kind == Some("error"));
    }
    element
        .with_attribute(("tests", &*tests.to_string()))
        .with_attribute(("failures", &*failures.to_string()))
        .with_attribute(("errors", &*errors.to_string()))
}
