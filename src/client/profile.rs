//! What each real client does differently, as data. Sources: semantics of the clients' own code and of the
//! tutorials' programs, and recorded runs. Knows no program state.

use crate::log::OffsetSpec;
use crate::scenario::ast::Client;

/// Habits of a client library and of its tutorial's program.
#[derive(Debug, PartialEq, Eq)]
pub struct Profile {
    /// Where a consumer starts when neither the script nor a stored offset says.
    pub default_spec: OffsetSpec,
    /// What a stored offset means at the start.
    pub resume: Resume,
    /// Which deliveries lose the messages below an `offset` spec.
    pub trim: Trim,
    /// Which messages a policy `every N` stores.
    pub stores: Stores,
    /// Credit of the subscribe.
    pub credit: u16,
    /// When a credit goes back.
    pub credit_back: CreditBack,
    /// What `stop` stores under the policy `auto`.
    pub on_close: OnClose,
    /// Which publishing id a new run of a named producer begins with.
    pub first_id: FirstId,
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
    /// Every chunk (Rust).
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

/// When a credit goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditBack {
    /// When the processing of a chunk starts.
    AtStart,
    /// When a chunk has been taken off the connection, before it is processed.
    OnArrival,
}

/// What `stop` stores under the policy `auto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnClose {
    /// Nothing.
    Nothing,
    /// The last processed offset (Java, `AutoTrackingTracker`).
    LastProcessed,
}

/// Which publishing id a new run of a named producer begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstId {
    /// It does not ask; it goes on behind the highest that it used.
    OwnCount,
    /// It asks: behind the answer, but 0 when the answer is 0 (Java, Rust).
    AnswerOrZero,
    /// It asks: behind the answer (rstream).
    BehindAnswer,
}

/// The program that the lab teaches with: no surprises.
pub const CANONICAL: Profile = Profile {
    default_spec: OffsetSpec::Next,
    resume: Resume::AfterStored,
    trim: Trim::FirstChunk,
    stores: Stores::EveryNth,
    credit: 10,
    credit_back: CreditBack::AtStart,
    on_close: OnClose::Nothing,
    first_id: FirstId::OwnCount,
};

/// The Java client and its tutorial.
pub const JAVA: Profile = Profile {
    resume: Resume::AfterStoredUnlessZero,
    on_close: OnClose::LastProcessed,
    first_id: FirstId::AnswerOrZero,
    ..CANONICAL
};

/// The Rust client and its tutorial.
pub const RUST: Profile = Profile {
    resume: Resume::AfterStoredZeroAgain,
    trim: Trim::EveryChunk,
    stores: Stores::FirstAndEveryNth,
    credit: 1,
    credit_back: CreditBack::OnArrival,
    first_id: FirstId::AnswerOrZero,
    ..CANONICAL
};

/// rstream and the Python tutorial.
pub const PYTHON: Profile = Profile {
    default_spec: OffsetSpec::First,
    stores: Stores::FirstAndEveryNth,
    first_id: FirstId::BehindAnswer,
    ..CANONICAL
};

/// The Go client and its tutorial.
pub const GO: Profile = Profile {
    stores: Stores::FirstAndEveryNth,
    first_id: FirstId::AnswerOrZero,
    ..CANONICAL
};

/// The habits of a client; of the canonical program when none is named.
#[must_use]
pub const fn of(client: Option<Client>) -> &'static Profile {
    match client {
        None => &CANONICAL,
        Some(Client::Java) => &JAVA,
        Some(Client::Rust | Client::RustTutorial) => &RUST,
        Some(Client::Python) => &PYTHON,
        Some(Client::Go) => &GO,
    }
}
