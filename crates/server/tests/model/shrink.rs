//! Making a script that fails short.

use tokio::runtime::Handle;

use crate::world::{Kind, Parted, replay};

/// The most scripts that are tried.
const TRIES: usize = 600;

/// Leaves out steps as long as the rest still fails.
pub(crate) fn shrink(runtime: &Handle, kind: Kind, mut parted: Parted) -> Parted {
    let mut chunk = parted.script.len() / 2;
    let mut tries = 0;
    while chunk > 0 {
        let (before, mut at) = (parted.script.len(), 0);
        while at < parted.script.len() && tries < TRIES {
            let mut shorter = parted.script.clone();
            shorter.drain(at..shorter.len().min(at + chunk));
            tries += 1;
            match replay(runtime, kind, &shorter) {
                Err(still) => parted = still,
                Ok(()) => at += chunk,
            }
        }
        if chunk == 1 && parted.script.len() == before {
            break;
        }
        chunk =
            if parted.script.len() < before { chunk.min(parted.script.len() / 2).max(1) } else { chunk / 2 };
        if tries >= TRIES {
            break;
        }
    }
    parted
}

/// A script that fails, for people to read.
pub(crate) fn tell(kind: Kind, parted: &Parted) -> String {
    let mut told = String::from("the platform does not answer as the model does:\n");
    for (number, op) in &parted.script {
        told.push_str(&format!("  {number:>5}: {op}\n"));
    }
    let seed = kind.seed;
    told.push_str(&format!("  {}\n", parted.how));
    told.push_str(&format!(
        "repeat it with LARKSPUR_MODEL_SEED={seed} cargo test -p larkspur-server --test model"
    ));
    told
}
