//! What a page sees of an instance from outside, and what it is told when that changes. Knows no JavaScript.

use std::rc::Rc;

use offset_lab::language::{Parsed, StatementKind};
use offset_lab::view::Frame;
use offset_lab::world::{Cursor, Timeline};

use super::plain::Plain;
use super::{Answer, AppState, Good};

/// An instance from outside.
#[derive(Clone, Debug)]
pub struct Glance {
    /// The text.
    pub text: Rc<str>,
    /// The moment.
    pub cursor: Cursor,
    /// The last text that ran, and what happened.
    pub good: Option<Good>,
    /// The picture of the moment.
    pub frame: Option<Rc<Frame>>,
    /// What the text says, once it was read.
    pub parsed: Option<Rc<Parsed>>,
    /// What was answered last.
    pub answer: Option<Answer>,
}

/// Something that a page is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Another moment is shown.
    Step {
        /// Events that have happened.
        step: u32,
        /// Messages of the range that the next event is.
        part: u64,
        /// Events of the whole run.
        steps: u32,
        /// Simulated time.
        time_us: u64,
        /// What just happened and why.
        narration: String,
    },
    /// A question was answered.
    Answer {
        /// The question.
        question: String,
        /// What it asks for.
        fact: String,
        /// What was predicted; empty when the answer was asked for.
        given: String,
        /// What it is.
        answer: String,
        /// Whether the prediction came true.
        right: bool,
    },
    /// Every goal of the scenario is reached at the moment shown.
    Solved {
        /// Events that have happened.
        step: u32,
        /// How many goals there are.
        goals: usize,
    },
    /// The text has problems: nothing of it runs.
    Error {
        /// The first problem, in one line.
        message: String,
        /// All that are reported.
        problems: Vec<TextProblem>,
    },
}

/// A problem of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextProblem {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What would be right; empty when nothing better can be said.
    pub help: String,
}

impl From<News> for Plain {
    fn from(news: News) -> Self {
        let mut fields = Vec::new();
        let mut add = |name: &'static str, value: Self| fields.push((name.into(), value));
        match news {
            News::Step {
                step,
                part,
                steps,
                time_us,
                narration,
            } => {
                add("kind", "step".into());
                add("step", Self::count(step.into()));
                add("part", Self::count(part));
                add("steps", Self::count(steps.into()));
                add("time_us", Self::count(time_us));
                add("narration", Self::Text(narration));
            }
            News::Answer {
                question,
                fact,
                given,
                answer,
                right,
            } => {
                add("kind", "answer".into());
                add("question", Self::Text(question));
                add("fact", Self::Text(fact));
                add("given", Self::Text(given));
                add("answer", Self::Text(answer));
                add("right", Self::Flag(right));
            }
            News::Solved { step, goals } => {
                add("kind", "solved".into());
                add("step", Self::count(step.into()));
                add("goals", Self::count(goals as u64));
            }
            News::Error { message, problems } => {
                add("kind", "error".into());
                add("message", Self::Text(message));
                let problems = problems.into_iter().map(Self::from);
                add("problems", Self::List(problems.collect()));
            }
        }
        Self::Object(fields)
    }
}

impl From<TextProblem> for Plain {
    fn from(problem: TextProblem) -> Self {
        Self::Object(vec![
            ("line".into(), Self::count(problem.line.into())),
            ("column".into(), Self::count(problem.column.into())),
            ("message".into(), Self::Text(problem.message)),
            ("help".into(), Self::Text(problem.help)),
        ])
    }
}

impl AppState {
    /// What can be seen of it from outside.
    #[must_use]
    pub fn seen(&self) -> Glance {
        Glance {
            text: Rc::clone(&self.doc.text),
            cursor: self.cursor,
            good: self.good.clone(),
            frame: self.frame.clone(),
            parsed: self.parsed.clone(),
            answer: self.answer.clone(),
        }
    }
}

/// What a page is told of a change, in the order in which it came about.
#[must_use]
pub fn news(before: &Glance, after: &Glance) -> Vec<News> {
    let problems = problems(before, after);
    let moment = moment(before, after);
    let answer = answer(before, after);
    let solved = solved(after).filter(|_| moment.is_some() && solved(before) != solved(after));
    [problems, moment, answer, solved]
        .into_iter()
        .flatten()
        .collect()
}

