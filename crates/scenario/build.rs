//! Puts every file of `scenarios/` into the program.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../scenarios");
    let mut files = Vec::new();
    gather(&root, &mut files)?;
    files.sort();
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join("files.rs");
    let mut out = fs::File::create(out)?;
    writeln!(out, "&[")?;
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        writeln!(out, "    ({name:?}, include_str!({file:?})),")?;
    }
    writeln!(out, "]")
}

/// The files below a folder. Cargo is told of the folder, so that a new file is seen.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    Ok(())
}
