//! `larkspur completion SHELL`

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, builder::EnumValueParser};
use clap_complete::Shell;

use crate::{failure::Result, output, tree};

const AFTER: &str = "\
Examples:
  larkspur completion bash > ~/.local/share/bash-completion/completions/larkspur
  larkspur completion zsh > ~/.zfunc/_larkspur
  larkspur completion fish > ~/.config/fish/completions/larkspur.fish";

pub(crate) fn command() -> Command {
    Command::new("completion").about("Print the completions for a shell").after_help(AFTER).arg(
        Arg::new("shell").required(true).value_name("SHELL").value_parser(EnumValueParser::<Shell>::new()),
    )
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        let mut script = Vec::new();
        clap_complete::generate(
            *shell,
            &mut tree::command(&tree::Asked::Everything),
            "larkspur",
            &mut script,
        );
        output::line(String::from_utf8_lossy(&script).trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}
