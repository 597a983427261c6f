//! Elements whose scenarios are of different families: each gets the player that has its brokers, and a page loads no other.

use offset_lab_e2e::POLICY;
use offset_lab_e2e::lab::{self, CRASH};
use serde_json::json;

use crate::somewhere::{FIRST, Somewhere, live, text_in};

/// A scenario of the other family. Its line `broker` is not the first, and a word of a comment is no such line.
const QUEUES: &str = "# no broker rabbitmq-streams here\ntitle \"Queues\"\n  broker rocketmq 5.3\ntopic orders queues 1\n\
    producer p on orders\npublish p 10 \"order {i}\"\nrun\n";

#[test]
fn a_page_loads_the_player_that_its_scenario_needs_and_another_when_that_changes()
-> anyhow::Result<()> {
    let body = format!("<offset-lab step=\"9999\"><pre>{QUEUES}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?.open()?;
    live(&page, FIRST)?;
    let loaded = || -> Vec<String> {
        let files = page.requests();
        let modules = files.iter().filter(|file| file.ends_with(".wasm"));
        modules
            .filter_map(|file| Some(file.rsplit_once('/')?.1.to_owned()))
            .collect()
    };
    assert_eq!(loaded(), ["offset-lab-player-rocketmq_bg.wasm"]);
    let end = lab::timeline_here(QUEUES).map(|timeline| timeline.len());
    assert_eq!(page.eval(&format!("{FIRST}.step"))?, json!(end));
    let maximum = page.eval(&format!("{FIRST}.facts()['orders.q0'].max"))?;
    assert_eq!(maximum, 10);
    // Another family's scenario, and its first again: each is run from its beginning by whoever can.
    let end = lab::timeline_here(CRASH).map(|timeline| timeline.len());
    let put = |text: &str| {
        let put = format!("({FIRST}.text = {}, {FIRST}.step = 9999, 0)", json!(text));
        page.eval(&put).and_then(|_| live(&page, FIRST))
    };
    put(CRASH)?;
    assert_eq!(page.eval(&format!("{FIRST}.step"))?, json!(end));
    assert_eq!(page.eval(&format!("{FIRST}.text"))?, json!(CRASH));
    assert_eq!(loaded().len(), 2);
    put(QUEUES)?;
    assert_eq!(page.eval(&format!("{FIRST}.text"))?, json!(QUEUES));
    assert_eq!(loaded().len(), 2, "each is loaded once");
    page.expect_clean()
}

#[test]
fn a_player_says_what_is_wrong_in_the_words_of_the_family() -> anyhow::Result<()> {
    let text = "broker rocketmq 5.3\ntopic orders queues 1\nproducr p on orders\n";
    let body = format!("<offset-lab><pre>{text}</pre></offset-lab>");
    let page = Somewhere::new(&body, "")?.open()?;
    let drawn = text_in(&page, FIRST, ".player-problems pre")?;
    let message = &offset_lab::parse(text).diagnostics[0].message;
    assert!(drawn.contains(&format!("error: {message}")), "{drawn}");
    assert!(drawn.contains("--> scenario:3:1"), "{drawn}");
    page.expect_clean()
}

#[test]
fn in_a_sandboxed_frame_either_family_runs() -> anyhow::Result<()> {
    let frame = |lesson: &str| {
        format!(
            "<iframe sandbox=\"allow-scripts\" title=\"A lab\" width=\"700\" height=\"400\" \
             src=\"./app/embed.html?lesson={lesson}&amp;step=12\"></iframe>"
        )
    };
    for lesson in ["three-offsets", "crash-and-redelivery"] {
        let page = Somewhere::new(&frame(lesson), "")?
            .policy(&format!("{POLICY}; frame-src 'self'"))
            .open()?;
        page.in_frame(|page| {
            live(page, FIRST)?;
            assert_eq!(page.eval(&format!("{FIRST}.step"))?, 12, "{lesson}");
            Ok(())
        })?;
        page.expect_clean()?;
    }
    Ok(())
}
