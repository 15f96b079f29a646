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
