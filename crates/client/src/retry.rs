//! When to try again, and after how long.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use crate::error::{Error, Outcome};

/// How often a call is tried in all.
const ATTEMPTS: usize = 5;

/// The longest a call waits because the platform said so.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

const A_SECOND: Duration = Duration::from_secs(1);

/// The waits of one call.
pub(crate) struct Retries {
    waits: <ExponentialBuilder as BackoffBuilder>::Backoff,
    /// Whether doing it twice is the same as doing it once.
    repeatable: bool,
}

impl Retries {
    pub(crate) fn new(repeatable: bool) -> Self {
        let waits = ExponentialBuilder::default()
            .with_min_delay(Duration::from_millis(100))
            .with_max_delay(Duration::from_secs(5))
            .with_max_times(ATTEMPTS - 1)
            .with_jitter();
        Self { waits: waits.build(), repeatable }
    }

    pub(crate) fn none() -> Self {
        Self { waits: ExponentialBuilder::default().with_max_times(0).build(), repeatable: false }
    }

    /// How long to wait before the next try, if there is to be one.
    pub(crate) fn wait(&mut self, error: &Error) -> Option<Duration> {
        let again = match error {
            // A refusal was not carried out, so it may always be repeated.
            Error::Api(error) if error.status < 500 => error.is_retryable(),
            Error::Api(_) | Error::NotThePlatform { status: 500.., .. } => self.repeatable,
            Error::Network { outcome: Outcome::NotDone, .. } => true,
            Error::Network { outcome: Outcome::Unknown, .. } => self.repeatable,
            _ => false,
        };
        if !again {
            return None;
        }
        let wait = self.waits.next()?;
        match error {
            Error::Api(error) => match error.retry_after {
                Some(asked) if asked > LONGEST_WAIT => None,
                Some(asked) => Some(asked.max(wait)),
                // Limits that do not say when they end count by the second: sooner is a try for nothing.
                None if error.status < 500 => Some(A_SECOND + wait),
                None => Some(wait),
            },
            _ => Some(wait),
        }
    }
}
