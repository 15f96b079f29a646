//! `larkspur conformance`: judges a server by the scenarios.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, value_parser};
use larkspur_scenario::{CREDENTIALS, Credentials, Report, Runner, SEED, Scenario, all};
use larkspur_server::Platform;

use super::{Shortcut, block_on};
use crate::{
    common::Common,
    failure::{Failure, Kind, Result},
    output::{self, Success},
    tree::{switch, value},
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "conformance", about: "Judge a server of the IM API by scenarios", define, run };

const AFTER: &str = "\
Each scenario makes what it needs: groups, messages, pictures. Nothing is taken back, so use a tenant that
is there for tests. Without --base-url the platform of this program is judged, in memory.

The credentials name apps and users by role; `--print-credentials` prints an example that says what each
is for. What needs a role that is missing is skipped. The exit code is 1 if a scenario fails.

Examples:
  larkspur conformance
  larkspur conformance im/v1/message im/v1/chat/create
  larkspur conformance --base-url https://open.feishu.cn --credentials team.toml --json";

fn define(command: Command) -> Command {
    command
        .after_help(AFTER)
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .num_args(0..)
                .help("Only scenarios with one of these in their names"),
        )
        .arg(value("base-url", "URL", "The server").requires("credentials"))
        .arg(
            value("credentials", "FILE", "Its apps and users, in TOML")
                .value_parser(value_parser!(PathBuf))
                .requires("base-url"),
        )
        .arg(switch("print-credentials", "Print an example of such a file, and end"))
        .arg(switch("list", "Print the names, and end"))
        .arg(switch("json", "Print the result as JSON"))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    if matches.get_flag("print-credentials") {
        output::line(CREDENTIALS.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    let scenarios = chosen(matches)?;
    if matches.get_flag("list") {
        scenarios.iter().try_for_each(|scenario| output::line(&scenario.name))?;
        return Ok(ExitCode::SUCCESS);
    }
    let quiet = matches.get_flag("json");
    let report = match (matches.get_one::<String>("base-url"), matches.get_one::<PathBuf>("credentials")) {
        (Some(base_url), Some(path)) => {
            warn_of_readers(path);
            let read = Credentials::read(path);
            let credentials = read.map_err(|error| Failure::usage(error.to_string()).param("credentials"))?;
            block_on(async { Ok(judge(base_url, credentials, &scenarios, true, quiet).await?) })?
        }
        _ => embedded(scenarios, quiet)?,
    };
    if quiet {
        let data = serde_json::to_value(&report).unwrap_or_default();
        Success::new("none", data).print(&Common::read(matches)?)?;
    } else {
        output::line(&format!(
            "{} passed, {} failed, {} skipped",
            report.passed, report.failed, report.skipped
        ))?;
    }
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn chosen(matches: &ArgMatches) -> Result<Vec<Scenario>> {
    let mut scenarios = all().map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
    let names: Vec<_> = matches.get_many::<String>("name").into_iter().flatten().collect();
    scenarios.retain(|one| names.is_empty() || names.iter().any(|name| one.name.contains(name.as_str())));
    if scenarios.is_empty() {
        return Err(Failure::usage("no scenario has such a name").hint("larkspur conformance --list"));
    }
    Ok(scenarios)
}

/// Judges a server. What fails is told on stdout as it fails.
async fn judge(
    base_url: &str,
    credentials: Credentials,
    scenarios: &[Scenario],
    paced: bool,
    quiet: bool,
) -> std::result::Result<Report, larkspur::Error> {
    let mut runner = Runner::new(base_url, credentials).await?;
    if !paced {
        runner = runner.without_pace();
    }
    let report = runner.run_all(scenarios, |result| {
        if !quiet {
            // A reader that went away is met again with the last line.
            let _ = output::line(&result.to_string());
        }
    });
    Ok(report.await)
}

/// Judges the platform of this program: without limits, so that it is quick, and with them what is about them.
fn embedded(scenarios: Vec<Scenario>, quiet: bool) -> Result<Report> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
    let (paced, plain): (Vec<_>, Vec<_>) = scenarios.into_iter().partition(Scenario::needs_pace);
    let mut whole = Report::default();
    for (scenarios, limits) in [(plain, false), (paced, true)] {
        if scenarios.is_empty() {
            continue;
        }
        let report = runtime.block_on(async {
            let platform = Platform::builder().seed(SEED).rate_limit(limits).start().await;
            let platform = platform.map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
            let credentials = Credentials::parse(CREDENTIALS)
                .map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
            let report = judge(platform.base_url(), credentials, &scenarios, limits, quiet).await?;
            platform.stop().await;
            Ok::<_, Failure>(report)
        })?;
        whole.merge(report);
    }
    Ok(whole)
}

/// Secrets that others may read are worth a word.
fn warn_of_readers(path: &Path) {
    #[cfg(unix)]
    if let Ok(about) = std::fs::metadata(path)
        && std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0
    {
        eprintln!("warning: others may read {}: chmod 600 keeps its secrets to you", path.display());
    }
    #[cfg(not(unix))]
    let _ = path;
}
