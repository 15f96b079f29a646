-- Store apps: the row of the app itself, and one for each other tenant that installed it, which names the first.
ALTER TABLE app ADD COLUMN app_type TEXT NOT NULL DEFAULT 'custom'; -- or isv
ALTER TABLE app ADD COLUMN origin INTEGER REFERENCES app;

-- What store apps prove themselves with. A ticket stays good for a while after the next one.
CREATE TABLE app_ticket (
    app_ticket TEXT PRIMARY KEY,
    app        INTEGER NOT NULL REFERENCES app,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX app_ticket_by_app ON app_ticket (app, created_at);
