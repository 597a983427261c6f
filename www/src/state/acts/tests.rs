//! Every statement that acts has its act; nonsense in any blank writes nothing and says where it is.

use std::sync::Arc;

use offset_lab::family::Family;
use offset_lab::ids::{ActorId, LogId, NodeId};
use offset_lab::language::table;
use offset_lab::view::Target;
use offset_lab::view::acts::blank::BlankKind;

use super::{Act, BlankField};
use crate::state::tests::{act, open};
use crate::state::{Action, AppState, Seek};

const WHOLE: &str = "stream s\nproducer p on s named w\npublish p 100 \"m{n}\"\nrun\n\
    consumer c on s from first store every 10 takes 1ms\nconsumer d on s\nrun for 20ms\npause d\nrun for 1ms\n";
const CLUSTER: &str = "broker rabbitmq-streams 4.0 nodes 3\nstream s\nproducer p on s\nrun for 9ms\n\
    cut node 2\ncrash node 3\nrun for 1ms\n";

fn at_the_end(text: &str) -> AppState {
    act(&open(text), Action::Seek(Seek::Last))
}

fn all(state: &AppState) -> Vec<Act> {
    let acts = state.acts.menus.iter().flat_map(|menu| &menu.acts);
    acts.map(|act| Act::clone(act)).collect()
}

fn defaults(act: &Act) -> Vec<String> {
    act.fields.iter().map(|field| field.value(None)).collect()
}

fn fill(state: &AppState, of: &Act, values: &[String]) -> AppState {
    let of = Arc::new(of.clone());
    act(
        state,
        Action::Fill {
            act: of,
            values: values.into(),
        },
    )
}

#[test]
fn every_statement_that_acts_is_an_act() {
    let lines: Vec<String> = [WHOLE, CLUSTER]
        .iter()
        .flat_map(|text| all(&at_the_end(text)))
        .map(|act| act.line(&defaults(&act)))
        .collect();
    // What is above all acts, and what only asks.
    let others = [
        "title", "summary", "broker", "option", "seed", "chapter", "expect", "ask", "goal",
        "allow", "par",
    ];
    for form in table::forms(Family::default()).filter(|form| !others.contains(&form.keyword)) {
        let has = lines
            .iter()
            .any(|line| line.split(' ').next() == Some(form.keyword));
        assert!(has, "no act writes `{}`", form.keyword);
    }
    for fault in [
        "lose next confirm to",
        "lose next store from",
        "lose next publish from",
        "crash broker",
        "crash node",
        "crash leader",
        "start node",
        "cut node",
        "heal node",
        "run until",
        "wait",
    ] {
        assert!(
            lines.iter().any(|line| line.starts_with(fault)),
            "no act writes `{fault}`"
        );
    }
}

#[test]
fn every_option_of_the_language_has_a_blank() {
    let acts = all(&at_the_end(WHOLE));
    for keyword in ["stream", "producer", "consumer", "publish"] {
        let form = table::form(Family::default(), keyword).expect("a statement");
        let written: Vec<String> = acts
            .iter()
            .flat_map(|act| {
                let filled = |field: &BlankField| match field {
                    BlankField::Choice { options, .. } => {
                        options.last().cloned().unwrap_or_default()
                    }
                    BlankField::Words { default: "", .. } => "1".to_owned(),
                    BlankField::Words { default, .. } => (*default).to_owned(),
                };
                let values: Vec<String> = act.fields.iter().map(filled).collect();
                Some(act.line(&values))
            })
            .filter(|line| line.starts_with(keyword))
            .collect();
        for option in form.options {
            let has = written.iter().any(|line| line.contains(option.words));
            assert!(has, "`{keyword} … {}`: {written:?}", option.words);
        }
    }
}

#[test]
fn every_possible_act_writes_its_line_as_it_stands() {
    for text in [WHOLE, CLUSTER] {
        let state = at_the_end(text);
        for of in all(&state).iter().filter(|of| of.possible.is_ok()) {
            let values = defaults(of);
            let after = fill(&state, of, &values);
            assert_eq!(after.look.mistake, None, "{}", of.name);
            let line = of.line(&values);
            assert!(after.doc.text.contains(&line), "{line}");
            assert_eq!(after.problems().len(), 0, "{line}");
        }
    }
}

