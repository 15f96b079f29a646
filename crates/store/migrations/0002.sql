-- Emoji below messages. Nobody puts the same one below the same message twice.
CREATE TABLE reaction (
    id          INTEGER PRIMARY KEY,
    reaction_id TEXT NOT NULL UNIQUE,
    message     INTEGER NOT NULL REFERENCES message,
    kind        INTEGER NOT NULL, -- as in member
    operator    INTEGER NOT NULL,
    emoji_type  TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (message, emoji_type, kind, operator)
) STRICT;
CREATE INDEX reaction_in_order ON reaction (message, id);

-- Who has read which message, and when for the first time.
CREATE TABLE message_read (
    message INTEGER NOT NULL REFERENCES message,
    user    INTEGER NOT NULL REFERENCES user,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (message, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_read_in_order ON message_read (message, read_at, user);

-- The bubbles below a message. They show as long as it is the last of its chat.
CREATE TABLE follow_up (
    message    INTEGER PRIMARY KEY REFERENCES message,
    follow_ups TEXT NOT NULL, -- JSON array
    created_at INTEGER NOT NULL
) STRICT;

-- The right to update a card that someone clicked.
CREATE TABLE card_token (
    token      TEXT PRIMARY KEY,
    app        INTEGER NOT NULL REFERENCES app,
    message    INTEGER NOT NULL REFERENCES message,
    expires_at INTEGER NOT NULL,
    uses_left  INTEGER NOT NULL,
    answered   INTEGER NOT NULL -- whether the callback that brought it was answered
) STRICT, WITHOUT ROWID;
CREATE INDEX card_token_by_end ON card_token (expires_at);

-- What single users see of a card that is not shared, where it differs from what was sent.
CREATE TABLE card_copy (
    message    INTEGER NOT NULL REFERENCES message,
    user       INTEGER NOT NULL REFERENCES user,
    content    TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (message, user)
) STRICT, WITHOUT ROWID;

-- The address of a custom bot. The bot is an app without a secret, a member of this one chat.
CREATE TABLE hook (
    hook_id  TEXT PRIMARY KEY,
    app      INTEGER NOT NULL UNIQUE REFERENCES app,
    chat     INTEGER NOT NULL REFERENCES chat,
    secret   TEXT,          -- null if messages need no signature
    keywords TEXT NOT NULL, -- JSON array
    ip_list  TEXT NOT NULL  -- JSON array
) STRICT, WITHOUT ROWID;

-- The previews that clients have fetched, by the token the app was given.
CREATE TABLE url_preview (
    token     TEXT PRIMARY KEY,
    app       INTEGER NOT NULL REFERENCES app,
    message   INTEGER REFERENCES message, -- null while the link is being written
    url       TEXT NOT NULL,
    asked_at  INTEGER, -- when the app last asked for a new fetch
    asked_for TEXT     -- JSON array of user.id; null means everyone in the chat
) STRICT, WITHOUT ROWID;
