-- Times are milliseconds since 1970. `id` columns number rows in the order they were made; ids that
-- leave the platform stand beside them as text.

CREATE TABLE tenant (
    tenant_key TEXT PRIMARY KEY,
    name       TEXT NOT NULL
) STRICT;

CREATE TABLE app (
    id                 INTEGER PRIMARY KEY,
    app_id             TEXT NOT NULL,
    tenant_key         TEXT NOT NULL REFERENCES tenant,
    app_secret         TEXT NOT NULL,
    name               TEXT NOT NULL,
    open_id            TEXT NOT NULL UNIQUE,
    bot                INTEGER NOT NULL,
    activate_status    INTEGER NOT NULL,
    scopes             TEXT NOT NULL, -- JSON array
    availability       TEXT,          -- JSON array of user.id; null means everyone
    encrypt_key        TEXT NOT NULL,
    verification_token TEXT NOT NULL,
    UNIQUE (app_id, tenant_key)
) STRICT;

CREATE TABLE user (
    id         INTEGER PRIMARY KEY,
    tenant_key TEXT NOT NULL REFERENCES tenant,
    user_id    TEXT NOT NULL,
    union_id   TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    en_name    TEXT NOT NULL,
    email      TEXT,
    mobile     TEXT,
    resigned   INTEGER NOT NULL,
    UNIQUE (tenant_key, user_id)
) STRICT;
CREATE INDEX user_by_email ON user (tenant_key, email) WHERE email IS NOT NULL;
CREATE INDEX user_by_mobile ON user (tenant_key, mobile) WHERE mobile IS NOT NULL;

-- A user has another open_id in every app.
CREATE TABLE open_id (
    open_id TEXT PRIMARY KEY,
    app     INTEGER NOT NULL REFERENCES app,
    user    INTEGER NOT NULL REFERENCES user,
    UNIQUE (app, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    token      TEXT PRIMARY KEY,
    app        INTEGER NOT NULL REFERENCES app,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_app ON token (app, expires_at);

CREATE TABLE image (
    image_key  TEXT PRIMARY KEY,
    app        INTEGER NOT NULL REFERENCES app,
    image_type TEXT NOT NULL,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL, -- px
    height     INTEGER NOT NULL, -- px
    size       INTEGER NOT NULL, -- bytes
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
    file_key   TEXT PRIMARY KEY,
    app        INTEGER NOT NULL REFERENCES app,
    file_type  TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    duration   INTEGER,          -- ms
    size       INTEGER NOT NULL, -- bytes
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chat (
    id            INTEGER PRIMARY KEY,
    chat_id       TEXT NOT NULL UNIQUE,
    tenant_key    TEXT NOT NULL REFERENCES tenant,
    chat_mode     TEXT NOT NULL,
    chat_status   TEXT NOT NULL,
    settings      TEXT NOT NULL, -- JSON object
    owner_kind    INTEGER,       -- as in member; null in one-to-one chats
    owner         INTEGER,
    creator       INTEGER,       -- app.id, if a bot made it
    last_position INTEGER NOT NULL,
    active_at     INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

-- The one-to-one chat of a bot and a user.
CREATE TABLE p2p (
    app  INTEGER NOT NULL REFERENCES app,
    user INTEGER NOT NULL REFERENCES user,
    chat INTEGER NOT NULL REFERENCES chat,
    PRIMARY KEY (app, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    id        INTEGER PRIMARY KEY,
    chat      INTEGER NOT NULL REFERENCES chat,
    kind      INTEGER NOT NULL, -- 0 user, 1 app
    member    INTEGER NOT NULL, -- user.id or app.id
    manager   INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    UNIQUE (chat, kind, member)
) STRICT;
CREATE INDEX member_by_member ON member (kind, member, chat);
CREATE INDEX member_in_order ON member (chat, kind, id);

CREATE TABLE message (
    id               INTEGER PRIMARY KEY,
    message_id       TEXT NOT NULL UNIQUE,
    chat             INTEGER NOT NULL REFERENCES chat,
    sender_kind      INTEGER NOT NULL, -- as in member
    sender           INTEGER NOT NULL,
    msg_type         TEXT NOT NULL,
    content          TEXT NOT NULL,
    mentions         TEXT,             -- JSON array
    root_id          TEXT,
    parent_id        TEXT,
    thread_id        TEXT,
    upper_message_id TEXT,
    position         INTEGER NOT NULL,
    thread_position  INTEGER,
    state            INTEGER NOT NULL, -- 0 sent, 1 recalled, 2 deleted
    edits            INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL
) STRICT;
-- A reply in a thread shows in the thread only; the root of a thread shows in both.
CREATE INDEX message_in_chat ON message (chat, created_at, id) WHERE thread_position IS NULL OR thread_position = 1;
CREATE INDEX message_in_thread ON message (thread_id, created_at, id) WHERE thread_id IS NOT NULL;

-- What a request with a uuid made, for as long as the uuid counts.
CREATE TABLE dedupe (
    key        TEXT PRIMARY KEY,
    object     TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dedupe_by_end ON dedupe (expires_at);
