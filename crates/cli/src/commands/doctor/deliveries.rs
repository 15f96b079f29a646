//! What became of the last events. A local platform alone tells.

use larkspur_api::deliveries::{Attempt, Delivery, DeliveryState, list, show};

use super::{Patient, check::Report, facts::Facts};

const NAME: &str = "deliveries";

pub(super) async fn look(patient: &Patient, facts: &Facts, report: &mut Report) {
    if !facts.is_local {
        return report
            .skip(NAME, "the platform does not tell: look at the log of events in the developer console");
    }
    let request = list::Request { app_id: Some(patient.app_id.as_str().into()), ..list::Request::new() };
    let listed = match patient.within(async { Ok(patient.client.send(request).await?) }).await {
        Ok(listed) => listed,
        Err(failure) => return report.skip(NAME, failure.message()),
    };
    let failed = |one: &&Delivery| {
        one.failed_attempts > 0 && one.state != DeliveryState::Delivered
            || one.state == DeliveryState::Expired
    };
    let missed: Vec<&Delivery> = listed.items.iter().filter(failed).collect();
    // What was taken since shows that it has been mended.
    let taken = listed.items.iter().find(|one| one.state == DeliveryState::Delivered);
    let Some(last) = missed.first() else {
        let pending = listed.ledger.pending;
        return match (listed.items.len(), pending) {
            (0, _) => report.pass(NAME, "nothing was to be told so far"),
            (count, 0) => report.pass(NAME, format!("the last {count} were taken")),
            (_, pending) => report.pass(NAME, format!("{pending} on their way, none failed")),
        };
    };
    let shown = show::Request { event_id: last.event_id.clone() };
    let shown = patient.within(async { Ok(patient.client.send(shown).await?) }).await.ok();
    let attempt = shown.and_then(|shown| shown.attempts?.pop());
    let what = attempt.as_ref().map_or_else(String::new, described);
    let message = format!(
        "{} of the last {} were not taken; the last: {}{what}",
        missed.len(),
        listed.items.len(),
        last.event_type
    );
    let fix = attempt.map_or_else(String::new, |attempt| mend(&attempt).to_owned());
    if taken.is_some_and(|taken| taken.create_time.0 > last.create_time.0) {
        report.warn(NAME, format!("{message}. Later ones were"), fix);
    } else {
        report.fail(NAME, message, fix);
    }
}

fn described(attempt: &Attempt) -> String {
    let status = attempt.status.map(|status| format!(" {status}")).unwrap_or_default();
    format!(" to {}: {}{status}", attempt.target, attempt.outcome)
}

fn mend(attempt: &Attempt) -> &'static str {
    match attempt.outcome.as_str() {
        "late" => "answer within 3 s, and do the work afterwards",
        "status" | "malformed" => {
            "look at the log of the bot: its handler failed, or there is none for this event. `larkspur deliveries show EVENT_ID` has what it answered"
        }
        "no_address" => {
            "set an address, or let events go over a long connection: `larkspur platform app update`"
        }
        "no_connection" => "start the bot: it has no long connection",
        "private_address" => "the address is of a private network: use 127.0.0.1, or a public one",
        "not_resolved" => "the host name of the address leads nowhere: check it",
        _ => "start the bot at its address, and check port and firewall",
    }
}
