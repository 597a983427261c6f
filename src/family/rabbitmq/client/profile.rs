//! What each real client does differently, as data: one profile a client. Sources stand beside the
//! values. Knows no program state; the words that programs print are in `words`.

mod producing;

pub use producing::{FirstId, ProducerOnLoss, SubBatchId};

use super::console_lines::{self, ConsoleWords};
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::statements::Client;

/// Habits of a client library and of its tutorial's program.
#[derive(Debug, PartialEq, Eq)]
pub struct Profile {
    /// Where a consumer starts when neither the script nor a stored offset says.
    pub default_spec: OffsetSpec,
    /// Whether a consumer asks for its stored offset at the start.
    pub asks: Asks,
    /// What a stored offset means at the start.
    pub resume: Resume,
    /// What becomes of offsets at the upper end of their range.
    pub numbers: OffsetNumbers,
    /// Which deliveries lose the messages below an `offset` spec.
    pub trim: Trim,
    /// Which messages a policy `every N` stores.
    pub stores: Stores,
    /// What the program asks to store at a message that says stop and is stored by count as well.
    pub stores_marker: StoresMarker,
    /// Which stores the library sends.
    pub guard: Guard,
    /// Whether the library asks again what is stored, and sends a lost store once more.
    pub rechecks: bool,
    /// How its automatic tracking works.
    pub auto: AutoTracking,
    /// What `stop` stores under the policy `auto`.
    pub on_close: OnClose,
    /// Credit of the subscribe.
    pub credit: u16,
    /// When a credit goes back.
    pub credit_back: CreditBack,
    /// Which offsets the program sees behind a filter.
    pub numbering: Numbering,
    /// Whether it can read sub-entry batches. If not, it decodes nothing any more behind the first one, and waits.
    pub reads_sub_batches: bool,
    /// What follows when a message says stop.
    pub at_stop: AtStop,
    /// What a single active consumer that tracks answers when it becomes active.
    pub takeover: Takeover,
    /// What one that does not track answers.
    pub untracked_takeover: UntrackedTakeover,
    /// Whether messages below that answer are dropped like those below an `offset` spec; if not, those below the
    /// spec of the subscribe are.
    pub takeover_trims: bool,
    /// What follows when the connection or the stream's leader is gone.
    pub on_loss: OnLoss,
    /// What follows for a producer.
    pub producer_on_loss: ProducerOnLoss,
    /// Whether it hears that its stream is gone (`MetadataUpdate`).
    pub hears_metadata: bool,
    /// Which publishing id a new run of a producer begins with.
    pub first_id: FirstId,
    /// Which publishing id a sub-entry batch has.
    pub sub_batch_id: SubBatchId,
    /// Whether a sub-entry batch has an id that the program says; if not, the client gives one all the same.
    pub sub_batch_takes_said_id: bool,
    /// Whether the client's own ids go on behind those that the program says; if not, where they were.
    pub counts_said_ids: bool,
    /// Whether a producer that comes back publishes by itself what is unconfirmed, with the same ids.
    pub republishes: bool,
    /// What its programs print.
    pub words: &'static ConsoleWords,
}

/// Whether a consumer asks for its stored offset at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// If it tracks: its program does.
    IfItTracks,
    /// If it has a name: the library does, whatever the tracking (Java, `ConsumersCoordinator.java`).
    IfNamed,
}

/// What becomes of offsets at the upper end of their range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetNumbers {
    /// They stay at their greatest.
    Saturate,
    /// They begin at 0 again, behind 2^64 − 1 (Rust, in a build without overflow checks).
    Wrap,
    /// They have no bound, and the protocol has: the subscribe behind 2^64 − 1 cannot be encoded (rstream).
    Fail,
    /// Signed, compared as unsigned ones; they wrap, and 2^64 − 1, which is −1, drops nothing (Java).
    SignedButCompared,
    /// Signed: they wrap, from 2^63 on they are negative, so nothing lies below them and none is stored (Go).
    Signed,
}

/// How automatic tracking works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutoTracking {
    /// Java's `AutoTrackingTracker`: it asks what is stored, and stores what was processed if that is greater.
    Java,
    /// Go's `cacheStoreOffset`: it stores where it is, without asking; at the start that is the `offset` it asked for.
    Go,
}

