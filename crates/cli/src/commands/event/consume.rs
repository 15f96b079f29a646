//! `larkspur event consume KEY…`

use std::{path::PathBuf, process::ExitCode};

use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use larkspur::{Client, receive::FileSeen};
use larkspur_api::platform::connection;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{Shortcut, duration};
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Result},
    feed::{
        self, Bounds, Reason, Teller,
        keys::Keys,
        printer::{self, Form, Printer},
        selection::{self, Selection},
        sink,
    },
    output::Success,
    settings,
    tree::{switch, value},
};

pub(crate) const COMMAND: Shortcut = Shortcut {
    name: "consume",
    about: "Receive events over a long connection, a line of JSON each",
    define,
    run,
};

const AFTER: &str = "\
stdout has the events. stderr has `[event] ready event_key=…` when events arrive from now
on, changes of the connection, and at the end `[event] exited — received N event(s) in Xs
(reason: limit|timeout|signal|stdin)`. An event is acknowledged when its line was taken;
whatever was not comes again, to the next who connects. What is not asked for is
acknowledged and dropped, and callbacks that are not asked for fail. Without --max-events
and --timeout the end of stdin ends it, unless stdin is a terminal.

Examples:
  larkspur event consume im.message.receive_v1 --compact
  larkspur event consume im.message.receive_v1 --max-events 1 --timeout 1m
  larkspur event consume im.message.receive_v1 --jq '.event.message.content | fromjson | .text'
  larkspur event consume 'im.message.*' card.action.trigger --chat-id oc_…
  larkspur event consume '*' --output-dir events < <(tail -f /dev/null)";

fn define(command: Command) -> Command {
    let command =
        command.after_help(AFTER).arg(Arg::new("key").value_name("KEY").num_args(1..).required(true).help(
            "The events: names of `larkspur event list`, beginnings such as im.message.*, or * for all",
        ));
    flags(printer::flags(selection::flags(command)))
        .arg(
            value("jq", "FILTER", "Print what this jq filter makes of each event; nothing skips it")
                .short('q')
                .help_heading("Output"),
        )
        .arg(
            value("max-events", "N", "End after so many events. The end of stdin then means nothing")
                .value_parser(value_parser!(u64))
                .help_heading("End"),
        )
        .arg(
            value("timeout", "TIME", "End after so long: 30s, 5m. The end of stdin then means nothing")
                .help_heading("End"),
        )
        .arg(
            value(
                "seen",
                "FILE",
                "Remember here what came, so that nothing comes twice over a restart either",
            )
            .value_parser(value_parser!(PathBuf))
            .help_heading("Which events"),
        )
}

/// The flags of all that receives.
pub(crate) fn flags(command: Command) -> Command {
    common::connection(command)
        .arg(
            value("as", "IDENTITY", "Who receives: the bot")
                .value_parser(PossibleValuesParser::new(["bot", "user", "auto"]))
                .help_heading("Call"),
        )
        .arg(
            switch("dry-run", "Show what would be received and where it would go; needs no network")
                .help_heading("Call"),
        )
        .arg(switch("quiet", "No word on stderr but failures").help_heading("Output"))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let words: Vec<String> = matches.get_many::<String>("key").into_iter().flatten().cloned().collect();
    let (keys, notes) = Keys::read(&words)?;
    let most = matches.get_one::<u64>("max-events").copied().filter(|most| *most > 0);
    Consumer {
        selection: Selection::new(keys, matches),
        form: Form::read(matches, common.jq.clone()),
        bounds: Bounds::new(most, duration(matches, "timeout")?),
        seen: matches.get_one::<PathBuf>("seen").cloned(),
        teller: Teller { quiet: matches.get_flag("quiet") },
        notes,
        common,
    }
    .run()
}

/// What is to be received, and where it goes.
pub(crate) struct Consumer {
    pub(crate) selection: Selection,
    pub(crate) form: Form,
    pub(crate) bounds: Bounds,
    /// Where it is kept what came, over a restart.
    pub(crate) seen: Option<PathBuf>,
    pub(crate) teller: Teller,
    pub(crate) notes: Vec<String>,
    pub(crate) common: Common,
}

