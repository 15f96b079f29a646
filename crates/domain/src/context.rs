//! Time, randomness and ids, passed in so that tests can move the one and repeat the other.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use larkspur_api::id::{ChatId, FileKey, ImageKey, MessageId, OpenId, ThreadId, UnionId};

use crate::{Apps, tenant::Tenants};

/// What time it is.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    fn now(&self) -> i64;
}

/// The time of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the time is passed in from")]
    fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// A time that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock at this time, in ms since 1970.
    pub fn at(now: i64) -> Self {
        Self(AtomicI64::new(now))
    }

    /// Moves it forward.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Where random bytes come from.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The randomness of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        // A machine that gives no randomness is no place to mint tokens.
        if getrandom::fill(buffer).is_err() {
            std::process::abort();
        }
    }
}

/// What a rule has at hand besides the rows.
pub struct Context {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The apps.
    pub apps: Apps,
    /// What the administrators of the tenants have set.
    pub tenants: Tenants,
    /// How fast messages reach one user or one chat.
    pub pace: Pace,
    /// Where the platform is reached, without a slash at the end.
    pub base_url: String,
}

impl Context {
    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Where the picture under a key is shown, or the one for those who have none.
    pub fn avatar_url(&self, key: Option<&str>) -> String {
        format!("{}/_larkspur/avatar/{}", self.base_url, key.unwrap_or("default"))
    }

    /// Random hex digits.
    pub fn hex(&self, digits: usize) -> String {
        let mut bytes = vec![0; digits.div_ceil(2)];
        self.entropy.fill(&mut bytes);
        let mut text = hex::encode(bytes);
        text.truncate(digits);
        text
    }

    /// 128 bits that begin with the time, so that keys made one after another lie side by side.
    fn ordered(&self) -> String {
        let time = u64::try_from(self.now()).unwrap_or_default().to_be_bytes();
        let mut bytes = [0; 16];
        self.entropy.fill(&mut bytes);
        for (byte, time) in bytes.iter_mut().zip(&time[2..]) {
            *byte = *time;
        }
        hex::encode(bytes)
    }

    /// The key of a resource: 4 letters, then a UUID.
    fn resource(&self) -> String {
        let digits = self.ordered();
        let random = self.hex(4);
        let part = |from, to| digits.get(from..to).unwrap_or_default();
        format!("{random}_{}-{}-{}-{}-{}g", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 31))
    }

    /// A new `om_…`.
    pub fn message_id(&self) -> MessageId {
        format!("om_{}", self.ordered()).into()
    }

    /// A new `bm-…`.
    pub fn batch_message_id(&self) -> String {
        format!("bm-{}", self.ordered())
    }

    /// A new `oc_…`.
    pub fn chat_id(&self) -> ChatId {
        format!("oc_{}", self.hex(32)).into()
    }

    /// A new `omt_…`.
    pub fn thread_id(&self) -> ThreadId {
        format!("omt_{}", self.hex(16)).into()
    }

    /// A new `ou_…`.
    pub fn open_id(&self) -> OpenId {
        format!("ou_{}", self.hex(32)).into()
    }

    /// A new `od-…`.
    pub fn open_department_id(&self) -> String {
        format!("od-{}", self.hex(32))
    }

    /// A new `on_…`.
    pub fn union_id(&self) -> UnionId {
        format!("on_{}", self.hex(32)).into()
    }

    /// The id of a new reaction: 64 characters of base64.
    pub fn reaction_id(&self) -> String {
        let mut bytes = [0; 48];
        self.entropy.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A new `c-…`.
    pub fn card_token(&self) -> String {
        format!("c-{}", self.hex(40))
    }

    /// The id of a new card entity: 19 digits.
    pub fn card_id(&self) -> String {
        let mut bytes = [0; 8];
        self.entropy.fill(&mut bytes);
        format!("7{:018}", u64::from_be_bytes(bytes) % 1_000_000_000_000_000_000)
    }

    /// A new UUID, as hooks and previews have them.
    pub fn uuid(&self) -> String {
        let digits = self.hex(30);
        let part = |from, to| digits.get(from..to).unwrap_or_default();
        format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
    }

    /// A new `img_v3_…`.
    pub fn image_key(&self) -> ImageKey {
        format!("img_v3_{}", self.resource()).into()
    }

    /// A new `file_v3_…`.
    pub fn file_key(&self) -> FileKey {
        format!("file_v3_{}", self.resource()).into()
    }
}

/// Counts messages to users and chats, updates of cards, and pins: 5 a second reach each.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create`, `…/message/patch` and `…/pin/create`.
#[derive(Default)]
pub struct Pace {
    off: bool,
    seconds: Mutex<HashMap<Paced, (i64, u32)>>,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Paced {
    /// Messages to this chat.
    Chat(i64),
    /// Updates of this message.
    Message(i64),
    /// Changes of this card entity.
    Entity(i64),
    /// Pinning and unpinning this message.
    Pin(i64),
    /// Cards in this chat that one user alone sees.
    ForOne(i64),
}

/// Messages a second that one user or chat gets, updates a second that one card gets, and pins of one message.
const A_SECOND: u32 = 5;

/// Cards a second for single users of one group: `/ukTMukTMukTM/uETOyYjLxkjM24SM5IjN`.
const FOR_ONE_A_SECOND: u32 = 40;

/// Changes a second of one card entity that does not stream:
/// `/uAjLw4CM/ukzMukzMukzM/feishu-cards/streaming-updates-openapi-overview`.
const ENTITY_A_SECOND: u32 = 10;

impl Pace {
    /// No limit.
    pub fn unlimited() -> Self {
        Self { off: true, ..Self::default() }
    }

    /// Counts a message to a chat; `false` if it is one too many.
    pub fn allows(&self, chat: i64, now: i64) -> bool {
        self.counts(Paced::Chat(chat), now)
    }

    /// Counts an update of a card; `false` if it is one too many.
    pub fn allows_update(&self, message: i64, now: i64) -> bool {
        self.counts(Paced::Message(message), now)
    }

    /// Counts a change of a card entity; `false` if it is one too many.
    pub fn allows_entity(&self, entity: i64, now: i64) -> bool {
        self.counts(Paced::Entity(entity), now)
    }

    /// Counts that a message is pinned or unpinned; `false` if it is once too often.
    pub fn allows_pin(&self, message: i64, now: i64) -> bool {
        self.counts(Paced::Pin(message), now)
    }

    /// Counts a card for one user of a chat; `false` if it is one too many.
    pub fn allows_for_one(&self, chat: i64, now: i64) -> bool {
        self.counts(Paced::ForOne(chat), now)
    }

    fn counts(&self, what: Paced, now: i64) -> bool {
        if self.off {
            return true;
        }
        let second = now.div_euclid(1000);
        let mut seconds = self.seconds.lock().unwrap_or_else(PoisonError::into_inner);
        if seconds.len() > 10_000 {
            seconds.retain(|_, (counted, _)| *counted == second);
        }
        let (counted, times) = seconds.entry(what).or_insert((second, 0));
        if *counted != second {
            (*counted, *times) = (second, 0);
        }
        *times += 1;
        *times
            <= match what {
                Paced::ForOne(_) => FOR_ONE_A_SECOND,
                Paced::Entity(_) => ENTITY_A_SECOND,
                _ => A_SECOND,
            }
    }
}
