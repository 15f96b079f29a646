-- Tokens of users stand beside those of apps.
ALTER TABLE token ADD COLUMN kind INTEGER NOT NULL DEFAULT 0; -- 0 tenant, 1 app, 2 user
ALTER TABLE token ADD COLUMN user INTEGER REFERENCES user;
ALTER TABLE token ADD COLUMN scopes TEXT;                     -- JSON array: what the user let the app do
CREATE INDEX token_by_user ON token (user, app) WHERE user IS NOT NULL;

-- What users ever let apps do in their name. It grows with each consent.
CREATE TABLE consent (
    app          INTEGER NOT NULL REFERENCES app,
    user         INTEGER NOT NULL REFERENCES user,
    scopes       TEXT NOT NULL, -- JSON array
    consented_at INTEGER NOT NULL,
    PRIMARY KEY (app, user)
) STRICT, WITHOUT ROWID;

-- What the authorize page sends a user back with.
CREATE TABLE authorization_code (
    code                  TEXT PRIMARY KEY,
    app                   INTEGER NOT NULL REFERENCES app,
    user                  INTEGER NOT NULL REFERENCES user,
    redirect_uri          TEXT NOT NULL,
    scopes                TEXT NOT NULL, -- JSON array
    code_challenge        TEXT,
    code_challenge_method TEXT,
    expires_at            INTEGER NOT NULL,
    used                  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_code_by_end ON authorization_code (expires_at);

CREATE TABLE refresh_token (
    token        TEXT PRIMARY KEY,
    app          INTEGER NOT NULL REFERENCES app,
    user         INTEGER NOT NULL REFERENCES user,
    scopes       TEXT NOT NULL,    -- JSON array
    consented_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    state        INTEGER NOT NULL  -- 0 valid, 1 used, 2 revoked
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_by_user ON refresh_token (user, app);
CREATE INDEX refresh_token_by_end ON refresh_token (expires_at);

-- Devices that wait until someone lets them in.
CREATE TABLE device (
    device_code TEXT PRIMARY KEY,
    user_code   TEXT NOT NULL UNIQUE,
    app         INTEGER NOT NULL REFERENCES app,
    scopes      TEXT NOT NULL,    -- JSON array
    user        INTEGER REFERENCES user,
    state       INTEGER NOT NULL, -- 0 waiting, 1 granted, 2 denied, 3 used
    polled_at   INTEGER,
    interval    INTEGER NOT NULL, -- s
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX device_by_end ON device (expires_at);

-- Where the authorize page may send users back to: JSON array; null means any address of this machine.
ALTER TABLE app ADD COLUMN redirect_uris TEXT;
