//! 30 MB up and down: throughput beside `curl`, and the memory it takes.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    Programs, Row,
    tools::{self, Serve},
};

const SIZE: usize = 30 * 1024 * 1024;

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let serve = Serve::start(programs)?;
    let file = tools::picture(serve.folder.path(), SIZE)?;
    let (larkspur, file, environment) = (programs.larkspur.display(), file.display(), serve.environment());
    let back = serve.folder.path().join("back.bin");
    let back = back.display();
    let header = format!("-H 'Authorization: Bearer {}'", serve.token);

    let up = format!("{larkspur} im files create --file-type stream --file-name a.bin --file {file}");
    let output =
        Command::new(&programs.larkspur).args(up.split(' ').skip(1)).envs(environment.clone()).output()?;
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    let key = answer["data"]["file_key"].as_str().context("a key")?;
    let commands = [
        up,
        format!(
            "curl -s -o /dev/null {header} -F file_type=stream -F file_name=a.bin -F file=@{file} {}",
            serve.url("im/v1/files")
        ),
        format!("{larkspur} im files get --file-key {key} --output {back}"),
        format!("curl -s -o {back} {header} {}", serve.url(&format!("im/v1/files/{key}"))),
    ];
    let medians = tools::hyperfine(&commands, 20, &environment)?;
    let rate = |ms: f64| SIZE as f64 / 1e6 / (ms / 1000.0);
    let mut rows = vec![
        Row::new("30 MB up", rate(medians[0]), "`curl`", rate(medians[1]), "MB/s"),
        Row::new("30 MB down", rate(medians[2]), "`curl`", rate(medians[3]), "MB/s"),
    ];
    if tools::is_there("/usr/bin/time") {
        let memory = |command: &str| -> Result<f64> {
            let output = Command::new("/usr/bin/time")
                .args(["-f", "%M"])
                .args(command.split(' '))
                .envs(environment.clone())
                .output()?;
            ensure!(output.status.success(), "{command}");
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            Ok(text.lines().last().context("a figure")?.trim().parse::<f64>()? / 1024.0)
        };
        let idle = memory(&format!("{larkspur} im chats list"))?;
        rows.push(Row::new(
            "memory of 30 MB up",
            memory(&commands[0])?,
            "that of `im chats list`",
            idle,
            "MB",
        ));
        rows.push(Row::new(
            "memory of 30 MB down",
            memory(&commands[2])?,
            "that of `im chats list`",
            idle,
            "MB",
        ));
    }
    rows.push(Row::new(
        "memory of the platform after it",
        serve.memory()?,
        "when idle",
        Serve::start(programs)?.memory()?,
        "MB",
    ));
    Ok(rows)
}
