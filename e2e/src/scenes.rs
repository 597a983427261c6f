//! Moments of the app that are worth a picture, and the way to each. It judges nothing.

use crate::Lab;
use crate::lab::{QUEUES, SEGMENTS, THREE_NODES, TWO_STREAMS};
use crate::page::FIRST_LESSON;

/// A moment of the app.
pub struct Scene {
    /// Its name, good for a file.
    pub name: &'static str,
    /// Whether the window is pictured as it stands, and not the whole page.
    pub window: bool,
    /// The way there, from any scene.
    pub go: fn(&Lab) -> anyhow::Result<()>,
}

const FAILS: &str = "title \"A check that fails\"\nstream s\nproducer p on s\npublish p 12 \"m{n}\"\nrun\n\
    consumer c on s from offset 4 takes 1ms\nrun\nexpect c.received == 12\nexpect c.last == 11\n";
const BROKEN: &str = "title \"Problems\"\nstream s\nproducr p on s\npublish p 12 \"m{n}\"\nrun\nexpect c.recieved == 12\n";

const MEMBERS: &str = "title \"Members, retries, delays\"\nbroker rocketmq 5.3\ntopic orders queues 3\nproducer p on orders\n\
    publish p 24 \"order {n}\" every 50ms\npublish p 2 \"later {n}\" delay 4\n\
    group billing on orders from first\nmember anna in billing takes 90ms fails at \"order 7\" times 2\n\
    member bert in billing takes 40ms hangs at \"order 11\"\nrun for 25s\ncrash anna\nrun for 20s\n";
const MODES: &str = "title \"Modes\"\nbroker rocketmq 5.3\ntopic orders queues 2\nproducer p on orders\n\
    publish p 12 \"order {n}\"\nrun\ngroup pops on orders pop takes 2s\ngroup steps on orders from first orderly takes 1s\n\
    group wide on orders from first broadcast\nmember east in wide\nmember west in wide takes 500ms\nrun for 3s\nrun\n";
const EXPIRED: &str = "title \"Expired\"\nbroker rocketmq 5.3\ntopic alerts queues 1 file 10kB reserved 1h\ntopic clicks queues 2\n\
    producer a on alerts\nproducer c on clicks\npublish a 3 \"alert {n}\" size 1000B\npublish c 30 \"click {n}\" size 1000B\nrun\n\
    group pager on alerts from first takes 1s\ngroup counter on clicks from first\nrun for 100ms\nwait 90m\n\
    publish c 10 \"click {n}\" size 1000B\nrun\nexpire\nrun\n";