impl Consumer {
    pub(crate) fn run(self) -> Result<ExitCode> {
        if self.common.dry_run {
            return self.dry_run();
        }
        let client = settings::bot(&self.common)?;
        self.form.make_folders()?;
        self.notes.iter().for_each(|note| self.teller.say(note));
        block_on(self.receive(client))?;
        Ok(ExitCode::SUCCESS)
    }

    async fn receive(mut self, client: Client) -> Result<()> {
        self.selection.learn_bot(&client).await?;
        let teller = self.teller;
        let others = others(client.clone(), settings::credentials(&self.common)?.0, teller);
        let (selection, form) = (self.selection.clone(), self.form);
        let make = move || Printer::new(selection, form);
        let (sink, mut progress) = sink::start(make, self.bounds.max_events, teller);
        let seen = self.seen.map(|path| {
            let opened = FileSeen::open(&path);
            opened.map_err(|error| Failure::usage(format!("{}: {error}", path.display())).param("seen"))
        });
        let dispatcher = sink.dispatcher(&self.selection, seen.transpose()?);
        let ready = format!("ready event_key={}", self.selection.keys.shown());
        let began = Instant::now();
        let over = progress.over();
        let ended = feed::receive(&client, dispatcher, self.bounds, over, teller, &ready, others).await?;
        if ended == Reason::Stdin && progress.count() == 0 {
            teller.say("stdin is closed: pass --timeout or --max-events, or keep it open with < <(tail -f /dev/null)");
        }
        teller.say(&format!(
            "exited — received {} event(s) in {:.1}s (reason: {})",
            progress.count(),
            began.elapsed().as_secs_f32(),
            ended.name()
        ));
        Ok(())
    }

    fn dry_run(&self) -> Result<ExitCode> {
        let credentials = settings::bot(&self.common);
        let mut preconditions = vec![match &credentials {
            Ok(client) => {
                json!({"name": "credentials", "status": "ready", "message": client.base_url()})
            }
            Err(failure) => json!({"name": "credentials", "status": "blocked", "message": failure.message()}),
        }];
        let unseen = "whether the app subscribes to the events is known to the platform only: `larkspur doctor` asks it";
        preconditions.push(json!({"name": "subscription", "status": "unknown", "message": unseen}));
        let data = json!({
            "decision": if credentials.is_ok() { "unknown" } else { "blocked" },
            "preconditions": preconditions,
            "would_read": [self.selection.keys.shown()],
            "would_write": self.form.destinations(),
            "notes": self.notes,
        });
        Success { dry_run: true, ..Success::new("bot", data) }.print(&self.common)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Warns if the app has other connections: each event goes to one of them, and the rest never see it.
async fn others(client: Client, app_id: String, teller: Teller) {
    if let Some(count) = connections(&client, &app_id).await.filter(|count| *count > 1) {
        teller.say(&format!(
            "warning: the app has {count} long connections: each event goes to one of them, chosen at random"
        ));
    }
}

/// How many long connections an app has, if the platform tells.
pub(crate) async fn connections(client: &Client, app_id: &str) -> Option<u64> {
    if settings::is_production(client.base_url()) {
        return online(client).await;
    }
    let request = connection::list::Request { app_id: app_id.into() };
    let listed = client.send(request).await.ok()?;
    u64::try_from(listed.items.len()).ok()
}

/// The same where only the official platform knows it.
async fn online(client: &Client) -> Option<u64> {
    use larkspur::wire::{Body, Wire};
    use larkspur_api::endpoint::{Meta, Method, NO_SCOPE};
    static ONLINE: Meta = Meta {
        method: Method::GET,
        path: "/open-apis/event/v1/connection",
        tenant: Some(NO_SCOPE),
        write: false,
        ..crate::commands::api::UNKNOWN
    };
    let wire =
        Wire { method: ONLINE.method, path: ONLINE.path.to_owned(), query: Vec::new(), body: Body::None };
    let answered = client.call(&ONLINE, wire, None).await.ok()?;
    answered.data.get("online_instance_cnt").and_then(Value::as_u64)
}
