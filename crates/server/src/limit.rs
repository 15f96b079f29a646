//! The limits per app and endpoint: so many calls a second, so many a minute.
//!
//! Source: `/ukTMukTMukTM/uUzN04SN3QjL1cDN`. How the platform counts is not published; here a second
//! and a minute begin with the first call counted in them.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use larkspur_api::endpoint::Meta;

#[derive(Default)]
pub(crate) struct Limits {
    off: bool,
    counts: Mutex<HashMap<(i64, &'static str), [Window; 2]>>,
}

/// The lengths of the windows, in ms.
const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

#[derive(Clone, Copy, Default)]
struct Window {
    began: i64,
    calls: u32,
}

/// A call too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exceeded {
    /// How many are allowed.
    pub(crate) limit: u32,
    /// After how many seconds the next one is.
    pub(crate) reset: i64,
}

impl Window {
    fn count(&mut self, limit: u32, length: i64, now: i64) -> Result<(), Exceeded> {
        if now - self.began >= length || now < self.began {
            *self = Self { began: now, calls: 0 };
        }
        if self.calls >= limit {
            let left = self.began + length - now;
            return Err(Exceeded { limit, reset: (left + SECOND - 1) / SECOND });
        }
        self.calls += 1;
        Ok(())
    }
}

impl Limits {
    pub(crate) fn off() -> Self {
        Self { off: true, ..Self::default() }
    }

    /// Counts a call of an app.
    pub(crate) fn count(&self, app: i64, meta: &'static Meta, now: i64) -> Result<(), Exceeded> {
        if self.off {
            return Ok(());
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let [second, minute] = counts.entry((app, meta.id)).or_default();
        if let Some(limit) = meta.rate.per_minute {
            minute.count(limit, MINUTE, now)?;
        }
        if let Some(limit) = meta.rate.per_second {
            second.count(limit, SECOND, now)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use larkspur_api::endpoint::find;

    use super::*;

    #[test]
    fn either_limit_trips() {
        let meta = find("im.v1.image.create").expect("registered");
        let limits = Limits::default();
        for _ in 0..50 {
            assert_eq!(limits.count(1, meta, 0), Ok(()));
        }
        assert_eq!(limits.count(1, meta, 400), Err(Exceeded { limit: 50, reset: 1 }));
        // Another app has its own count, and a second later it begins again.
        assert_eq!(limits.count(2, meta, 400), Ok(()));
        assert_eq!(limits.count(1, meta, 1000), Ok(()));

        let limits = Limits::default();
        for call in 0..1000 {
            assert_eq!(limits.count(1, meta, call * 25), Ok(()));
        }
        assert_eq!(limits.count(1, meta, 25_000), Err(Exceeded { limit: 1000, reset: 35 }));
    }
}
