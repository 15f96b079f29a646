//! Tasks of the repository: `cargo xtask bench`.

mod bench;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask bench [start|send|upload|transfer|durable|images|pages]…";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("bench") => bench::run(&arguments.collect::<Vec<_>>()),
        _ => bail!(USAGE),
    }
}
