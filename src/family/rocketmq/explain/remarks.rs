//! What a scenario says without effect, whatever happens: options that this version of the broker does not know.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::family::rocketmq::rules::Rules;
use crate::family::rocketmq::statements::{Mode, ResetTo, Statement};
use crate::language::Scenario;

/// By the number of the statement, as clauses.
pub(crate) fn remarks(scenario: &Scenario) -> Vec<(usize, String)> {
    let rules = Rules::of(scenario.header.version);
    let statements = scenario.statements.iter().enumerate();
    let all = statements.filter_map(|(at, statement)| {
        let statement = statement.kind.family()?.rocketmq()?;
        Some((at, remark(&rules, statement)?))
    });
    all.map(|(at, text)| (at, text.to_string())).collect()
}

fn remark(rules: &Rules, statement: &Statement) -> Option<&'static str> {
    match statement {
        Statement::Reset(said) if said.force && rules.server_side_reset => {
            Some("`force` has no effect: from 5.2 on a reset goes back and ahead")
        }
        Statement::Reset(said) if said.to == ResetTo::Offset(0) && rules.server_side_reset => Some(
            "`mqadmin` takes 0 for no offset at all and does nothing: `to min` goes to the first message",
        ),
        Statement::Group(said) if said.mode == Mode::Pop && !rules.pop => {
            Some("`pop` is refused: brokers before 5.0 do not have it")
        }
        Statement::Topic(_)
        | Statement::Producer { .. }
        | Statement::Publish(_)
        | Statement::Close(_)
        | Statement::Group(_)
        | Statement::Member(_)
        | Statement::Reset(_)
        | Statement::Expire
        | Statement::Disk(_) => None,
    }
}
