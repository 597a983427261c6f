//! What RocketMQ says in the language.

use super::facts;
use super::kinds::Kind;
use super::other_words;
use super::rules;
use crate::family;
use crate::language::authoring::meaning;
use crate::language::vocabulary::{Versions, Vocabulary};

/// All of it.
pub(in crate::family) static VOCABULARY: Vocabulary = Vocabulary {
    word: "rocketmq",
    title: "RocketMQ",
    product: "RocketMQ",
    about: meaning!("RocketMQ, 4.9 and later: one broker, its topics and consumer groups."),
    also: &["rocket", "apache-rocketmq"],
    versions: Versions {
        oldest: rules::OLDEST,
        last_major: 5,
        default: rules::DEFAULT,
        listed: rules::versions,
        value: "a version such as `5.3`",
    },
    kinds: &[
        family::Kind::RocketMq(Kind::Topic),
        family::Kind::RocketMq(Kind::Queue),
        family::Kind::RocketMq(Kind::Producer),
        family::Kind::RocketMq(Kind::Group),
        family::Kind::RocketMq(Kind::Member),
        family::Kind::RocketMq(Kind::Progress),
    ],
    program: "a producer, group or member",
    producer: "a producer",
    consumer: "a group or member",
    anything: "a topic, queue, producer, group or member",
    things: "topics, queues, producers, groups and members",
    has_clusters: false,
    reads_several_logs: true,
    heading: "Topics, producers, groups",
    keywords: "`topic`, `publish` or `run`",
    examples: meaning!(
        &[
            ("a number of queues", &["1", "4"]),
            ("a queue", &["0"]),
            ("a body in double quotes", &["\"m{n}\""]),
            ("a share of the disk such as `82%`", &["76%", "82%", "91%"]),
            ("a delay level", &["3"]),
        ],
        &[]
    ),
    structure: &["on", "in"],
    last: &facts::LAST,
    received: &facts::RECEIVED,
    other_words: meaning!(other_words::OTHER_WORDS, &[]),
    not_modelled: meaning!(other_words::NOT_MODELLED, &[]),
};
