//! What the broker knows of a client's connection: its publishers, subscriptions and the credit of its socket.

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use super::reader::Subscription;
use super::request::{Request, Token};
use crate::base::SmallMap;
use crate::ids::{PublisherId, SubscriptionId};

/// Entries a connection may have unconfirmed before its socket is no longer read
/// (`rabbit_stream.hrl`, `DEFAULT_INITIAL_CREDITS`).
const INITIAL_CREDITS: i64 = 50_000;

/// What the broker knows of a client's connection.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    pub(super) publishers: SmallMap<PublisherId, Publisher>,
    pub(super) subscriptions: SmallMap<SubscriptionId, Subscription>,
    /// Entries that may still come in unconfirmed; below zero after a large frame.
    pub(super) credits: i64,
    /// Frames on a socket that is not read at present.
    pub(super) unread: VecDeque<(Token, Request)>,
    pub(super) blocked: bool,
}

/// A declared publisher.
#[derive(Clone, Debug)]
pub(super) struct Publisher {
    pub(super) stream: u32,
    pub(super) reference: Option<Arc<str>>,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            publishers: SmallMap::new(),
            subscriptions: SmallMap::new(),
            credits: INITIAL_CREDITS,
            unread: VecDeque::new(),
            blocked: false,
        }
    }
}
