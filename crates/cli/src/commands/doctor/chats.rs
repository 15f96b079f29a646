//! Whether there is anyone to hear.

use larkspur::im::v1::{chat, chat_members};

use super::{Patient, check::Report, facts::Facts, reach::Admitted};

/// How many groups are looked at for members who may not use the app.
const GROUPS: usize = 5;

/// How many are named.
const NAMED: usize = 3;

pub(super) async fn look(patient: &Patient, facts: &Facts, admitted: Admitted, report: &mut Report) {
    if admitted != Admitted::Yes {
        report.skip("chats", "id or secret is refused");
        return availability(patient, facts, &[], report).await;
    }
    let request = chat::list::Request { page_size: Some(100), ..chat::list::Request::default() };
    let listed = patient.within(async { Ok(patient.client.send(request).await?) }).await;
    let chats = match listed {
        Err(failure) => {
            report.skip("chats", format!("the groups cannot be listed: {}", failure.message()));
            Vec::new()
        }
        Ok(listed) if listed.items.is_empty() => {
            let fix = "if it should be in one: group settings > bots, or larkspur im chat.members create --chat-id oc_… --member-id-type app_id --id-list cli_…";
            report.warn(
                "chats",
                "the bot is in no group: it hears what is written to it alone, and nothing else",
                fix,
            );
            Vec::new()
        }
        Ok(listed) => {
            let more = if listed.has_more { "more than " } else { "" };
            report.pass("chats", format!("the bot is in {more}{} group(s)", listed.items.len()));
            listed.items.into_iter().map(|chat| chat.chat_id.as_str().to_owned()).collect()
        }
    };
    availability(patient, facts, &chats, report).await;
}

/// Looks whether members of the bot's groups may use the app.
async fn availability(patient: &Patient, facts: &Facts, chats: &[String], report: &mut Report) {
    const NAME: &str = "availability";
    let available = match &facts.availability {
        None => return report.skip(NAME, "the platform does not tell who may use the app"),
        Some(None) => return report.pass(NAME, "everyone may use the app"),
        Some(Some(available)) => available,
    };
    let mut outside = Vec::new();
    for chat_id in chats.iter().take(GROUPS) {
        let request = chat_members::get::Request {
            page_size: Some(100),
            ..chat_members::get::Request::new(chat_id.as_str())
        };
        let Ok(members) = patient.within(async { Ok(patient.client.send(request).await?) }).await else {
            continue;
        };
        for member in members.items {
            let (id, name) = (member.member_id, member.name.unwrap_or_default());
            if !available.contains(&id) && !outside.contains(&name) {
                outside.push(name);
            }
        }
    }
    let fix = "larkspur platform app update --availability '*'; or name the users instead of *";
    match (available.len(), outside.len()) {
        (0, _) => report.fail(NAME, "nobody may use the app", fix),
        (users, 0) => report.pass(
            NAME,
            format!("{users} user(s) may use the app, and all members of its groups are among them"),
        ),
        (users, count) => {
            let more = if count > NAMED { ", …" } else { "" };
            let named = outside.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let message = format!(
                "{users} user(s) may use the app, and {count} member(s) of its groups are not among them: {named}{more}. What they write to the bot alone is not heard"
            );
            report.fail(NAME, message, fix);
        }
    }
}
