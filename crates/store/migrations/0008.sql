-- By which terms messages are found: the words of their texts, and what is asked for besides. `rowid` is message.id.
-- The texts themselves stay in `message`. What a term is, those who write them know.
CREATE VIRTUAL TABLE message_term USING fts5(
    terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- Messages that were there before this table and have no terms yet.
CREATE TABLE message_unindexed (
    message INTEGER PRIMARY KEY REFERENCES message
) STRICT;
INSERT INTO message_unindexed
    SELECT id FROM message WHERE state = 0 AND upper_message_id IS NULL AND only_for IS NULL;

-- The menus of groups, from left to right.
CREATE TABLE chat_menu (
    chat INTEGER PRIMARY KEY REFERENCES chat,
    menu TEXT NOT NULL -- JSON object
) STRICT;

-- Departments: a tree below the root, which is no row. `id` is the order in which they are listed.
CREATE TABLE department (
    id                 INTEGER PRIMARY KEY,
    tenant_key         TEXT NOT NULL REFERENCES tenant,
    department_id      TEXT NOT NULL,
    open_department_id TEXT NOT NULL UNIQUE,
    parent             INTEGER REFERENCES department, -- null below the root
    name               TEXT NOT NULL,
    en_name            TEXT NOT NULL,
    leader             INTEGER REFERENCES user,
    chat               INTEGER REFERENCES chat,       -- its group
    UNIQUE (tenant_key, department_id)
) STRICT;
CREATE INDEX department_by_parent ON department (tenant_key, parent, id);

-- Who is in which departments. The first of a user's is the main one; who is in none is in the root.
CREATE TABLE department_user (
    id         INTEGER PRIMARY KEY,
    department INTEGER NOT NULL REFERENCES department,
    user       INTEGER NOT NULL REFERENCES user,
    UNIQUE (department, user)
) STRICT;
CREATE INDEX department_user_by_user ON department_user (user, id);

-- What users call themselves in single chats.
CREATE TABLE chat_nickname (
    chat     INTEGER NOT NULL REFERENCES chat,
    user     INTEGER NOT NULL REFERENCES user,
    nickname TEXT NOT NULL,
    PRIMARY KEY (chat, user)
) STRICT, WITHOUT ROWID;

-- What users flagged, and what they took the flag from again.
CREATE TABLE flag (
    id         INTEGER PRIMARY KEY,
    user       INTEGER NOT NULL REFERENCES user,
    message    INTEGER NOT NULL REFERENCES message,
    item_type  INTEGER NOT NULL, -- as on the wire
    flag_type  INTEGER NOT NULL,
    canceled   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user, message, item_type, flag_type)
) STRICT;
CREATE INDEX flag_in_order ON flag (user, updated_at, id);

-- The chats that users keep at the top.
CREATE TABLE feed_shortcut (
    user  INTEGER NOT NULL REFERENCES user,
    chat  INTEGER NOT NULL REFERENCES chat,
    place INTEGER NOT NULL, -- smaller stands higher
    PRIMARY KEY (user, chat)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_shortcut_in_order ON feed_shortcut (user, place);
