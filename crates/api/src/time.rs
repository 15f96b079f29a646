//! Points in time, each a type with its unit. On the wire they are decimal strings.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::endpoint::{Kind, Shape};

/// A 64-bit number that travels as a decimal string, as times, counters and ids do in IM.
///
/// Reading takes a JSON number as well: some answers carry one.
struct Decimal;

impl de::Visitor<'_> for Decimal {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number in decimal digits")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<i64, E> {
        if value.is_empty() { Ok(0) } else { value.parse().map_err(E::custom) }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(E::custom)
    }
}

macro_rules! decimals {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Decimal).map(Self)
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                Self(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Shape for $name {
            const KIND: Kind = Kind::Text;
        }
    )*};
}

decimals! {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    Millis;
    /// Seconds since 1970-01-01 00:00 UTC.
    Seconds;
    /// How many there are.
    Count;
}

impl Millis {
    /// The second it lies in.
    pub const fn seconds(self) -> Seconds {
        Seconds(self.0.div_euclid(1000))
    }
}
