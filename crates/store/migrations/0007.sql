-- Cards that exist by themselves, are sent once, and change where they stand.
CREATE TABLE card_entity (
    id              INTEGER PRIMARY KEY,
    card_id         TEXT    NOT NULL UNIQUE,
    app             INTEGER NOT NULL REFERENCES app,
    card            TEXT    NOT NULL, -- JSON of version 2.0
    sequence        INTEGER NOT NULL, -- of the last change
    streaming_until INTEGER,          -- ms; null: streaming is off
    message         INTEGER UNIQUE REFERENCES message, -- null: not sent
    created_at      INTEGER NOT NULL
) STRICT;

-- Cards with variables, in the versions that were released, the oldest first.
CREATE TABLE card_template (
    id                    INTEGER PRIMARY KEY,
    app                   INTEGER NOT NULL REFERENCES app,
    template_id           TEXT    NOT NULL,
    template_version_name TEXT    NOT NULL,
    card                  TEXT    NOT NULL, -- JSON
    variables             TEXT    NOT NULL, -- JSON array
    created_at            INTEGER NOT NULL,
    UNIQUE (template_id, template_version_name)
) STRICT;
CREATE INDEX card_template_of_app ON card_template (app, id);

-- Whether a card is being clicked is asked by its message.
CREATE INDEX card_token_of_message ON card_token (message);
