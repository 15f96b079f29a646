-- What an app listens to and where it is told: JSON object.
ALTER TABLE app ADD COLUMN subscription TEXT NOT NULL DEFAULT '{}';

-- Whether it is the one through which the users of its tenant act.
ALTER TABLE app ADD COLUMN client INTEGER NOT NULL DEFAULT 0;

-- Events on their way, one row for each app that is told. They are written with the change they tell of.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    event_id   TEXT NOT NULL UNIQUE,
    app        INTEGER NOT NULL REFERENCES app,
    event_type TEXT NOT NULL,
    lane       TEXT NOT NULL,    -- events of one lane arrive in order
    body       TEXT NOT NULL,    -- the envelope, as it is delivered
    state      INTEGER NOT NULL, -- 0 ready, 1 waiting for its next attempt, 2 delivered, 3 expired
    attempts   INTEGER NOT NULL, -- that failed
    due_at     INTEGER NOT NULL, -- of the next attempt
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_ready ON outbox (app, id) WHERE state = 0;
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE state = 1;
CREATE INDEX outbox_by_app ON outbox (app, id);
CREATE INDEX outbox_done ON outbox (created_at) WHERE state >= 2;

-- Every time an event or a callback was sent, and what came back.
CREATE TABLE attempt (
    id         INTEGER PRIMARY KEY,
    event_id   TEXT NOT NULL,
    at         INTEGER NOT NULL,
    took       INTEGER NOT NULL, -- ms
    target     TEXT NOT NULL,    -- the address, or the connection
    outcome    TEXT NOT NULL,
    status     INTEGER,          -- of the answer: HTTP, or of the frame
    answer     TEXT              -- the body that came back
) STRICT;
CREATE INDEX attempt_by_event ON attempt (event_id);

-- How many events an app was owed and what became of them, those forgotten since included.
CREATE TABLE ledger (
    app       INTEGER PRIMARY KEY REFERENCES app,
    created   INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    expired   INTEGER NOT NULL
) STRICT;
