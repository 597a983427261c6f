//! What RabbitMQ Streams says in the language.

use super::facts;
use super::kinds::Kind;
use super::other_words;
use super::rules;
use crate::family;
use crate::language::authoring::meaning;
use crate::language::other_words::OF_EVERY_FAMILY;
use crate::language::vocabulary::{Versions, Vocabulary};

/// All of it.
pub(in crate::family) static VOCABULARY: Vocabulary = Vocabulary {
    word: "rabbitmq-streams",
    title: "RabbitMQ Streams",
    product: "RabbitMQ",
    about: meaning!("Streams of RabbitMQ, 3.10 and later."),
    also: &["rabbitmq"],
    versions: Versions {
        oldest: rules::OLDEST,
        last_major: 4,
        default: rules::DEFAULT,
        listed: rules::versions,
        value: "a version such as `4.0`",
    },
    kinds: &[
        family::Kind::RabbitMq(Kind::Stream),
        family::Kind::RabbitMq(Kind::Producer),
        family::Kind::RabbitMq(Kind::Consumer),
    ],
    program: "a producer or consumer",
    producer: "a producer",
    consumer: "a consumer",
    anything: "a stream, producer or consumer",
    things: "streams, producers and consumers",
    has_clusters: true,
    reads_several_logs: false,
    heading: "Streams, producers, consumers",
    keywords: "`stream`, `publish` or `run`",
    examples: meaning!(
        &[
            ("a sub-batch size", &["10"]),
            ("a number of credits", &["1", "10"]),
            ("a body in double quotes", &["\"m{n}\""]),
            ("publishing ids such as `0..9`", &["0..9"]),
        ],
        &[]
    ),
    structure: &["on"],
    other_words: meaning!(&[OF_EVERY_FAMILY, other_words::OTHER_WORDS], &[]),
    not_modelled: meaning!(other_words::NOT_MODELLED, &[]),
    last: &facts::LAST,
    received: &facts::RECEIVED,
};
