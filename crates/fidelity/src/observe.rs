//! What tests write down of what they assert, if the variable `LARKSPUR_FIDELITY` names a folder.

use std::{
    env,
    fs::OpenOptions,
    io::Write,
    path::PathBuf,
    sync::{LazyLock, Mutex},
};

use larkspur_api::endpoint;

static FILE: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let folder = env::var_os("LARKSPUR_FIDELITY").filter(|folder| !folder.is_empty())?;
    Some(PathBuf::from(folder).join(format!("{}.tsv", std::process::id())))
});

/// The tests of a process write one after the other.
static WRITING: Mutex<()> = Mutex::new(());

/// A test asserts that this request was refused with this code and text.
pub fn observe(test: &str, method: &str, path: &str, code: i64, msg: &str) {
    let Some(meta) = endpoint::find_route(method, path).filter(|meta| !meta.is_own()) else { return };
    if code == 0 {
        return;
    }
    write(meta.id, &code.to_string(), test);
    let sub = msg.split("ErrCode: ").nth(1).or_else(|| msg.split("errorCode: ").nth(1)).unwrap_or_default();
    let digits: String = sub.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        write(meta.id, &format!("{code}/{digits}"), test);
    }
}

/// The same, of an endpoint that shares its route with another, by its id.
pub fn observe_of(test: &str, endpoint: &str, code: i64) {
    write(endpoint, &code.to_string(), test);
}

/// A test asserts that a limit holds, by its id in the catalogue.
pub fn observe_limit(test: &str, limit: &str) {
    write("", limit, test);
}

/// A test asserts that a request is refused whose field is beyond a bound: `uuid`, `max_len`.
pub fn observe_bound(test: &str, endpoint: &str, field: &str, bound: &str) {
    write(endpoint, &format!("{field} {bound}"), test);
}

/// What cannot be written is missed when the ledger is made.
fn write(endpoint: &str, key: &str, test: &str) {
    let Some(path) = FILE.as_ref() else { return };
    let _one = WRITING.lock();
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(path) {
        let _ = writeln!(file, "{endpoint}\t{key}\t{test}");
    }
}