/// What a stored offset means at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Start behind it.
    AfterStored,
    /// Start behind it; 0 counts as nothing stored (Java, `ConsumersCoordinator.java`).
    AfterStoredUnlessZero,
    /// Start behind it; from 0, start at 0 (the Rust tutorial: `if stored > 0 { stored + 1 }`).
    AfterStoredZeroAgain,
}

/// Which deliveries lose the messages below an `offset` spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trim {
    /// Only the first chunk (Java, rstream).
    FirstChunk,
    /// Every chunk, for the life of the consumer (Rust, Go).
    EveryChunk,
}

/// Which messages a policy `every N` stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stores {
    /// The Nth, the 2Nth, …: the program counts from 0.
    EveryNth,
    /// The first, the N+1st, …: the program counts from -1.
    FirstAndEveryNth,
}

/// What a program asks to store at a message that says stop and is stored by count as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoresMarker {
    /// The offset, once: one condition (Rust).
    Once,
    /// The offset by count, and again for the marker: two conditions (Java, Python, Go; Go's library leaves the second out).
    Besides,
}

/// Which stores the library sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// All of them.
    All,
    /// Rising ones (Go, `StoreCustomOffset`).
    Rising,
    /// Rising ones, and once one that does not rise (Java, `StreamConsumer.store`).
    RisingAndOne,
}

/// What `stop` stores under the policy `auto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnClose {
    /// Nothing.
    Nothing,
    /// The last processed offset (Go, `cacheStoreOffset`).
    LastProcessed,
    /// It asks what is stored; the last processed offset if that is greater (Java,
    /// `AutoTrackingTracker`).
    AskThenLastProcessed,
}

/// When a credit goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditBack {
    /// When the processing of a chunk starts.
    AtStart,
    /// When half of the messages that a chunk has left after what lies below the spec are through, and one more. A
    /// chunk that has none left gives nothing back (Go, `declareSubscriber`).
    AtHalf,
    /// When all messages of a chunk are in a channel of this many (Rust): on arrival, unless as
    /// many wait.
    WhenTaken {
        /// Messages that fit, beside the one that is being processed.
        channel: u64,
    },
}

/// Which offsets the program sees behind a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Each message its own.
    Exact,
    /// The chunk's id and how many messages were kept before (Rust: wrong behind the first one
    /// dropped).
    CountsKept,
}

/// What follows when a message says stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtStop {
    /// The program ends.
    Ends,
    /// It unsubscribes; if more was delivered by then, it starts over from where it had resumed
    /// (the nested loop of the Rust tutorial's page).
    StartsOverIfMoreCame,
}

/// What a single active consumer that tracks answers when it becomes active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takeover {
    /// Behind the stored offset, 0 included; its spec with nothing stored.
    AfterStored,
    /// At the stored offset, which comes again; its spec with nothing stored (examples of Rust and
    /// rstream).
    AtStored,
}

/// What a single active consumer that does not track answers when it becomes active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UntrackedTakeover {
    /// Nothing: its spec holds.
    Spec,
    /// `next`, whatever its spec says (Rust and rstream without a listener).
    Next,
    /// Its spec, in words: the library insists on a listener, and the program has nothing else to say (Go).
    SaysSpec,
}

/// What follows when the connection or the stream's leader is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLoss {
    /// It comes back, and resumes as after a restart.
    Resumes,
    /// It comes back: behind a stored offset, else at the last message it got, which comes again
    /// (Java, `recoverSubscription`).
    ResumesAtLast,
    /// It ends: nobody told the library to come back (Rust, rstream and Go, default settings).
    Ends,
}

/// The program that the lab teaches with: no surprises.
pub const CANONICAL: Profile = Profile {
    default_spec: OffsetSpec::Next,
    asks: Asks::IfItTracks,
    resume: Resume::AfterStored,
    numbers: OffsetNumbers::Saturate,
    trim: Trim::FirstChunk,
    stores: Stores::EveryNth,
    stores_marker: StoresMarker::Once,
    guard: Guard::All,
    rechecks: false,
    auto: AutoTracking::Java,
    on_close: OnClose::Nothing,
    credit: 10,
    credit_back: CreditBack::AtStart,
    numbering: Numbering::Exact,
    reads_sub_batches: true,
    at_stop: AtStop::Ends,
    takeover: Takeover::AfterStored,
    untracked_takeover: UntrackedTakeover::Spec,
    takeover_trims: true,
    on_loss: OnLoss::Resumes,
    producer_on_loss: ProducerOnLoss::Returns,
    hears_metadata: true,
    first_id: FirstId::OwnCount,
    sub_batch_id: SubBatchId::Own,
    sub_batch_takes_said_id: true,
    counts_said_ids: true,
    republishes: false,
    words: &console_lines::CANONICAL,
};