fn moment(before: &Glance, after: &Glance) -> Option<News> {
    let (good, frame) = (after.good.as_ref()?, after.frame.as_ref()?);
    if before.good == after.good && before.cursor == after.cursor {
        return None;
    }
    Some(News::Step {
        step: after.cursor.event,
        part: after.cursor.part,
        steps: good.timeline().len(),
        time_us: frame.time.0,
        narration: frame.narration.clone(),
    })
}

fn answer(before: &Glance, after: &Glance) -> Option<News> {
    let answer = after.answer.as_ref()?;
    if before.answer.as_ref() == Some(answer) {
        return None;
    }
    let question = after.frame.as_ref()?.story.question.as_ref()?;
    Some(News::Answer {
        question: question.text.clone(),
        fact: question.fact.clone(),
        given: answer.given.to_string(),
        answer: answer.prediction.answer.clone(),
        right: answer.is_right(),
    })
}

/// That all goals are reached, when there are any and the moment is behind them.
fn solved(of: &Glance) -> Option<News> {
    let timeline = of.good.as_ref()?.timeline();
    let goals = goals(timeline);
    let reached = timeline.checks().iter().filter(|check| {
        let statement = &timeline.scenario().statements[check.statement.index()];
        let is_goal = matches!(statement.kind, StatementKind::Goal { .. });
        is_goal && check.passed && check.events <= of.cursor.event
    });
    (goals > 0 && reached.count() == goals).then_some(News::Solved {
        step: of.cursor.event,
        goals,
    })
}

fn goals(timeline: &Timeline) -> usize {
    let statements = timeline.scenario().statements.iter();
    let goals = statements.filter(|s| matches!(s.kind, StatementKind::Goal { .. }));
    goals.count()
}

fn problems(before: &Glance, after: &Glance) -> Option<News> {
    let parsed = after.parsed.as_ref()?;
    let is_known = before
        .parsed
        .as_ref()
        .is_some_and(|known| Rc::ptr_eq(known, parsed));
    let first = parsed.diagnostics.first().filter(|_| !is_known)?;
    let problem = |d: &offset_lab::language::Diagnostic| TextProblem {
        line: d.line,
        column: d.column,
        message: d.message.clone(),
        help: d.help.clone(),
    };
    Some(News::Error {
        message: format!(
            "line {}, column {}: {}",
            first.line, first.column, first.message
        ),
        problems: parsed.diagnostics.iter().map(problem).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{News, news};
    use crate::state::tests::{act, open};
    use crate::state::{Action, AppState, Seek};

    const TEXT: &str = "stream s\nproducer p on s\npublish p 3 \"m{n}\"\nask \"How many?\" p.confirmed\nrun\n\
        goal \"All confirmed\" p.confirmed == 3\n";

    fn told(before: &AppState, after: &AppState) -> Vec<&'static str> {
        let word = |news| match news {
            News::Step { .. } => "step",
            News::Answer { right: true, .. } => "right",
            News::Answer { .. } => "wrong",
            News::Solved { .. } => "solved",
            News::Error { .. } => "error",
        };
        let all = news(&before.seen(), &after.seen());
        all.into_iter().map(word).collect()
    }

    #[test]
    fn a_page_is_told_of_moments_answers_goals_and_problems_once() {
        let empty = AppState::default();
        let state = act(&open(TEXT), Action::Seek(Seek::First));
        assert_eq!(told(&empty, &state), ["step"]);
        assert_eq!(told(&state, &state), [""; 0]);
        let last = act(&state, Action::Seek(Seek::Last));
        assert_eq!(told(&state, &last), ["step", "solved"]);
        let asked = act(&state, Action::Seek(Seek::Line(4)));
        let wrong = act(&asked, Action::Answer("2".into()));
        assert_eq!(told(&asked, &wrong), ["wrong"]);
        assert_eq!(
            told(&wrong, &act(&wrong, Action::Answer("3".into()))),
            ["right"]
        );
        let text = "stream\n".into();
        let broken = act(&last, Action::Type { text, caret: 0 });
        assert_eq!(told(&last, &broken), ["error"]);
    }
}
