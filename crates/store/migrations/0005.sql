-- The users who may speak in a group where only members on a list may, in the order they came onto it.
CREATE TABLE moderator (
    id   INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chat,
    user INTEGER NOT NULL REFERENCES user,
    UNIQUE (chat, user)
) STRICT;
CREATE INDEX moderator_in_order ON moderator (chat, id);

-- What stands at the top of a group.
CREATE TABLE top_notice (
    chat    INTEGER PRIMARY KEY REFERENCES chat,
    message INTEGER REFERENCES message -- null: the announcement
) STRICT;

-- What single users set for a chat.
CREATE TABLE chat_user_setting (
    chat           INTEGER NOT NULL REFERENCES chat,
    user           INTEGER NOT NULL REFERENCES user,
    is_muted       INTEGER NOT NULL,
    is_mute_at_all INTEGER NOT NULL,
    PRIMARY KEY (chat, user)
) STRICT, WITHOUT ROWID;

-- The tabs that were added to a chat, from left to right.
CREATE TABLE chat_tab (
    chat INTEGER PRIMARY KEY REFERENCES chat,
    tabs TEXT NOT NULL -- JSON array
) STRICT;