/// The Java client and its tutorial.
pub const JAVA: Profile = Profile {
    asks: Asks::IfNamed,
    resume: Resume::AfterStoredUnlessZero,
    numbers: OffsetNumbers::SignedButCompared,
    stores_marker: StoresMarker::Besides,
    guard: Guard::RisingAndOne,
    rechecks: true,
    on_close: OnClose::AskThenLastProcessed,
    takeover_trims: false,
    on_loss: OnLoss::ResumesAtLast,
    first_id: FirstId::AnswerOrZero,
    counts_said_ids: false,
    sub_batch_id: SubBatchId::LastMessage,
    republishes: true,
    words: &console_lines::JAVA,
    ..CANONICAL
};

/// The Rust client and its tutorial, with a single loop.
pub const RUST: Profile = Profile {
    resume: Resume::AfterStoredZeroAgain,
    numbers: OffsetNumbers::Wrap,
    trim: Trim::EveryChunk,
    stores: Stores::FirstAndEveryNth,
    credit: 1,
    credit_back: CreditBack::WhenTaken { channel: 10_000 },
    numbering: Numbering::CountsKept,
    reads_sub_batches: false,
    takeover: Takeover::AtStored,
    untracked_takeover: UntrackedTakeover::Next,
    takeover_trims: false,
    on_loss: OnLoss::Ends,
    producer_on_loss: ProducerOnLoss::Waits,
    hears_metadata: false,
    first_id: FirstId::AnswerOrZero,
    counts_said_ids: false,
    words: &console_lines::RUST,
    ..CANONICAL
};

/// The Rust tutorial's nested loop, as printed.
pub const RUST_TUTORIAL: Profile = Profile {
    at_stop: AtStop::StartsOverIfMoreCame,
    words: &console_lines::RUST_TUTORIAL,
    ..RUST
};

/// rstream and the Python tutorial.
pub const PYTHON: Profile = Profile {
    default_spec: OffsetSpec::First,
    numbers: OffsetNumbers::Fail,
    stores: Stores::FirstAndEveryNth,
    stores_marker: StoresMarker::Besides,
    takeover: Takeover::AtStored,
    untracked_takeover: UntrackedTakeover::Next,
    on_loss: OnLoss::Ends,
    first_id: FirstId::BehindAnswer,
    counts_said_ids: false,
    sub_batch_id: SubBatchId::LastMessage,
    sub_batch_takes_said_id: false,
    words: &console_lines::PYTHON,
    ..CANONICAL
};

/// The Go client and its tutorial.
pub const GO: Profile = Profile {
    default_spec: OffsetSpec::Last,
    numbers: OffsetNumbers::Signed,
    trim: Trim::EveryChunk,
    stores: Stores::FirstAndEveryNth,
    stores_marker: StoresMarker::Besides,
    guard: Guard::Rising,
    auto: AutoTracking::Go,
    on_close: OnClose::LastProcessed,
    credit_back: CreditBack::AtHalf,
    untracked_takeover: UntrackedTakeover::SaysSpec,
    on_loss: OnLoss::Ends,
    producer_on_loss: ProducerOnLoss::Ends,
    first_id: FirstId::BehindAnswer,
    counts_said_ids: false,
    sub_batch_id: SubBatchId::FirstMessage,
    sub_batch_takes_said_id: false,
    words: &console_lines::GO,
    ..CANONICAL
};

/// The habits of a client; of the canonical program when none is named.
#[must_use]
pub const fn of(client: Option<Client>) -> &'static Profile {
    match client {
        None => &CANONICAL,
        Some(Client::Java) => &JAVA,
        Some(Client::Rust) => &RUST,
        Some(Client::RustTutorial) => &RUST_TUTORIAL,
        Some(Client::Python) => &PYTHON,
        Some(Client::Go) => &GO,
    }
}
