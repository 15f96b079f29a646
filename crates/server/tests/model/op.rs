//! What a script is made of. A step names what earlier steps made: `m7` is the message of step 7, `g3` the group of
//! step 3, `t9` the thread that began with step 9, `r5` the reaction of step 5, `main+ada` the chat of a bot and a user.

use std::fmt;

/// What a step made.
pub(crate) type Id = String;

/// An app, by its name in the seed.
pub(crate) type Bot = &'static str;

/// A user, by their `user_id` in the seed.
pub(crate) type User = &'static str;

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Actor {
    Bot(Bot),
    User(User),
}

/// Where a message goes.
#[derive(Clone, Debug)]
pub(crate) enum To {
    Chat(Id),
    User(User),
    Bot(Bot),
    Thread(Id),
}

/// The users or the bots of a request.
#[derive(Clone, Debug)]
pub(crate) enum Who {
    Users(Vec<User>),
    Bots(Vec<Bot>),
}

/// A text, with mentions before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) words: String,
    pub(crate) at_all: bool,
    pub(crate) at: Option<User>,
}

/// A new group.
#[derive(Clone, Debug)]
pub(crate) struct NewChat {
    pub(crate) name: String,
    pub(crate) owner: Option<User>,
    pub(crate) users: Vec<User>,
    pub(crate) bots: Vec<Bot>,
    pub(crate) public: bool,
    pub(crate) threaded: bool,
    pub(crate) approval: bool,
    pub(crate) bot_manager: bool,
    pub(crate) uuid: Option<u8>,
}

/// A change of one setting; permissions are `true` if only owner and admins have them.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Name(String),
    Owner(User),
    Public(bool),
    Threaded(bool),
    Approval(bool),
    Edit(bool),
    AtAll(bool),
    AddMembers(bool),
    Pins(bool),
    NoCopies(bool),
}

/// Who may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speakers {
    All,
    Owner,
    Listed,
}

/// A step of a script.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    CreateChat {
        by: Bot,
        new: NewChat,
    },
    UpdateChat {
        by: Bot,
        chat: Id,
        change: Change,
    },
    Dissolve {
        by: Bot,
        chat: Id,
    },
    AddMembers {
        by: Bot,
        chat: Id,
        who: Who,
        succeed_type: u8,
    },
    RemoveMembers {
        by: Bot,
        chat: Id,
        who: Who,
    },
    Join {
        by: Actor,
        chat: Id,
    },
    Leave {
        by: User,
        chat: Id,
    },
    AddManagers {
        by: Bot,
        chat: Id,
        who: Who,
    },
    DeleteManagers {
        by: Bot,
        chat: Id,
        who: Who,
    },
    Moderate {
        by: Bot,
        chat: Id,
        speakers: Speakers,
        add: Vec<User>,
        remove: Vec<User>,
    },

    Send {
        by: Actor,
        to: To,
        text: Text,
        uuid: Option<u8>,
    },
    Reply {
        by: Actor,
        message: Id,
        in_thread: bool,
        text: Text,
        uuid: Option<u8>,
    },
    Edit {
        by: Actor,
        message: Id,
        text: Text,
    },
    Recall {
        by: Actor,
        message: Id,
    },
    Forward {
        by: Bot,
        message: Id,
        to: To,
        uuid: Option<u8>,
    },
    Merge {
        by: Bot,
        messages: Vec<Id>,
        to: To,
        uuid: Option<u8>,
    },
    ForwardThread {
        by: Bot,
        thread: Id,
        to: To,
        uuid: Option<u8>,
    },
    React {
        by: Actor,
        message: Id,
        emoji: &'static str,
    },
    Unreact {
        by: Bot,
        message: Id,
        reaction: Id,
    },
    UnreactAs {
        by: User,
        message: Id,
        emoji: &'static str,
    },
    Pin {
        by: Actor,
        message: Id,
    },
    Unpin {
        by: Actor,
        message: Id,
    },
    Read {
        by: User,
        chat: Id,
    },

    GetMessage {
        by: Bot,
        message: Id,
    },
    GetMessages {
        by: Bot,
        messages: Vec<Id>,
    },
    ListChat {
        by: Bot,
        chat: Id,
        newest_first: bool,
        page_size: usize,
    },
    ListThread {
        by: Bot,
        thread: Id,
        newest_first: bool,
        page_size: usize,
    },
    ListReactions {
        by: Bot,
        message: Id,
        emoji: Option<&'static str>,
        page_size: usize,
    },
    ListPins {
        by: Bot,
        chat: Id,
        page_size: usize,
    },
    ListReaders {
        by: Bot,
        message: Id,
    },
    GetChat {
        by: Bot,
        chat: Id,
    },
    ListChats {
        by: Bot,
        by_activity: bool,
        page_size: usize,
    },
    SearchChats {
        by: Bot,
        query: String,
        page_size: usize,
    },
    ListUsers {
        by: Bot,
        chat: Id,
        page_size: usize,
    },
    ListMembers {
        by: Bot,
        chat: Id,
        page_size: usize,
    },
    ListModerators {
        by: Bot,
        chat: Id,
    },
    IsInChat {
        by: Bot,
        chat: Id,
    },

    /// The clock moves on by so many ms.
    Wait {
        ms: i64,
    },
    /// The platform stops and starts again.
    Restart,
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
