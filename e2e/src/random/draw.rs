//! Which deeds are drawn, how often, and with which words: sound ones and nonsense. It must not know the page.

use super::Deed;

/// Numbers that look random and are the same every time.
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // Seeds that differ little must not begin alike.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    fn small(&mut self, n: u32) -> u32 {
        u32::try_from(self.below(u64::from(n))).unwrap_or(0)
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).unwrap_or(0)]
    }
}

/// Texts to start from: one stream, three nodes, two streams, retention, several clients, questions; queues with a group,
/// files that expire, and members that fail, hang, and share by POP.
pub(super) const TEXTS: &[&str] = &[
    crate::lab::CRASH,
    crate::lab::THREE_NODES,
    crate::lab::TWO_STREAMS,
    "stream s max-length 20kB segment 5kB\nproducer p on s named ref\npublish p 40 \"m{n}\" size 500B one by one\nrun\n\
     consumer billing on s from first store every 10 takes 1ms\nlose next confirm to p\npublish p 3 \"x\"\nrun\nresend p\nrun\n",
    "stream s\nproducer p on s\npublish p 500 \"m{n}\" in batches of 20\nrun\n\
     consumer a on s named g from first store auto every 50 flush 5s takes 1ms single active as java\n\
     consumer b on s named g from first store auto every 50 flush 5s takes 1ms single active as java\n\
     wait 60ms\nask \"Who goes on?\" b.state\ncrash a\nrun for 10s\nexpect b.received > 0\n",
    crate::lab::QUEUES,
    "broker rocketmq 4.9\ntopic orders queues 2 file 4kB reserved 1h\nproducer p on orders\npublish p 40 \"m{n}\" size 500B\nrun\n\
     group billing on orders from first\nrun\nstop billing\nwait 2h\npublish p 9 \"n{n}\" size 500B\nrun\nexpire\nrun\n\
     ask \"Where does it go on?\" billing.q0.offset\nrestart billing\nrun\nreset billing to time 0s\nrun for 1m\n",
    "broker rocketmq 5.3\ntopic orders queues 3\nproducer p on orders\npublish p 60 \"m{n}\" every 50ms\n\
     group billing on orders from first commit every 2s\nmember a in billing takes 90ms fails at \"m7\" times 2\n\
     member b in billing takes 40ms hangs at \"m31\"\ngroup audit on orders pop takes 30ms\nrun for 20s\ncrash a\nrun for 2m\n",
];

/// Keys of the timeline and of the history.
const KEYS: &[&str] = &[
    "ArrowLeft",
    "ArrowRight",
    "Shift+ArrowLeft",
    "Shift+ArrowRight",
    "Alt+ArrowRight",
    "Home",
    "End",
    "[",
    "]",
    "0",
    "3",
    "7",
    "9",
    "Control+z",
    "Control+z",
    "Shift+Control+Z",
];

/// Lines about streams, sound at most places of most texts about them; most others have a problem then.
const LINES: &[&str] = &[
    "run",
    "run for 5ms",
    "run until billing.received == 30",
    "wait 3ms",
    "step 2",
    "await p confirmed",
    "publish p 3 \"x{i}\"",
    "publish p \"one\" id 7",
    "publish p 30 \"y\" in batches of 10",
    "store billing 12",
    "query billing",
    "credit billing 1",
    "crash billing",
    "restart billing",
    "stop billing",
    "pause billing",
    "resume billing",
    "close p",
    "resend p",
    "lose next confirm to p",
    "lose next publish from p",
    "lose next store from billing",
    "drop 1/3 from p",
    "delay billing 4ms",
    "heal p",
    "crash broker",
    "start broker",
    "crash leader",
    "crash node 2",
    "start node 2",
    "cut node 3",
    "heal node 3",
    "stream extra max-length 5kB",
    "delete s",
    "consumer late on s from last",
    "expect billing.received >= 1",
    "expect billing received 0..27",
    "expect s.next == 3",
    "chapter \"Here\"",
    "> a *word* about it",
    "# a comment",
    "ask \"How many?\" billing.received",
    "goal \"All\" billing.lag == 0",
    "seed 7",
    "option latency 2ms",
    "run until world.time > 1s",
];

/// Lines about queues and groups, the same of such texts.
const QUEUE_LINES: &[&str] = &[
    "run",
    "run for 30s",
    "wait 73h",
    "run until billing.lag == 0",
    "run until billing.received == 30",
    "publish p 3 \"x{i}\" to queue 1",
    "publish p 5 \"k\" key \"k{i}\"",
    "publish p 2 \"late\" delay 3",
    "publish p 4 \"t\" tag \"paid\" every 1s",
    "reset billing to offset 5",
    "reset billing to time now",
    "reset billing to min queue 0",
    "reset billing to max force",
    "group late on orders from last",
    "group late on orders from timestamp 1s orderly takes 5ms",
    "group wide on orders broadcast",
    "member extra in billing takes 1ms",
    "topic extra queues 2 read 3",
    "crash billing",
    "restart billing",
    "stop billing",
    "pause billing",
    "resume billing",
    "lose next store from billing",
    "lose next confirm to p",
    "drop 1/3 from p",
    "delay p 4ms",
    "crash broker",
    "start broker",
    "expire",
    "option disk 91%",
    "ask \"How far?\" billing.q0.offset",
    "expect billing.q0.offset >= 0",
    "expect orders.q1.max > 3",
];

