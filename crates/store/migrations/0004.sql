-- The one user who sees the message; null if all of the chat do.
ALTER TABLE message ADD COLUMN only_for INTEGER REFERENCES user;

-- The children of a merged forward, and what one user alone sees, stand in no list of messages.
DROP INDEX message_in_chat;
CREATE INDEX message_in_chat ON message (chat, created_at, id)
    WHERE (thread_position IS NULL OR thread_position = 1) AND upper_message_id IS NULL AND only_for IS NULL;
CREATE INDEX message_in_forward ON message (upper_message_id, id) WHERE upper_message_id IS NOT NULL;
CREATE INDEX message_for_one ON message (chat, only_for, id) WHERE only_for IS NOT NULL;

-- The messages that are pinned to their chat.
CREATE TABLE pin (
    id         INTEGER PRIMARY KEY,
    chat       INTEGER NOT NULL REFERENCES chat,
    message    INTEGER NOT NULL UNIQUE REFERENCES message,
    kind       INTEGER NOT NULL, -- as in member
    operator   INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pin_in_chat ON pin (chat, created_at, id);

-- Whom a message was marked urgent for, and how they were told.
CREATE TABLE urgent (
    id         INTEGER PRIMARY KEY,
    message    INTEGER NOT NULL REFERENCES message,
    user       INTEGER NOT NULL REFERENCES user,
    means      TEXT NOT NULL, -- app, sms or phone
    created_at INTEGER NOT NULL,
    UNIQUE (message, user, means)
) STRICT;
CREATE INDEX urgent_by_user ON urgent (user, message);

-- Messages to many users, each of whom has it in the chat with the bot.
CREATE TABLE batch_message (
    id               INTEGER PRIMARY KEY,
    batch_message_id TEXT NOT NULL UNIQUE,
    app              INTEGER NOT NULL REFERENCES app,
    valid_users      INTEGER NOT NULL, -- those out of the bot's reach included
    sent             INTEGER NOT NULL,
    recalled         INTEGER,          -- how many messages; null before it was tried
    created_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_message_by_app ON batch_message (app, created_at);
CREATE TABLE batch_part (
    message INTEGER PRIMARY KEY REFERENCES message,
    batch   INTEGER NOT NULL REFERENCES batch_message
) STRICT;
CREATE INDEX batch_part_by_batch ON batch_part (batch, message);
