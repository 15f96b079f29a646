//! `larkspur serve`

use std::{io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::{ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use larkspur_domain::seed;
use larkspur_server::{Platform, StartError};
use tracing_subscriber::EnvFilter;

use crate::{
    failure::{Failure, Kind, Result},
    output, settings,
    signals::Signals,
    tree::{switch, value},
};

const AFTER: &str = "\
When it is ready it prints one line of JSON: base_url, console_url, app_id, app_secret, tenant_key,
chat_id, users, encrypt_key, verification_token. SIGTERM and Ctrl-C let requests finish, then it ends.

Examples:
  larkspur serve
  larkspur serve --memory --addr 127.0.0.1:0 --ready-file ready.json
  larkspur serve --print-seed > team.toml; larkspur serve --data ./team --seed team.toml";

pub(crate) fn command() -> Command {
    Command::new("serve")
        .about("Run the platform on this machine")
        .after_help(AFTER)
        .arg(value("addr", "IP:PORT", "Where to listen; port 0 takes one that is free").value_parser(value_parser!(SocketAddr)).default_value("127.0.0.1:7790"))
        .arg(value("data", "DIR", "Where to keep everything; by default in the user's data directory").value_parser(value_parser!(PathBuf)))
        .arg(switch("memory", "Keep everything in memory, until it ends").conflicts_with("data"))
        .arg(value("seed", "FILE", "Begin with the workspace that this TOML file describes").value_parser(value_parser!(PathBuf)))
        .arg(switch("print-seed", "Print the workspace it begins with by default, and end"))
        .arg(value("ready-file", "PATH", "Write the line that says it is ready here too").value_parser(value_parser!(PathBuf)))
        .arg(switch("no-rate-limit", "Do not hold callers to the published limits"))
        .arg(switch("allow-remote", "Listen on an address that other machines reach: whoever has the credentials it prints reads and writes everything"))
        .arg(
            value("log-format", "FORMAT", "How to write the log, on stderr")
                .value_parser(PossibleValuesParser::new(["text", "json"]))
                .default_value("text"),
        )
        .arg(value("log", "FILTER", "What to log: error, warn, info, debug, or a filter per module. `debug` shows every request").default_value("info"))
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    if matches.get_flag("print-seed") {
        output::line(seed::DEFAULT.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    start_log(matches)?;
    let mut builder = Platform::builder()
        .rate_limit(!matches.get_flag("no-rate-limit"))
        .allow_remote(matches.get_flag("allow-remote"));
    if let Some(addr) = matches.get_one::<SocketAddr>("addr") {
        builder = builder.addr(*addr);
    }
    if !matches.get_flag("memory") {
        let folder = matches.get_one::<PathBuf>("data").cloned().or_else(settings::data_folder);
        let folder = folder.ok_or_else(|| {
            Failure::new(Kind::Config, "there is no home directory to keep the data in")
                .hint("pass --data DIR, or --memory")
        })?;
        builder = builder.data(folder);
    }
    if let Some(path) = matches.get_one::<PathBuf>("seed") {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::usage(format!("{}: {error}", path.display())).param("seed"))?;
        builder = builder.seed(text);
    }
    let ready_file = matches.get_one::<PathBuf>("ready-file").cloned();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
    runtime.block_on(async {
        let signals = Signals::listen()?;
        let platform = builder.start().await.map_err(not_started)?;
        let line = serde_json::to_string(platform.ready()).unwrap_or_default();
        if let Some(path) = &ready_file {
            announce(path, &line).map_err(|error| {
                Failure::usage(format!("{}: {error}", path.display())).param("ready-file")
            })?;
        }
        output::line(&line)?;
        signals.asked().await?;
        platform.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Puts the file in place whole: whoever waits for it reads all of it. It holds the secret.
fn announce(path: &std::path::Path, line: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".tmp");
    let beside = path.with_file_name(name);
    let mut options = std::fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    writeln!(options.open(&beside)?, "{line}")?;
    std::fs::rename(&beside, path)
}

fn not_started(error: StartError) -> Failure {
    let message = error.to_string();
    match error {
        StartError::Listen { .. } => Failure::new(Kind::Network, message)
            .hint("another process may have the port: choose one with --addr, or 127.0.0.1:0 for any"),
        StartError::Remote(_) => Failure::new(Kind::Policy, message),
        StartError::Seeded(_) | StartError::Seed(_) => Failure::usage(message).param("seed"),
        StartError::Store(_) | StartError::Delivery(_) | StartError::Rule(_) => {
            Failure::new(Kind::Config, message)
        }
    }
}

fn start_log(matches: &ArgMatches) -> Result<()> {
    let filter = std::env::var("RUST_LOG").ok().or_else(|| matches.get_one::<String>("log").cloned());
    let filter = EnvFilter::try_new(filter.unwrap_or_default())
        .map_err(|error| Failure::usage(format!("--log: {error}")).param("log"))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match matches.get_one::<String>("log-format").map(String::as_str) {
        Some("json") => log.json().init(),
        _ => log.with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()).init(),
    }
    Ok(())
}
