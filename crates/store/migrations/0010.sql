-- What the administrator of a tenant has set, as a JSON object.
ALTER TABLE tenant ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- An app that was deleted keeps its row: messages it sent are still there.
ALTER TABLE app ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
