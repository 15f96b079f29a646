//! `larkspur listen --forward-to URL`: from a long connection to a webhook, so that a bot behind a firewall needs no
//! tunnel.

use std::process::ExitCode;

use clap::{ArgMatches, Command};
use larkspur::receive::{Dispatcher, HandlerError, HandlerResult};
use larkspur_api::event::Envelope;
use serde_json::Value;
use tokio::time::Instant;

use super::{Shortcut, block_on, event::duration};
use crate::{
    common::{self, Common},
    failure::Result,
    feed::{
        self, Bounds, Teller,
        keys::{ALL, Keys},
        sink::PATIENCE,
        webhook::{self, Receiver},
    },
    input, settings,
    tree::{switch, value},
};

pub(crate) const COMMAND: Shortcut = Shortcut {
    name: "listen",
    about: "Receive events over a long connection and pass them on to a URL of yours",
    define,
    run,
};

const AFTER: &str = "\
Each event is posted as the platform posts it to the address of an app: encrypted and
signed. Set the receiver up with the keys that the developer console shows, and give them
here; without any, new ones are made and printed. The status decides: 200 acknowledges the
event, anything else lets the platform send it again. What a callback is answered goes back
to the platform.

Examples:
  larkspur listen --forward-to http://127.0.0.1:3000/events
  larkspur listen --forward-to http://127.0.0.1:3000/ --events 'im.message.*,card.*'
  LARKSPUR_ENCRYPT_KEY=… larkspur listen --forward-to http://127.0.0.1:3000/";

fn define(command: Command) -> Command {
    let command = command
        .after_help(AFTER)
        .arg(
            value("forward-to", "URL", "Where to post events; addresses of this machine and its network too")
                .required(true),
        )
        .arg(
            value(
                "events",
                "KEYS",
                "Only these: names of `larkspur event list`, beginnings such as im.message.*. By default all",
            )
            .value_delimiter(','),
        )
        .arg(value("timeout", "TIME", "End after so long: 30s, 5m"))
        .arg(switch("quiet", "No line on stderr for each event"));
    common::connection(webhook::flags(command))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let words: Vec<String> = matches.get_many::<String>("events").into_iter().flatten().cloned().collect();
    let (keys, notes) = Keys::read(&if words.is_empty() { vec![ALL.to_owned()] } else { words })?;
    let teller = Teller { quiet: matches.get_flag("quiet") };
    let url = matches.get_one::<String>("forward-to").map_or("", String::as_str);
    let mut secrets = webhook::Keys::read(matches)?;
    let generated = secrets.encrypt_key.is_none() && secrets.verification_token.is_none();
    if generated {
        secrets = webhook::Keys::generate()?;
    }
    let receiver = Receiver::new(url, secrets.clone(), "forward-to")?;
    let bounds = Bounds { timeout: duration(matches, "timeout")?, ..Bounds::default() };
    let client = settings::bot(&common)?;
    notes.iter().for_each(|note| teller.say(note));
    if let (true, Some(key), Some(token)) = (generated, &secrets.encrypt_key, &secrets.verification_token) {
        // The receiver does not work without them, so they are said in any case.
        let always = Teller { quiet: false };
        always.say(&format!("set the receiver up with encrypt_key={key} verification_token={token}"));
    }
    block_on(async {
        let ready = format!("ready forward_to={url} event_key={}", keys.shown());
        let dispatcher = dispatcher(receiver, keys, teller);
        let over = std::future::pending();
        let once_ready = std::future::ready(());
        let ended = feed::receive(&client, dispatcher, bounds, over, teller, &ready, once_ready).await?;
        teller.say(&format!("exited (reason: {})", ended.name()));
        Ok(ExitCode::SUCCESS)
    })
}

fn dispatcher(receiver: Receiver, keys: Keys, teller: Teller) -> Dispatcher {
    let (events, wanted) = (receiver.clone(), keys.clone());
    Dispatcher::builder()
        // The receiver's own time is shorter, and its answer is the one that counts.
        .answer_within(PATIENCE)
        .on_any(move |envelope| {
            let (receiver, is_wanted) = (events.clone(), wanted.include(&envelope.header.event_type));
            async move { if is_wanted { pass_on(&receiver, &envelope, teller).await.map(drop) } else { Ok(()) } }
        })
        .on_any_callback(move |envelope| {
            let (receiver, is_wanted) = (receiver.clone(), keys.include(&envelope.header.event_type));
            async move {
                if !is_wanted {
                    return Err(HandlerError::from("nothing here takes this callback"));
                }
                pass_on(&receiver, &envelope, teller).await
            }
        })
        .build()
}

/// Posts an event, and gives what a callback is answered with.
async fn pass_on(receiver: &Receiver, envelope: &Envelope, teller: Teller) -> HandlerResult<Value> {
    let began = Instant::now();
    let posted = receiver.post(envelope).await;
    let answer = match &posted {
        Ok(posted) => webhook::answer(envelope, posted),
        Err(failure) => Err(failure.message().to_owned()),
    };
    teller.say(&format!(
        "{} {} {} -> {} {}ms",
        input::shown_time(jiff::Timestamp::now().as_millisecond()),
        envelope.header.event_type,
        envelope.header.event_id,
        answer.as_ref().map_or_else(String::as_str, |_| "200"),
        began.elapsed().as_millis(),
    ));
    answer.map_err(HandlerError::from)
}
