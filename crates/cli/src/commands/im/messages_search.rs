//! `larkspur im +messages-search`

use std::{collections::HashMap, process::ExitCode};

use clap::{ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use larkspur::{
    Client,
    id::{ChatId, MessageId, OpenId},
    im::v1::{
        chat,
        message::{
            mget,
            search::{Filter, Item, Request, Response, TimeRange},
        },
    },
    wire,
};
use larkspur_api::{Endpoint, code::gateway};
use serde_json::{Map, Value, json};

use super::{Shortcut, ids};
use crate::{
    commands::{block_on, resource::all_pages},
    common::{self, Common},
    failure::{Failure, Kind, Result},
    input,
    output::Success,
    plan, readable, settings,
    tree::{switch, value},
};

pub(crate) const SHORTCUT: Shortcut =
    Shortcut { name: "+messages-search", about: "Search the messages that a user sees", define, run };

/// How many messages or chats are got with one call.
const AT_ONCE: usize = 50;

/// How many ids a flag takes.
const MAX_IDS: usize = 100;

/// How many pages are got if their number is left open.
const PAGES: u64 = 40;

const AFTER: &str = "\
The call is a user's: it needs LARKSPUR_USER_ACCESS_TOKEN. Times are as with +chat-messages-list.

Examples:
  larkspur im +messages-search --query 周报 --start 7d
  larkspur im +messages-search --query release --chat-id oc_… --sender-type user --page-all
  larkspur im +messages-search --include-attachment-type file --is-at-me";

fn define(command: Command) -> Command {
    let one_of = |name: &'static str, help: &'static str, values: &'static [&'static str]| {
        value(name, "KIND", help).value_parser(PossibleValuesParser::new(values)).help_heading("Filter")
    };
    let list = |name: &'static str, help: &'static str| {
        value(name, "IDS", help).value_delimiter(',').help_heading("Filter")
    };
    let command = command
        .after_help(AFTER)
        .arg(value("query", "WORDS", "What to look for; each word must be there").alias("keyword"))
        .arg(list("chat-id", "In these chats: oc_…,oc_…").alias("chat-ids"))
        .arg(list("sender", "From these users: ou_…,ou_…"))
        .arg(list("at-chatter-ids", "Mentioning these users: ou_…,ou_…"))
        .arg(one_of("include-attachment-type", "Holding one of these", &["file", "image", "video", "link"]))
        .arg(one_of("chat-type", "In chats of this kind", &["group", "p2p"]))
        .arg(one_of("sender-type", "From people, or from bots", &["user", "bot"]))
        .arg(one_of("exclude-sender-type", "Not from people, or not from bots", &["user", "bot"]))
        .arg(switch("is-at-me", "Mentioning the user who asks").help_heading("Filter"))
        .arg(value("start", "TIME", "From this time on").help_heading("Filter"))
        .arg(value("end", "TIME", "Up to this time; a date alone means its end").help_heading("Filter"))
        .arg(
            value("page-size", "N", "How many to a page, 1 to 30")
                .value_parser(value_parser!(i64).range(1..=30))
                .default_value("20"),
        )
        .arg(value("page-token", "TOKEN", "The page to get, as the one before named it"))
        .arg(switch("page-all", "Get page after page, up to 40"))
        .arg(
            value("page-limit", "N", "Get so many pages at most; 0 for all").value_parser(value_parser!(u64)),
        );
    common::flags(command)
}

fn request(matches: &ArgMatches) -> Result<Request> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let time = |flag: &str, end: bool| text(flag).map(|time| input::seconds(&time, flag, end)).transpose();
    let (start, end) = (time("start", false)?, time("end", true)?);
    if start > end.or(start) {
        return Err(Failure::usage("--end is before --start").param("end"));
    }
    let (sender_type, excluded) = (text("sender-type"), text("exclude-sender-type"));
    if sender_type.is_some() && sender_type == excluded {
        return Err(
            Failure::usage("--sender-type and --exclude-sender-type name the same").param("sender-type")
        );
    }
    let time_range =
        TimeRange { start_time: start.map(rfc3339), end_time: end.map(rfc3339), ..TimeRange::default() };
    let some = |list: Vec<String>| Some(list).filter(|list| !list.is_empty());
    let users = |flag: &str| -> Result<_> {
        Ok(some(ids::<OpenId>(matches, flag, MAX_IDS)?.iter().map(ToString::to_string).collect()))
    };
    let chats = ids::<ChatId>(matches, "chat-id", MAX_IDS)?;
    let filter = Filter {
        from_ids: users("sender")?,
        chat_ids: some(chats.iter().map(ToString::to_string).collect()),
        time_range: Some(time_range).filter(|range| *range != TimeRange::default()),
        include_attachment_types: text("include-attachment-type").map(|kind| vec![kind.as_str().into()]),
        from_types: sender_type.map(|kind| vec![kind.as_str().into()]),
        exclude_from_types: excluded.map(|kind| vec![kind.as_str().into()]),
        at_chatter_ids: users("at-chatter-ids")?,
        chat_type: text("chat-type").map(|kind| kind.as_str().into()),
        is_at_me: matches.get_flag("is-at-me").then_some(true),
        ..Filter::default()
    };
    Ok(Request {
        page_size: matches.get_one::<i64>("page-size").copied(),
        page_token: text("page-token"),
        query: Some(text("query").unwrap_or_default()),
        filter: Some(filter).filter(|filter| *filter != Filter::default()),
        ..Request::default()
    })
}