/// What is typed where it does not belong.
const NONSENSE: &[&str] = &[
    "",
    " ",
    "x",
    "-1",
    "0",
    "1",
    "7",
    "200",
    "9_007_199_254_740_993",
    "99999999999999999999",
    "1/0",
    "2/1",
    "1/7",
    "10ms",
    "5 s",
    "101y",
    "\"",
    "\\",
    "a b",
    "run",
    "#",
    ">",
    "ü 😀",
    "{n}",
    "{",
    "<b>",
    "s",
    "billing",
    "writer",
    "first",
    "\u{202e}x",
    "1kB",
    "0B",
];

const TYPED: &[&str] = &[
    "x",
    "publ",
    " 3",
    "\"",
    "run\n",
    "#",
    ">",
    "  ",
    "consumr c on s\n",
    "exp",
    "\n",
    "é😀",
    "{n}",
    "0",
    "expect billing.la",
];

const EDIT_KEYS: &[&str] = &[
    "Backspace",
    "Backspace",
    "Delete",
    "Enter",
    "Control+.",
    "Control+Space",
    "Control+Enter",
    "Control+z",
    "Shift+Control+Z",
    "ArrowUp",
    "Tab",
];

const WINDOWS: &[(u32, u32)] = &[
    (1280, 800),
    (1280, 800),
    (768, 1024),
    (360, 740),
    (1920, 1080),
    (640, 400),
    (320, 568),
];

impl Deed {
    /// A deed at random.
    pub fn draw(dice: &mut Dice) -> Self {
        match dice.below(100) {
            0..12 => Self::Press(dice.one_of(KEYS).to_owned()),
            12..33 => act(dice),
            33..52 => travel(dice),
            52..67 => write(dice),
            67..86 => look(dice),
            86..93 => match dice.below(3) {
                0 => Self::Undo,
                1 => Self::Redo,
                _ => Self::Fix(dice.below(5)),
            },
            _ => other(dice),
        }
    }

    /// Starts anew with one of [`TEXTS`].
    pub(super) fn anew(number: usize) -> Self {
        Self::Paste(TEXTS[number % TEXTS.len()].to_owned())
    }
}

fn act(dice: &mut Dice) -> Deed {
    let values = |dice: &mut Dice| match dice.below(3) {
        0 => (0..4).map(|_| dice.one_of(NONSENSE).to_owned()).collect(),
        _ => Vec::new(),
    };
    match dice.below(8) {
        0 => Deed::Quick,
        1 => Deed::ActThere {
            act: dice.below(16),
            values: values(dice),
        },
        _ => Deed::Act {
            menu: dice.below(6),
            act: dice.below(16),
            values: values(dice),
        },
    }
}

fn travel(dice: &mut Dice) -> Deed {
    match dice.below(9) {
        0..2 => Deed::Scrub(dice.small(1_001)),
        2 => Deed::DragScrub(dice.small(1_001), dice.small(1_001)),
        3 => Deed::Row(dice.below(60)),
        4 => Deed::Console(dice.below(60)),
        5 => Deed::Gutter(dice.below(40)),
        6 => Deed::RunToLine(dice.below(40)),
        7 => Deed::Speed(i8::try_from(dice.below(10)).unwrap_or(0) - 3),
        _ => Deed::Play(u8::try_from(dice.below(10)).unwrap_or(0)),
    }
}

fn write(dice: &mut Dice) -> Deed {
    let line = dice.below(40);
    match dice.below(4) {
        0 => Deed::Type {
            line,
            keys: dice.one_of(TYPED).to_owned(),
        },
        1 => Deed::Keys {
            line,
            key: dice.one_of(EDIT_KEYS).to_owned(),
            times: 1 + u8::try_from(dice.below(4)).unwrap_or(0),
        },
        2 => Deed::Write {
            line,
            text: dice.one_of(LINES).to_owned(),
        },
        _ => Deed::Write {
            line,
            text: dice.one_of(QUEUE_LINES).to_owned(),
        },
    }
}

fn look(dice: &mut Dice) -> Deed {
    match dice.below(9) {
        0..2 => Deed::Mark(dice.below(200)),
        2 => Deed::MarkByKeys(dice.below(12)),
        3 => Deed::Child(dice.below(8)),
        4 => Deed::Tab(dice.below(6)),
        5 => Deed::Side(dice.below(3)),
        6 => Deed::DragLane(
            dice.below(3),
            i32::try_from(dice.below(700)).unwrap_or(0) - 350,
        ),
        7 => {
            let (width, height) =
                WINDOWS[usize::try_from(dice.below(WINDOWS.len() as u64)).unwrap_or(0)];
            Deed::Resize(width, height)
        }
        _ => match dice.below(2) {
            0 => Deed::Help,
            _ => Deed::Theme,
        },
    }
}

fn other(dice: &mut Dice) -> Deed {
    match dice.below(7) {
        0..3 => Deed::anew(usize::try_from(dice.below(TEXTS.len() as u64)).unwrap_or(0)),
        3..5 => {
            let mut all = offset_lab::lessons::all();
            let at = usize::try_from(dice.below(all.clone().count() as u64)).unwrap_or(0);
            Deed::Lesson(all.nth(at).map_or("", |lesson| lesson.slug).to_owned())
        }
        5 => Deed::Revert,
        _ => Deed::Reload,
    }
}
