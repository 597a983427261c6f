//! What a scenario says without effect, whatever happens: options that this version or this client does not know.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::base::SmallMap;
use crate::family::rabbitmq::rules::Rules;
use crate::family::rabbitmq::statements::{Client, ConsumerStatement, Naming, Policy, Statement};
use crate::ids::ActorId;
use crate::language::Scenario;
use crate::language::ast::StatementKind;

/// By the number of the statement, as clauses.
pub(crate) fn remarks(scenario: &Scenario) -> Vec<(usize, String)> {
    let rules = Rules::of(scenario.header.version);
    let version = scenario.header.version.to_string();
    let of = OptionReader {
        rules: &rules,
        version: &version,
    };
    let mut clients: SmallMap<ActorId, Option<Client>> = SmallMap::new();
    let mut all = Vec::new();
    for (at, statement) in scenario.statements.iter().enumerate() {
        let StatementKind::Family(statement) = &statement.kind else {
            continue;
        };
        let Some(statement) = statement.rabbitmq() else {
            continue;
        };
        if let Statement::Consumer(said) = statement {
            clients.insert(said.consumer, said.client);
        }
        let client = |id: &ActorId| clients.get(id).copied().flatten();
        let said = of.remarks(statement, client).into_iter();
        all.extend(said.map(|text| (at, text)));
    }
    all
}

/// What decides whether an option has an effect.
struct OptionReader<'a> {
    rules: &'a Rules,
    version: &'a str,
}

impl OptionReader<'_> {
    fn remarks(
        &self,
        statement: &Statement,
        client: impl Fn(&ActorId) -> Option<Client>,
    ) -> Vec<String> {
        match statement {
            Statement::Consumer(said) => self.consumer(said),
            Statement::Stream(said) if said.filter_size.is_some() && !self.rules.filtering => {
                Vec::from([self.no_filters("filter-size")])
            }
            Statement::Credit { consumer, .. } => client(consumer)
                .map(|client| {
                    format!(
                        "`as {}` gives credits back by itself, and its programs cannot: these come on top",
                        client.word()
                    )
                })
                .into_iter()
                .collect(),
            Statement::Stream(_)
            | Statement::Delete(_)
            | Statement::Policy(_)
            | Statement::Producer(_)
            | Statement::Publish(_)
            | Statement::Resend(_)
            | Statement::Close(_)
            | Statement::Store { .. }
            | Statement::Query(_) => Vec::new(),
        }
    }

    fn consumer(&self, said: &ConsumerStatement) -> Vec<String> {
        let mut all = Vec::new();
        let stores = matches!(
            said.policy,
            Policy::Every(_) | Policy::Auto { .. } | Policy::Manual
        );
        if stores && said.naming == Naming::Unnamed {
            let text = "`unnamed` leaves nothing to store under, so `store` has no effect";
            all.push(text.to_string());
        }
        if said.single_active && !self.rules.single_active {
            all.push(format!(
                "RabbitMQ {} does not know `single active` (3.11 does): every consumer of the name is sent everything",
                self.version
            ));
        }
        if said.filter.is_some() && !self.rules.filtering {
            all.push(self.no_filters("filter"));
        }
        all
    }

    fn no_filters(&self, option: &str) -> String {
        format!(
            "RabbitMQ {} does not know filters (3.13 does), so `{option}` has no effect at the broker",
            self.version
        )
    }
}
