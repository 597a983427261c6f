//! Completion, help and highlighting as an editor asks for them.

use offset_lab::family::Family;
use offset_lab::language::assist::{complete, help_at, highlight};
use offset_lab::language::{parse, table};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const ABOVE: &str = "stream orders\nproducer p on orders\nconsumer billing on orders\n";

/// What is suggested where `|` stands in a line below [`ABOVE`].
fn suggested(line: &str) -> Vec<String> {
    let text = format!("{ABOVE}{line}");
    let at = text.find('|').expect("the line marks its cursor");
    let text = text.replace('|', "");
    complete(&text, at).into_iter().map(|c| c.insert).collect()
}

fn all(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn completion_offers_what_the_parser_would_take() {
    for (line, expected) in [
        ("pub|", &["publish"][..]),
        ("con|", &["consumer"]),
        ("producer q |", &["on"]),
        ("producer q on |", &["orders"]),
        ("producer q on orders |", &["named", "as"]),
        ("producer q on orders named x |", &["as"]),
        ("producer q on orders as r|", &["rust", "rust-tutorial"]),
        (
            "consumer c on orders from |",
            &["first", "last", "next", "offset", "timestamp", "stored"],
        ),
        ("consumer c on orders store auto e|", &["every"]),
        ("crash |", &["broker", "leader", "node", "billing", "p"]),
        ("expect bil|", &["billing."]),
        (
            "expect billing.re|",
            &["billing.received", "billing.redelivered"],
        ),
        ("expect billing |", &["received"]),
        ("expect billing.last |", &["==", "!=", "<", "<=", ">", ">="]),
        (
            "expect p.state == |",
            &[
                "\"declaring\"",
                "\"open\"",
                "\"closed\"",
                "\"crashed\"",
                "\"refused\"",
                "none",
                "billing.",
                "p.",
            ],
        ),
        (
            "expect billing.last == |",
            &["none", "billing.", "orders.", "p."],
        ),
        ("expect billing.last == billing.l|", &["billing.lag"]),
        (
            "run until billing.last == orders.next |",
            &["-", "+", "and"],
        ),
        ("expect world.time > |", &["none"]),
        ("run until billing.last == 3 |", &["and"]),
        ("goal \"x\" orders.me|", &["orders.messages"]),
        ("run for |", &["1ms", "10ms", "1s", "1m", "1h"]),
        ("run for 5|", &["5us", "5ms", "5s", "5m", "5h", "5d"]),
        ("stream t max-length 10M|", &["10MB", "10MiB"]),
        ("drop |", &["1/10", "1/2"]),
        ("publish p |", &["\"m{n}\"", "10", "100"]),
        ("# pub|", &[]),
        ("> pub|", &[]),
        ("title \"pub|", &[]),
        ("frobnicate |", &[]),
    ] {
        assert_eq!(suggested(line), all(expected), "{line}");
    }
}

/// Whatever is offered reads on: it brings no problem of its own at its place.
#[test]
fn examples_are_values_that_the_parser_takes() {
    for line in [
        "run for |",
        "wait |",
        "stream t max-length |",
        "stream t max-age |",
        "drop | from p",
        "publish p | \"x\"",
        "publish p 9 |",
        "publish p ids | \"x\"",
        "publish p \"x\" size |",
        "publish p \"x\" in batches of |",
        "publish p \"x\" sub-batch of |",
        "consumer c on orders store every |",
        "consumer c on orders credit |",
        "consumer c on orders from offset |",
        "consumer c on orders from |",
        "credit billing |",
    ] {
        let offered = suggested(line);
        assert!(!offered.is_empty(), "{line}");
        for value in offered
            .iter()
            .filter(|value| value.starts_with(|c: char| c.is_ascii_digit()))
        {
            let text = format!("{ABOVE}{}\n", line.replace('|', value));
            assert!(
                parse(&text).is_ok(),
                "{text}: {:?}",
                parse(&text).diagnostics
            );
        }
    }
    let found = complete("broker rabbitmq-streams ", 24);
    assert!(found.iter().any(|c| c.insert == "4.0"));
    for version in found.iter().filter(|c| c.insert.starts_with(['3', '4'])) {
        let text = format!("broker rabbitmq-streams {}\n", version.insert);
        assert!(parse(&text).is_ok(), "{text}");
    }
}

#[test]
fn completion_replaces_the_word_under_the_cursor() {
    let text = "strxm s";
    let found = complete(text, 3);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].replace.start, found[0].replace.end), (0, 5));
    assert!(!found[0].about.is_empty());
}

#[test]
fn help_says_what_a_word_means() {
    let text = format!("{ABOVE}publish p 3 \"x\" one by one\nexpect billing.lag == 0\n");
    for (word, about) in [
        ("one by", "Awaits the confirms"),
        ("lag ==", "Offset lag"),
        ("billing.lag", "a consumer, of line 3"),
        ("publish p", "Publishes COUNT messages"),
    ] {
        let at = text.find(word).expect("the text has the word");
        let help = help_at(&text, at).expect("there is help");
        assert!(help.about.starts_with(about), "{word}: {help:?}");
    }
    assert_eq!(help_at("\n# x", 3), None);
}

#[test]
fn highlighting_knows_the_words_of_each_family() {
    for (line, family) in [
        ("topic orders queues 4", Family::RocketMq),
        ("stream s", Family::RabbitMq),
    ] {
        let (_, class) = highlight(line, family)[0];
        assert_eq!(format!("{class:?}"), "Keyword", "{line}");
    }
}

#[test]
fn highlighting_needs_one_line_only() {
    let line = "expect billing.last >= 10 # why";
    let shown: Vec<String> = highlight(line, Family::RabbitMq)
        .into_iter()
        .map(|(span, class)| {
            format!(
                "{class:?} {}",
                &line[span.start as usize..span.end as usize]
            )
        })
        .collect();
    let expected = [
        "Keyword expect",
        "Name billing",
        "Fact last",
        "Operator >=",
        "Number 10",
        "Comment # why",
    ];
    assert_eq!(shown, expected);
    let damaged: Vec<String> = highlight("consumer c on s frm first \"x", Family::RabbitMq)
        .into_iter()
        .map(|(_, class)| format!("{class:?}"))
        .collect();
    let expected = [
        "Keyword", "Name", "Word", "Name", "Unknown", "Unknown", "Text",
    ];
    assert_eq!(damaged, expected);
}

#[test]
fn the_example_of_every_statement_is_right() {
    let above = "stream s\nproducer p on s\nconsumer c on s\n";
    let mut keywords = Vec::new();
    for form in table::forms(Family::default()) {
        let header = parse(&format!("{}\n", form.example));
        let below = parse(&format!("{above}{}\n", form.example));
        assert!(
            header.is_ok() || below.is_ok(),
            "{}: {:?}",
            form.example,
            below.diagnostics
        );
        assert!(form.example.starts_with(form.keyword));
        assert!(
            form.shapes
                .iter()
                .all(|shape| shape.starts_with(form.keyword))
        );
        assert!(form.about.ends_with('.') && form.options.iter().all(|o| o.about.ends_with('.')));
        assert!(
            !keywords.contains(&form.keyword),
            "{} stands twice",
            form.keyword
        );
        keywords.push(form.keyword);
    }
}
