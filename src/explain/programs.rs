//! Clauses about programs: started, processed, stored, ended, and the faults of their links.

use alloc::format;
use alloc::string::String;

use super::teller::Teller;
use super::words;
use crate::family::FamilyEvent;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::explain::messages::{id_words, spec_words};
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::family::rabbitmq::statements::Policy;
use crate::scenario::ast::Role;
use crate::trace::MessageKind;
use crate::trace::event::{Idle, Skip};
use crate::trace::{Fault, What};

/// What happened, or nothing when the event is not about a program.
pub(super) fn clause(t: &Teller<'_>, what: &What) -> String {
    if let What::Processed {
        consumer,
        first,
        count,
        again,
        ..
    } = what
    {
        let again = if *again { " again" } else { "" };
        return format!(
            "{} processed {}{again}",
            t.name(*consumer),
            words::offsets(first.0, *count)
        );
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Handed {
        producer,
        first_id,
        ids,
        count,
        ..
    })) = what
    {
        return format!(
            "{} was handed {} to publish ({})",
            t.name(*producer),
            words::count(*count, "message"),
            id_words(first_id.0, *ids)
        );
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Numbered {
        producer, to, ids, ..
    })) = what
    {
        return format!(
            "{} learned where its ids begin: its messages get {}",
            t.name(*producer),
            id_words(to.0, *ids)
        );
    }
    started(t, what)
        .or_else(|| of_consumer(t, what))
        .or_else(|| state(t, what))
        .or_else(|| link(t, what))
        .unwrap_or_default()
}

fn started(t: &Teller<'_>, what: &What) -> Option<String> {
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::ProducerStarted {
        producer,
        settings,
    })) = what
    {
        let named = match &settings.reference {
            Some(reference) => {
                format!(" under the reference {reference}, so the broker recognises duplicates")
            }
            None => String::new(),
        };
        let stream = t.stream(settings.stream);
        return Some(format!(
            "{} started publishing to {stream}{named}",
            t.name(*producer)
        ));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::ConsumerStarted {
        consumer,
        settings,
    })) = what
    {
        let stream = t.stream(settings.stream);
        let how = habits(settings);
        return Some(format!("{} started on {stream}{how}", t.name(*consumer)));
    }
    if let What::Ready { actor } = what {
        let role = t.scenario.actors[actor.index()].role;
        return Some(match role {
            Role::Producer => format!("{} is declared and may publish", t.name(*actor)),
            Role::Consumer => format!("{} is subscribed", t.name(*actor)),
        });
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Refused { actor, code })) = what {
        return Some(format!(
            "{} was refused ({}) and ended",
            t.name(*actor),
            code.name()
        ));
    }
    None
}

/// How a consumer starts and stores.
fn habits(settings: &ConsumerSettings) -> String {
    let spec = spec_words(settings.spec);
    let from = if settings.tracks {
        format!(" where it left off, or from {spec} with nothing stored")
    } else {
        format!(" from {spec}")
    };
    let stores = match settings.policy {
        Policy::Never => String::new(),
        Policy::Every(1) => ", storing after every message".into(),
        Policy::Every(n) => format!(", storing after every {} messages", words::number(n)),
        Policy::Auto { every, .. } => {
            format!(
                ", storing by itself every {}",
                words::count(every, "message")
            )
        }
        Policy::External(_) => ", keeping its offset in its own database".into(),
    };
    from + &stores
}

fn of_consumer(t: &Teller<'_>, what: &What) -> Option<String> {
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Attached { consumer, at })) = what {
        let at = words::number(at.0);
        return Some(format!(
            "the broker reads for {} from offset {at} on",
            t.name(*consumer)
        ));
    }
    if let What::Skipped {
        consumer,
        first,
        count,
        why,
    } = what
    {
        let reason = match why {
            Skip::BelowSpec => "because they are below the offset it asked for",
            Skip::Filtered => "because they do not carry its filter value",
            Skip::Closed => "because it was closed before it came to them",
        };
        let reason = if *count == 1 {
            reason
                .replace("they are", "it is")
                .replace("they do", "it does")
                .replace("to them", "to it")
        } else {
            reason.into()
        };
        let dropped = words::offsets(first.0, *count);
        return Some(format!(
            "{} passed over {dropped}, {reason}",
            t.name(*consumer)
        ));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::StoredExternally { consumer, offset })) =
        what
    {
        let offset = words::number(*offset);
        return Some(format!(
            "{} kept offset {offset} in its own database",
            t.name(*consumer)
        ));
    }
    if let What::Paused { consumer } = what {
        return Some(format!(
            "{} paused; what is delivered now waits",
            t.name(*consumer)
        ));
    }
    if let What::Resumed { consumer } = what {
        return Some(format!("{} processes again", t.name(*consumer)));
    }
    if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Deduplicated {
        producer,
        first_id,
        count,
        highest,
    })) = what
    {
        let (ids, is) = (
            id_words(first_id.0, *count),
            if *count == 1 { "is" } else { "are" },
        );
        let highest = words::number(highest.0);
        let name = t.name(*producer);
        return Some(format!(
            "{ids} of {name} {is} not above {highest}, the highest id the broker has of it: confirmed, not stored again"
        ));
    }
    None
}

fn state(t: &Teller<'_>, what: &What) -> Option<String> {
    if let What::Closed { actor } = what {
        return Some(format!("{} closed", t.name(*actor)));
    }
    if let What::Crashed { actor } = what {
        return Some(format!("{} crashed", t.name(*actor)));
    }
    if let What::Disconnected { actor } = what {
        return Some(format!(
            "{} lost its connection and will try again",
            t.name(*actor)
        ));
    }
    if let What::Printed { actor, line } = what {
        return Some(format!(
            "{} printed “{}”",
            t.name(*actor),
            words::excerpt(line, 120)
        ));
    }
    if let What::Ignored { actor, why } = what {
        let who = actor.map_or("the statement", |actor| t.name(actor));
        return Some(match why {
            Idle::NotRunning => format!("{who} is not running, so nothing happened"),
            Idle::AlreadyRunning => format!("{who} runs already, so nothing happened"),
            Idle::NotPaused => format!("{who} was not paused, so nothing happened"),
            Idle::NothingUnconfirmed => {
                format!("{who} has nothing unconfirmed, so nothing was sent again")
            }
            Idle::Unnamed => {
                format!("{who} has no name to store under, so its client library refused")
            }
            Idle::NodeAlreadySo => "the node was in that state already, so nothing happened".into(),
            Idle::NotRising => {
                format!("the client library of {who} leaves out a store that does not rise")
            }
            Idle::NoLeader => "there is no leader, so nothing happened".into(),
        });
    }
    None
}

fn link(t: &Teller<'_>, what: &What) -> Option<String> {
    if let What::Healed { actor } = what {
        return Some(format!(
            "the link of {} works properly again",
            t.name(*actor)
        ));
    }
    if let What::Fault { actor, fault } = what {
        let name = t.name(*actor);
        return Some(match fault {
            Fault::LoseNext(MessageKind::Confirm) => {
                format!("the next confirm to {name} will be lost")
            }
            Fault::LoseNext(MessageKind::Store) => {
                format!("the next store from {name} will be lost")
            }
            Fault::LoseNext(MessageKind::Publish) => {
                format!("the next publish frame from {name} will be lost")
            }
            Fault::Drop {
                numerator,
                denominator,
            } => format!("the link of {name} now loses {numerator} of {denominator} frames"),
            Fault::Delay { by } => format!("frames of {name} now take {by} longer each way"),
        });
    }
    None
}