/// All scenes.
pub const ALL: &[Scene] = &[
    page("opening", |lab| lab.choose_lesson("crash-and-redelivery")),
    page("middle", |lab| {
        lab.choose_lesson("crash-and-redelivery")?;
        at(lab, "4")
    }),
    page("end", |lab| {
        lab.choose_lesson("crash-and-redelivery")?;
        at(lab, "End")
    }),
    page("three-nodes", |lab| {
        lab.write(THREE_NODES)?;
        at(lab, "7")
    }),
    page("two-streams", |lab| {
        lab.write(TWO_STREAMS)?;
        at(lab, "6")
    }),
    page("half-a-million", |lab| {
        lab.choose_lesson("half-a-million")?;
        at(lab, "5")
    }),
    page("queues", |lab| {
        lab.write(QUEUES)?;
        lab.run_to(7)
    }),
    page("queue-files", |lab| {
        lab.choose_lesson("retention-passes-the-consumer-offset")?;
        at(lab, "7")
    }),
    page("progress", |lab| {
        lab.choose_lesson("two-readings-of-lag")?;
        at(lab, "End")?;
        lab.click(".tables .tab:nth-of-type(3)")
    }),
    page("members", |lab| {
        lab.write(MEMBERS)?;
        lab.run_to(11)
    }),
    page("members-end", |lab| {
        lab.write(MEMBERS)?;
        at(lab, "End")
    }),
    page("modes", |lab| {
        lab.write(MODES)?;
        lab.run_to(12)
    }),
    page("expired-queue", |lab| {
        lab.write(EXPIRED)?;
        at(lab, "End")
    }),
    page("topic-status", |lab| {
        lab.write(EXPIRED)?;
        lab.run_to(12)?;
        lab.click(".tables .tab:nth-of-type(5)")
    }),
    page("group", |lab| {
        lab.write(MEMBERS)?;
        lab.run_to(11)?;
        lab.click(".stage .reader")
    }),
    page("topic", |lab| {
        lab.write(MEMBERS)?;
        lab.run_to(11)?;
        lab.click(".stage .reader")?;
        lab.click(".inspector .parents .link")
    }),
    page("new-group", |lab| {
        lab.write(QUEUES)?;
        lab.run_to(7)?;
        lab.open_menu("New")
    }),
    page("resets", |lab| {
        lab.write(QUEUES)?;
        lab.run_to(7)?;
        lab.open_menu("Reset")
    }),
    page("question", |lab| {
        lab.choose_lesson("resume-where-you-left-off")?;
        lab.run_to(18)
    }),
    page("answered", |lab| {
        lab.choose_lesson("crash-and-redelivery")?;
        lab.run_to(18)?;
        lab.click(".question .choices .button:nth-of-type(3)")?;
        lab.page.wait_for(".answered .reasons")
    }),
    page("exercise", |lab| {
        lab.choose_lesson("resume-where-it-stopped")?;
        at(lab, "End")?;
        lab.page.wait_for(".exercise")?;
        lab.click(".exercise summary")
    }),
    page("failed-check", |lab| {
        lab.write(FAILS)?;
        at(lab, "End")
    }),
    page("diagnostic", |lab| lab.write(BROKEN)),
    page("menu", |lab| {
        lab.choose_lesson("crash-and-redelivery")?;
        at(lab, "4")?;
        lab.open_menu("New")
    }),
    page("faults", |lab| {
        lab.write(THREE_NODES)?;
        at(lab, "7")?;
        lab.open_menu("Fault")
    }),
    page("segment", |lab| {
        lab.write(SEGMENTS)?;
        lab.run_to(6)?;
        lab.page.wait_still(".stage .segment")?;
        // At its beginning: a pin may stand in its midst.
        if let Some(spot) = lab.page.spot_at(".stage .segment", 0, 60)? {
            lab.page.click_at(spot)?;
        }
        lab.page.wait_for(".inspector")
    }),
    page("consumer", |lab| {
        lab.write(SEGMENTS)?;
        lab.run_to(6)?;
        lab.click(".stage .consumer")
    }),
    page("events", |lab| {
        lab.choose_lesson("crash-and-redelivery")?;
        at(lab, "4")?;
        lab.click(".tables .tab:nth-of-type(2)")
    }),
    page("home", |lab| to_home(lab, "#home")),
    page("nowhere", |lab| to_home(lab, "#lesson/retention")),
    page("why", |lab| {
        lab.choose_lesson("crash-and-redelivery")?;
        at(lab, "End")?;
        lab.click(".narration .ask-why")?;
        lab.page.wait_for(".why .reasons")
    }),
    page("questions", |lab| {
        lab.page.go("#questions")?;
        lab.page.wait_for(".asked-list")
    }),
    page("one-question", |lab| {
        lab.page
            .go("#question/can-a-consumer-go-on-where-it-left-off")?;
        lab.settled()
    }),
    page("empty-lab", |lab| {
        lab.page.go("#lab")?;
        lab.page.wait_for(".templates")
    }),
    page("hidden-answers", |lab| {
        lab.page.go("#lesson/crash-and-redelivery/answers-hidden")?;
        lab.page.wait_for(".stage .actor")?;
        lab.page
            .eval("document.querySelector('.lab main').focus()")?;
        lab.page.press("End")?;
        lab.page.wait_for(".question")
    }),
    page("lessons", |lab| lab.click(".side .tab:nth-of-type(2)")),
    page("syntax", |lab| lab.click(".side .tab:nth-of-type(3)")),
    Scene {
        name: "editor",
        window: true,
        go: |lab| {
            lab.write(THREE_NODES)?;
            at(lab, "7")?;
            lab.show_text()?;
            lab.page
                .eval("document.querySelector('.editor').scrollIntoView({ block: 'start' })")?;
            lab.page.wait_still(".editor")
        },
    },
    Scene {
        name: "completion",
        window: true,
        go: |lab| {
            lab.write("stream s\n")?;
            lab.show_text()?;
            lab.page.focus("textarea")?;
            lab.page.press("Control+End")?;
            lab.page.type_keys("con")?;
            lab.page.wait_for(".completion")
        },
    },
    Scene {
        name: "share",
        window: true,
        go: |lab| {
            lab.choose_lesson("crash-and-redelivery")?;
            lab.click(".header [title^='Share']")?;
            lab.page.wait_for(".copied")
        },
    },
    Scene {
        name: "embed",
        window: true,
        go: |lab| {
            lab.choose_lesson("crash-and-redelivery")?;
            at(lab, "5")?;
            lab.click(".header [title^='Share']")?;
            lab.page.click_nth(".dialog [role=tab]", 1, "")?;
            lab.page.wait_until(
                "document.querySelector('.preview-place offset-lab').shadowRoot.querySelector('.live .stage') !== null",
            )
        },
    },
    Scene {
        name: "export",
        window: true,
        go: |lab| {
            lab.choose_lesson("crash-and-redelivery")?;
            at(lab, "5")?;
            lab.click(".header [title^='Pictures']")?;
            lab.page.wait_for(".export-preview")
        },
    },
    Scene {
        name: "keys",
        window: true,
        go: |lab| {
            lab.click(".header [aria-label='Keys']")?;
            lab.page.wait_for(".help")
        },
    },
];

const fn page(name: &'static str, go: fn(&Lab) -> anyhow::Result<()>) -> Scene {
    Scene {
        name,
        window: false,
        go,
    }
}

/// To the home view.
fn to_home(lab: &Lab, fragment: &str) -> anyhow::Result<()> {
    lab.page.go(fragment)?;
    lab.page.wait_for(".home .track")
}

/// To a moment by a key.
fn at(lab: &Lab, key: &str) -> anyhow::Result<()> {
    lab.page.click_nth(".actions .do", 0, "")?;
    lab.press(&[key])
}

/// From any scene to where all of them begin.
pub fn reset(lab: &Lab) -> anyhow::Result<()> {
    lab.page
        .eval("(localStorage.clear(), sessionStorage.clear())")?;
    lab.page.go(FIRST_LESSON)?;
    lab.page.wait_for(".stage .actor")?;
    lab.settled()
}
