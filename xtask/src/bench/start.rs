//! How soon something begins: the program, a dry run, the platform.

use std::{process::Command, time::Instant};

use anyhow::Result;

use super::{
    Programs, Row,
    tools::{self, Serve},
};

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let larkspur = programs.larkspur.display();
    let commands = [
        programs.floor.display().to_string(),
        format!("{larkspur} --version"),
        format!("{larkspur} im +messages-send --nonsense"),
        format!("{larkspur} im +messages-send --chat-id oc_1 --text hello --dry-run"),
    ];
    let medians = tools::hyperfine(&commands, 500, &[])?;
    let [floor, version, error, dry_run] = medians.as_slice() else { anyhow::bail!("four figures") };
    let than = "a Rust `println!`";
    let mut rows = vec![
        Row::new("`--version`", *version, than, *floor, "ms"),
        Row::new("an argument error", *error, than, *floor, "ms"),
        Row::new("`+messages-send --dry-run`", *dry_run, than, *floor, "ms"),
    ];
    if tools::is_there("valgrind") {
        let instructions = |command: &str| -> Result<f64> {
            let output = Command::new("valgrind")
                .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
                .args(command.split(' '))
                .output()?;
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            let line = text.lines().find_map(|line| line.split("Collected : ").nth(1)).unwrap_or("0");
            Ok(line.trim().parse::<f64>()? / 1e6)
        };
        let (ours, theirs) = (instructions(&commands[1])?, instructions(&commands[0])?);
        rows.push(Row::new("`--version`, instructions", ours, than, theirs, "M"));
    }
    let began = Instant::now();
    let serve = Serve::start(programs)?;
    let ready = began.elapsed().as_secs_f64() * 1000.0;
    rows.push(Row::new("`serve` until it has given a token", ready, "the target", 50.0, "ms"));
    rows.push(Row::new("`serve`, memory when idle", serve.memory()?, "the target", 25.0, "MB"));
    let size = std::fs::metadata(&programs.larkspur)?.len() as f64 / 1e6;
    rows.push(Row::new("the program", size, "the target", 25.0, "MB"));
    Ok(rows)
}