#[test]
fn what_is_not_possible_says_why_and_writes_nothing() {
    let state = at_the_end("stream s\n");
    let acts = all(&state);
    assert!(acts.iter().any(|of| of.possible.is_err()));
    for of in acts.iter().filter(|of| of.possible.is_err()) {
        let after = fill(&state, of, &defaults(of));
        assert_eq!(after.doc.text, state.doc.text, "{}", of.name);
        assert!(after.look.mistake.is_some(), "{}", of.name);
    }
}

#[test]
fn nonsense_in_a_blank_is_said_at_the_blank_and_writes_nothing() {
    let long = "x".repeat(10_000);
    let nonsense = [
        "",
        "   ",
        "1e999",
        "-1",
        "\"; crash x",
        "1 \"x\" #",
        "a\nb",
        "\u{1F600}",
        "\u{0}",
        &long,
        "99999999999999999999999",
        "'",
        "==",
    ];
    for text in [WHOLE, CLUSTER] {
        let state = at_the_end(text);
        for of in all(&state).iter().filter(|of| of.possible.is_ok()) {
            for (at, field) in of.fields.iter().enumerate() {
                let BlankField::Words { kind, optional, .. } = field else {
                    continue;
                };
                for typed in nonsense {
                    let mut values = defaults(of);
                    typed.clone_into(&mut values[at]);
                    let after = fill(&state, of, &values);
                    let context = || format!("{}, blank {at}: {typed:.40?}", of.name);
                    if after.doc.text != state.doc.text {
                        // What was written is one line more that means what the blank said.
                        assert_eq!(after.problems().len(), 0, "{}", context());
                        let line = of.line(&values);
                        assert!(after.doc.text.lines().any(|l| l == line), "{}", context());
                        let quoted = matches!(kind, BlankKind::Name | BlankKind::Text);
                        assert!(
                            quoted || *optional && typed.trim().is_empty(),
                            "{}",
                            context()
                        );
                        continue;
                    }
                    let mistake = after.look.mistake.as_ref();
                    let mistake = mistake.unwrap_or_else(|| panic!("silent: {}", context()));
                    assert_eq!(mistake.field, Some(at), "{}: {}", context(), mistake.words);
                    assert!(!mistake.words.is_empty());
                }
            }
        }
    }
}

/// The lines that the inspector offers for something.
fn lines_of(state: &AppState, target: Target) -> Vec<String> {
    let state = state.reduce(Action::Select(Some(target)));
    let acts = &state.acts.about;
    assert!(acts.iter().all(|act| act.fields[0].leaves_no_choice()));
    acts.iter().map(|act| act.line(&defaults(act))).collect()
}

#[test]
fn what_is_selected_has_its_acts_and_no_others() {
    let state = at_the_end(WHOLE);
    let producer = lines_of(&state, Target::Actor(ActorId(0)));
    assert!(producer.contains(&"publish p 1 \"m{n}\"".to_owned()));
    assert!(
        producer.iter().all(|line| line.contains(" p")),
        "{producer:?}"
    );
    let paused = lines_of(&state, Target::Actor(ActorId(2)));
    assert!(paused.contains(&"resume d".to_owned()));
    assert!(!paused.contains(&"pause d".to_owned()));
    let stream = lines_of(&state, Target::Stream(LogId(0)));
    assert!(stream.contains(&"delete s".to_owned()), "{stream:?}");
    assert!(
        stream
            .iter()
            .any(|line| line.starts_with("consumer reader on s"))
    );
    assert_eq!(lines_of(&state, Target::Block(LogId(0), 0)), [""; 0]);

    let cluster = at_the_end(CLUSTER);
    let node = |number| lines_of(&cluster, Target::Node(NodeId(number)));
    assert_eq!(node(1), ["crash node 1", "cut node 1"]);
    assert_eq!(node(2), ["crash node 2", "heal node 2"]);
    assert_eq!(node(3), ["start node 3", "cut node 3"]);
}
