//! Being asked to end.

use std::io;

use crate::failure::{Failure, Kind, Result};

/// SIGTERM and Ctrl-C, heard from the moment it is made: whoever is told that a program is ready may ask it to end at
/// once.
pub(crate) struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

fn failed(error: &io::Error) -> Failure {
    Failure::new(Kind::Internal, format!("signals cannot be waited for: {error}"))
}

impl Signals {
    #[cfg(unix)]
    pub(crate) fn listen() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hear = |kind| signal(kind).map_err(|error| failed(&error));
        Ok(Self { terminate: hear(SignalKind::terminate())?, interrupt: hear(SignalKind::interrupt())? })
    }

    #[cfg(not(unix))]
    pub(crate) fn listen() -> Result<Self> {
        Ok(Self {})
    }

    /// Returns when one of them came.
    #[cfg(unix)]
    pub(crate) async fn asked(mut self) -> Result<()> {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        Ok(())
    }

    #[cfg(not(unix))]
    pub(crate) async fn asked(self) -> Result<()> {
        tokio::signal::ctrl_c().await.map_err(|error| failed(&error))
    }
}

/// Waits for SIGTERM or Ctrl-C.
pub(crate) async fn wait() -> Result<()> {
    Signals::listen()?.asked().await
}
