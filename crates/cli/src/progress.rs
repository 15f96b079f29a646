//! Bars for long work: on stderr, and only if someone looks.

use std::{io::IsTerminal, sync::Arc};

use indicatif::{ProgressBar, ProgressStyle};
use larkspur::Progress;

/// Below this many bytes it is over before a bar could be read.
const WORTH_SHOWING: u64 = 1024 * 1024;

/// A bar that appears with the first bytes of something large, if stderr is a terminal.
pub(crate) fn bar(label: impl Into<String>) -> Option<Progress> {
    if !std::io::stderr().is_terminal() {
        return None;
    }
    let label = label.into();
    let bar = ProgressBar::hidden();
    Some(Arc::new(move |done, total| {
        if total < WORTH_SHOWING {
            return;
        }
        if bar.is_hidden() {
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            let style =
                ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(label.clone());
        }
        bar.set_length(total);
        bar.set_position(done);
        if done >= total {
            bar.finish_and_clear();
        }
    }))
}
