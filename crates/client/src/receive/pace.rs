//! How long to wait before the next try.

use std::time::Duration;

use larkspur_push::ClientConfig;

/// The first wait while the platform has not said anything yet; it doubles with every try.
const FIRST: Duration = Duration::from_millis(500);

/// A connection that lasted less is no reason to come back at once.
const STABLE: Duration = Duration::from_secs(10);

/// The longest wait, whatever the platform says, and the longest time between pings.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// Counts tries.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    /// What the platform said, once it did.
    pub(crate) config: Option<ClientConfig>,
    /// Tries since the last connection.
    attempts: u32,
    /// Connections in a row that did not last.
    brief: u32,
}

impl Pace {
    /// Between two pings.
    pub(crate) fn ping_interval(&self) -> Duration {
        seconds(self.config.unwrap_or_default().ping_interval.max(1))
    }

    /// There was a connection, and it ended.
    pub(crate) fn was_connected(&mut self, lasted: Duration) {
        self.attempts = 0;
        self.brief = if lasted < STABLE { self.brief.saturating_add(1) } else { 0 };
    }

    /// Tries since the last connection.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.saturating_sub(1)
    }

    /// Which try comes next and how long to wait for it; none, if there have been as many as the platform allows.
    ///
    /// `chance` is a random number. The first try after a connection comes within `ReconnectNonce`, so that
    /// clients that were all cut off do not come all at once; further ones come after `ReconnectInterval`. Until
    /// the platform has said how long these are, the waits double.
    pub(crate) fn next(&mut self, chance: u16) -> Option<(u32, Duration)> {
        self.attempts = self.attempts.saturating_add(1);
        let attempt = self.attempts;
        let doubled = |times: u32| FIRST.saturating_mul(1 << times.min(16));
        let wait = match self.config {
            None => {
                let longest = doubled(attempt - 1).min(LONGEST);
                longest / 2 + part(longest / 2, chance)
            }
            Some(config) => {
                if u32::try_from(config.reconnect_count).is_ok_and(|most| attempt > most) {
                    return None;
                }
                let interval = seconds(config.reconnect_interval);
                if attempt > 1 {
                    // Never in a busy loop, whatever the platform says.
                    interval.max(FIRST)
                } else {
                    let at_least = match self.brief {
                        0 | 1 => Duration::ZERO,
                        brief => doubled(brief - 2).min(interval.max(FIRST)),
                    };
                    part(seconds(config.reconnect_nonce), chance).max(at_least)
                }
            }
        };
        Some((attempt, wait))
    }
}

fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into()).min(LONGEST)
}

/// None of it to all of it.
fn part(whole: Duration, chance: u16) -> Duration {
    whole * u32::from(chance) / u32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: ClientConfig =
        ClientConfig { reconnect_count: 3, reconnect_interval: 20, reconnect_nonce: 8, ping_interval: 30 };

    fn waits(pace: &mut Pace, chance: u16, count: usize) -> Vec<Option<u64>> {
        let wait = |_| pace.next(chance).map(|(_, wait)| wait.as_secs());
        (0..count).map(wait).collect()
    }

    #[test]
    fn the_platform_says_how_often_and_how_long() {
        let mut pace = Pace { config: Some(CONFIG), ..Pace::default() };
        assert_eq!(waits(&mut pace, 1 << 15, 4), [Some(4), Some(20), Some(20), None]);
        pace.was_connected(STABLE);
        assert_eq!(waits(&mut pace, u16::MAX, 1), [Some(8)]);
        let endless = ClientConfig { reconnect_count: -1, ..CONFIG };
        let mut pace = Pace { config: Some(endless), ..Pace::default() };
        assert!(waits(&mut pace, 0, 100).iter().all(Option::is_some));
    }

    #[test]
    fn until_then_the_waits_double() {
        let mut pace = Pace::default();
        assert_eq!(waits(&mut pace, u16::MAX, 5), [Some(0), Some(1), Some(2), Some(4), Some(8)]);
        assert_eq!(waits(&mut pace, u16::MAX, 30).last(), Some(&Some(600)));
    }

    #[test]
    fn connections_that_do_not_last_are_not_taken_up_at_once() {
        let hasty = ClientConfig { reconnect_nonce: 0, reconnect_interval: 0, ..CONFIG };
        let mut pace = Pace { config: Some(hasty), ..Pace::default() };
        let mut wait = |lasted| {
            pace.was_connected(lasted);
            pace.next(u16::MAX).expect("goes on").1
        };
        assert_eq!(wait(Duration::ZERO), Duration::ZERO, "once may happen");
        assert_eq!(wait(Duration::ZERO), FIRST);
        assert_eq!(wait(Duration::ZERO), FIRST);
        assert_eq!(wait(STABLE), Duration::ZERO);
        let mut pace = Pace { config: Some(hasty), ..Pace::default() };
        assert!((0..2).filter_map(|_| pace.next(0)).last().is_some_and(|(_, wait)| wait == FIRST));
    }

    #[test]
    fn absurd_numbers_are_bounded() {
        let absurd = ClientConfig {
            reconnect_count: i32::MAX,
            reconnect_interval: u32::MAX,
            reconnect_nonce: u32::MAX,
            ping_interval: u32::MAX,
        };
        let mut pace = Pace { config: Some(absurd), ..Pace::default() };
        assert_eq!(pace.ping_interval(), LONGEST);
        assert_eq!(waits(&mut pace, u16::MAX, 2), [Some(600), Some(600)]);
    }
}
