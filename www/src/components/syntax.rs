//! The language at a glance: the parser's own table. Must not know a statement by itself.

use offset_lab::family::Family;
use offset_lab::language::table::{forms, heading};
use offset_lab::language::{FormDoc, Heading};
use yew::prelude::*;

/// All statements, by heading.
#[inline(never)]
pub(crate) fn syntax() -> Html {
    let group = |group: Heading| {
        html! {
            <details class="syntax-group" open={group == Heading::Time}>
                <summary>{ heading(Family::default(), group) }</summary>
                <dl>{ for forms(Family::default()).filter(|form| form.group == group).map(statement) }</dl>
            </details>
        }
    };
    html! { <div class="syntax">{ for Heading::ALL.iter().copied().map(group) }</div> }
}

fn statement(form: &'static FormDoc) -> Html {
    html! {
        <div>
            <dt>
                for shape in form.shapes {
                    <code>{ *shape }</code>
                }
            </dt>
            <dd>
                { form.about }
                if !form.options.is_empty() {
                    <ul>
                        for option in form.options {
                            <li><code>{ option.words }{ " " }{ option.args }</code>{ " " }{ option.about }</li>
                        }
                    </ul>
                }
            </dd>
        </div>
    }
}
