//! Random scenarios of RocketMQ: any text that comes of here has no diagnostics. Runs nothing.

use proptest::collection::vec;
use proptest::prelude::*;

const VERSIONS: [&str; 8] = [
    "4.9.2", "4.9.4", "4.9.8", "5.0", "5.1", "5.1.4", "5.2", "5.3.3",
];
/// What is said of a group, and of its members.
const MODES: [(&str, &str); 8] = [
    ("", ""),
    ("", "takes 3ms"),
    ("", "fails at \"7\" times 2"),
    ("", "hangs at \"13\""),
    ("orderly", "takes 700us"),
    ("orderly", "fails at \"7\" times 2"),
    ("broadcast", "fails at \"7\" times 2"),
    ("pop", "takes 3ms fails at \"7\" times 1"),
];
/// Programs, those that consume first.
pub(crate) const PROGRAMS: [&str; 8] = ["a", "b", "c", "h", "k", "p", "q", "r"];

/// One random line: what, about whom, how much.
pub(crate) type Act = (u8, u8, u64);

/// What stands before the random lines, drawn by a few numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    version: usize,
    mode: usize,
    pub(crate) queues: u64,
    old_client: bool,
    file: u64,
}

impl Setting {
    /// Whether its group g hands out messages by POP.
    pub(crate) fn pops(self) -> bool {
        MODES[self.mode].0 == "pop"
    }

    /// Whether messages of its group g hang, so that they never come to an end.
    pub(crate) fn hangs(self) -> bool {
        MODES[self.mode].1.starts_with("hangs")
    }

    /// The lines that bring topics, producers, groups and members.
    pub(crate) fn prelude(self) -> String {
        let (mode, habits) = MODES[self.mode];
        // Before 5.0 nobody pops.
        let version = if self.pops() {
            VERSIONS[3 + self.version % 5]
        } else {
            VERSIONS[self.version]
        };
        let client = if self.old_client { "client 4.9.8" } else { "" };
        let (queues, file) = (self.queues, self.file);
        format!(
            "broker rocketmq {version}\noption latency 2ms\n\
             topic t queues {queues} file {file}kB reserved 1h\ntopic u queues 1\n\
             producer p on t\nproducer q on t\nproducer r on u\ngroup g on t from first {mode}\n\
             member a in g {habits}\nmember b in g {habits} {client}\nmember c in g takes 20ms\n\
             group h on t from last tag \"x\" commit every 2s {client}\n\
             group k on u from timestamp 3s orderly\n"
        )
    }
}

/// A drawn setting.
pub(crate) fn setting() -> impl Strategy<Value = Setting> {
    let drawn = (
        0..VERSIONS.len(),
        0..MODES.len(),
        1u64..5,
        any::<bool>(),
        prop_oneof![Just(2u64), Just(8), Just(1_000)],
    );
    drawn.prop_map(|(version, mode, queues, old_client, file)| Setting {
        version,
        mode,
        queues,
        old_client,
        file,
    })
}

/// Drawn lines, at most so many.
pub(crate) fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    vec((0u8..64, any::<u8>(), 1u64..60), 1..most)
}

fn publish((what, who, n): Act, queues: u64) -> String {
    let producer = ["p", "q"][usize::from(who) % 2];
    match what {
        0..=5 => format!("publish {producer} {n} \"m{{n}}\""),
        6 => format!("publish {producer} {n} \"m{{n}}\" to queue {}", n % queues),
        7 => format!("publish {producer} {n} \"m{{n}}\" key \"k{{i}}\""),
        8 | 9 => format!("publish {producer} {n} \"m{{n}}\" tag \"x\""),
        10 => format!("publish {producer} {} \"m{{n}}\" every 70ms", n % 9 + 1),
        11 | 12 => format!("publish {producer} {n} \"m{{n}}\" size 300B"),
        13 => format!("publish {producer} {n} \"m{{n}}\" delay {}", n % 4 + 1),
        _ => format!("publish r {n} \"m{{n}}\""),
    }
}

fn reset((what, who, n): Act, queues: u64) -> String {
    let group = ["g", "g", "g", "h", "k"][usize::from(who) % 5];
    let queue = match group {
        "k" => 0,
        _ => n % queues,
    };
    let force = ["", " force"][usize::from(who) / 8 % 2];
    match what {
        30 => format!("reset {group} to offset {n}{force}"),
        31 => format!("reset {group} to offset {n} queue {queue}"),
        32 => format!("reset {group} to min queue {queue}"),
        33 => format!("reset {group} to min{force}"),
        34 => format!("reset {group} to max{force}"),
        35 => format!("reset {group} to time {n}s{force}"),
        _ => format!("reset {group} to time now{force}"),
    }
}

fn fault((what, who, n): Act) -> String {
    let producer = ["p", "q", "r"][usize::from(who) % 3];
    let consumer = PROGRAMS[usize::from(who) % 5];
    let any = PROGRAMS[usize::from(who) % 8];
    match what {
        37 | 38 => "crash broker".to_owned(),
        39..=41 => "start broker".to_owned(),
        42 => format!("lose next publish from {producer}"),
        43 => format!("lose next confirm to {producer}"),
        44 => format!("lose next store from {consumer}"),
        45 => format!("drop 1/3 from {any}"),
        46 => format!("delay {any} {}ms", n * 20),
        _ => format!("heal {any}"),
    }
}

/// The text of a line.
pub(crate) fn line(act: Act, queues: u64) -> String {
    let (what, who, n) = act;
    let producer = ["p", "q", "r"][usize::from(who) % 3];
    let consumer = PROGRAMS[usize::from(who) % 5];
    let any = PROGRAMS[usize::from(who) % 8];
    match what {
        0..=14 => publish(act, queues),
        15..=17 => format!("crash {any}"),
        18..=22 => format!("restart {any}"),
        23..=25 => format!("stop {consumer}"),
        26 => format!("pause {consumer}"),
        27 | 28 => format!("resume {consumer}"),
        29 => format!("close {producer}"),
        30..=36 => reset(act, queues),
        37..=48 => fault(act),
        49 | 50 => "expire".to_owned(),
        51 => "run for 2h".to_owned(),
        52 => format!("option disk {}%", [50, 80, 86, 91][usize::from(who) % 4]),
        53 => format!("topic t queues {}", n % 5 + 1),
        54..=56 => "run".to_owned(),
        57 => format!("run for {n}ms"),
        58 | 59 => format!("run for {n}s"),
        60 => format!("run until g.received >= {n}"),
        61 => format!("step {n}"),
        62 => format!("await {producer} confirmed"),
        _ => format!("run for {}ms", n * 100),
    }
}

/// A whole text.
pub(crate) fn text(setting: Setting, acts: &[Act]) -> String {
    let lines = acts.iter().map(|act| line(*act, setting.queues));
    lines.fold(setting.prelude(), |text, line| text + &line + "\n")
}

/// A text behind which all is whole again, nobody is paused, and time passes.
pub(crate) fn healed(setting: Setting, acts: &[Act]) -> String {
    let heal = PROGRAMS.map(|program| format!("heal {program}\n")).concat();
    let resume = ["a", "b", "c", "h", "k"].map(|member| format!("resume {member}\n"));
    let text = text(setting, acts) + "option disk 50%\nstart broker\n";
    text + &heal + &resume.concat() + "run\nrun for 5m\nrun\n"
}
