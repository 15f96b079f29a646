//! Being asked to end.

use crate::failure::{Failure, Kind, Result};

/// Waits for SIGTERM or Ctrl-C.
pub(crate) async fn wait() -> Result<()> {
    let failed = |error: std::io::Error| {
        Failure::new(Kind::Internal, format!("signals cannot be waited for: {error}"))
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(failed),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(failed)
}
