/** Version of the tables, kept in `user_version` of the file. */
export const SCHEMA_VERSION = 1

/** The tables of a new file. Times are ms since the epoch. */
export const SCHEMA = `
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  list TEXT NOT NULL,
  content TEXT NOT NULL,
  state TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  expires_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER,
  reason TEXT,
  message_id TEXT,
  message_key TEXT
) STRICT;
CREATE INDEX messages_next ON messages (sender, state, not_before, seq);
CREATE INDEX messages_id ON messages (sender, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX messages_key ON messages (sender, message_key) WHERE message_key IS NOT NULL;
CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  sender TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT
) STRICT;
CREATE TABLE sends (sender TEXT NOT NULL, at INTEGER NOT NULL, new_chat INTEGER NOT NULL) STRICT;
CREATE INDEX sends_at ON sends (sender, at);
CREATE TABLE chats (sender TEXT NOT NULL, recipient TEXT NOT NULL, PRIMARY KEY (sender, recipient)) STRICT, WITHOUT ROWID;
CREATE TABLE opt_outs (recipient TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE senders (
  sender TEXT PRIMARY KEY,
  token INTEGER NOT NULL DEFAULT 0,
  until INTEGER NOT NULL DEFAULT 0,
  pause TEXT
) STRICT, WITHOUT ROWID;
`
