//! Steps that say in words what was repeated: `4 x connect, create max-length-bytes=abc`.

use serde_json::{Map, Value, json};

use crate::rabbitmq::create_arguments::{CreateArguments, arguments};
use crate::rabbitmq::op::Publish;
use crate::rabbitmq::prelude::{PublisherId, Request};
use crate::rabbitmq::replay::{Runner, Seen};
use crate::report::Reason;

impl Runner<'_> {
    /// Requests in words, repeated: `connect`, `create K=V`, `declare`, `publish …`,
    /// `delete_publisher`.
    pub(crate) fn repeat(
        &mut self,
        times: u64,
        words: &[String],
        expected: Option<&Value>,
    ) -> Seen {
        let mut answers = Vec::new();
        for turn in 0..times {
            for word in words {
                if let Some(answer) = self.in_words(turn, word) {
                    answers.push(json!(answer));
                }
            }
        }
        // A refused connection is TCP's answer, not the broker's.
        let refused = |answer: &Value| answer.as_str().is_some_and(|a| a.starts_with("connect"));
        let answered = expected.and_then(Value::as_array);
        if answered.is_some_and(|answers| answers.iter().any(refused)) {
            return Seen::Skip(Reason::Tcp);
        }
        Seen::Value(Value::Array(answers))
    }

    fn in_words(&mut self, turn: u64, words: &str) -> Option<String> {
        let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
        match verb {
            "connect" => self.reconnect("repeated"),
            "create" => {
                let (key, value) = rest.split_once('=')?;
                let args = Map::from_iter([(key.into(), json!(value))]);
                return Some(match arguments(&args, self.broker.rules()) {
                    CreateArguments::Good(_) => "ok".into(),
                    CreateArguments::Refused => "precondition_failed".into(),
                    CreateArguments::Poison => "tcp: closed by broker".into(),
                });
            }
            "declare" => {
                let stream = self.last_created.clone();
                self.declare("A", 1, &format!("repeated-{turn}"), &stream);
            }
            "publish" => {
                let publish = Publish {
                    on: "A".into(),
                    publisher: Some(1),
                    ids: Vec::from([(turn.saturating_add(1), 1)]),
                    frame: None,
                    size: None,
                    await_each: false,
                    await_confirm: true,
                    filters: Vec::new(),
                };
                self.publish(&publish, None);
            }
            "delete_publisher" => {
                let publisher = PublisherId(1);
                self.answer("A", Request::DeletePublisher { publisher });
            }
            _ => {}
        }
        None
    }
}
