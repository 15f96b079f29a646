//! `larkspur explain CODE`

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use larkspur_api::{code, endpoint::registry};
use serde_json::{Value, json};

use crate::{
    common::{self, Common},
    failure::{Failure, Result},
    output::Success,
};

pub(crate) fn command() -> Command {
    let command = Command::new("explain").about("Say what an error code means, and what to do").arg(
        Arg::new("code")
            .required(true)
            .value_name("CODE")
            .value_parser(value_parser!(i64))
            .allow_negative_numbers(true),
    );
    common::flags(command)
        .mut_arg("profile", |arg| arg.hide(true))
        .mut_arg("base-url", |arg| arg.hide(true))
        .mut_arg("as", |arg| arg.hide(true))
        .mut_arg("as-user", |arg| arg.hide(true))
        .mut_arg("dry-run", |arg| arg.hide(true))
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let number = matches.get_one::<i64>("code").copied().unwrap_or_default();
    let meanings: Vec<Value> = code::all()
        .filter(|code| code.number == number)
        .map(|code| {
            let at: Vec<_> = registry()
                .iter()
                .filter(|entry| entry.meta.errors.contains(&code))
                .map(|entry| entry.meta.id)
                .collect();
            json!({
                "code": code.number,
                "msg": code.msg,
                "http_status": code.status,
                "hint": code.hint,
                "retryable": code.retryable,
                "endpoints": at,
            })
        })
        .collect();
    if meanings.is_empty() {
        return Err(Failure::usage(format!("{number} is not known here"))
            .hint("the log_id of the answer names the call to the platform's support"));
    }
    Success::new("none", json!({"meanings": meanings})).print(&common)?;
    Ok(ExitCode::SUCCESS)
}