fn rfc3339(seconds: i64) -> String {
    input::shown_time(seconds.saturating_mul(1000))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let wire = wire::encode(request(matches)?).map_err(larkspur::Error::from)?;
    if common.dry_run {
        let data = json!({"api": [plan::shown(&wire, None)]});
        let caller = settings::caller(Request::META, &common)?;
        Success { dry_run: true, ..Success::new(caller, data) }.print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    let limit = match (matches.get_one::<u64>("page-limit"), matches.get_flag("page-all")) {
        (Some(limit), _) => *limit,
        (None, true) => PAGES,
        (None, false) => 1,
    };
    let success = block_on(async {
        let client = settings::client(Request::META, &common)?;
        let found = all_pages(&client, Request::META, wire, limit).await?;
        let found: Response = serde_json::from_value(found)
            .map_err(|error| Failure::new(Kind::Network, format!("the answer does not read: {error}")))?;
        let messages = whole(&client, &found.items).await?;
        let mut data = Map::new();
        data.insert("messages".to_owned(), messages.into());
        data.insert("total".to_owned(), found.total.into());
        data.insert("has_more".to_owned(), found.has_more.into());
        data.insert("page_token".to_owned(), found.page_token.unwrap_or_default().into());
        if let Some(notice) = found.notice {
            data.insert("notice".to_owned(), notice.into());
        }
        Ok(Success::new("user", data.into()))
    })?;
    success.print(&common)?;
    Ok(ExitCode::SUCCESS)
}

/// The messages that were found, with what they say and the names of their chats.
async fn whole(client: &Client, items: &[Item]) -> Result<Vec<Value>> {
    let names = chat_names(client, items).await?;
    let mut messages = Vec::with_capacity(items.len());
    for items in items.chunks(AT_ONCE) {
        let ids: Vec<MessageId> = items.iter().map(|item| item.id.clone()).collect();
        let got = client.send(mget::Request::new(ids)).await?.items;
        for item in items {
            // One that was recalled since is no result any more.
            let Some(message) = got.iter().find(|message| message.message_id == item.id) else { continue };
            let mut shown = readable::message(message);
            if let (Value::Object(shown), Some(meta)) = (&mut shown, &item.meta_data) {
                let p2p = meta.is_p2p_chat == Some(true);
                shown.insert("chat_type".to_owned(), if p2p { "p2p" } else { "group" }.into());
                if let Some(name) = names.get(&meta.chat_id) {
                    shown.insert("chat_name".to_owned(), name.clone().into());
                }
            }
            messages.push(shown);
        }
    }
    Ok(messages)
}

/// Whether a call was refused, here or there, for want of a scope.
fn lacks_scope(error: &larkspur::Error) -> bool {
    match error {
        larkspur::Error::MissingScope { .. } => true,
        larkspur::Error::Api(error) => [gateway::USER_SCOPE_MISSING, gateway::APP_SCOPE_MISSING]
            .iter()
            .any(|code| code.number == error.code),
        _ => false,
    }
}

async fn chat_names(client: &Client, items: &[Item]) -> Result<HashMap<ChatId, String>> {
    let mut chats: Vec<ChatId> =
        items.iter().filter_map(|item| item.meta_data.as_ref()).map(|meta| meta.chat_id.clone()).collect();
    chats.sort_unstable();
    chats.dedup();
    let mut names = HashMap::new();
    for chats in chats.chunks(AT_ONCE) {
        let got = match client.send(chat::batch_query::Request::new(chats.to_vec())).await {
            Ok(got) => got,
            // The messages are what was asked for: they come without the names then.
            Err(error) if lacks_scope(&error) => {
                eprintln!("the names of chats are left out: {error}");
                break;
            }
            Err(error) => return Err(error.into()),
        };
        names.extend(got.items.into_iter().filter_map(|chat| Some((chat.chat_id, chat.name?))));
    }
    Ok(names)
}
