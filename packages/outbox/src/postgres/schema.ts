/** Version of the tables, kept in the table `meta`. */
export const SCHEMA_VERSION = 1

/** Key of the lock that writers of changes share and readers take alone, so that no change is overlooked. */
export const CHANGES_LOCK = 7_293_640_001

/** The tables and functions of a new schema, which is the first of the search path. Times are ms since the epoch. */
export const SCHEMA: string = `
CREATE TABLE meta (version integer NOT NULL);
INSERT INTO meta VALUES (${SCHEMA_VERSION});
CREATE TABLE messages (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE,
  sender text NOT NULL,
  recipient text NOT NULL,
  list text NOT NULL,
  content text NOT NULL,
  state text NOT NULL,
  changed_at bigint NOT NULL,
  not_before bigint NOT NULL,
  expires_at bigint,
  attempts integer NOT NULL DEFAULT 0,
  started_at bigint,
  reason text,
  message_id text,
  message_key text
);
CREATE INDEX messages_next ON messages (sender, not_before, seq) WHERE state = 'queued';
CREATE INDEX messages_state ON messages (sender, state, seq);
CREATE INDEX messages_id ON messages (sender, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX messages_key ON messages (sender, message_key) WHERE message_key IS NOT NULL;
CREATE TABLE changes (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL,
  sender text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  at bigint NOT NULL,
  reason text
);
CREATE TABLE sends (sender text NOT NULL, at bigint NOT NULL, new_chat boolean NOT NULL);
CREATE INDEX sends_at ON sends (sender, at);
CREATE TABLE chats (sender text NOT NULL, recipient text NOT NULL, PRIMARY KEY (sender, recipient));
CREATE TABLE opt_outs (recipient text PRIMARY KEY, at bigint NOT NULL);
CREATE TABLE senders (sender text PRIMARY KEY, token bigint NOT NULL DEFAULT 0, until bigint NOT NULL DEFAULT 0, pause text);

CREATE FUNCTION add_messages(items jsonb, now bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  added bigint;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(${CHANGES_LOCK});
  WITH one AS (
    INSERT INTO messages (key, sender, recipient, list, content, state, changed_at, not_before, expires_at)
    SELECT key, sender, recipient, list, content, 'queued', now, not_before, expires_at
    FROM ROWS FROM (jsonb_to_recordset(items) AS (
      key text, sender text, recipient text, list text, content text, not_before bigint, expires_at bigint
    )) WITH ORDINALITY AS item (key, sender, recipient, list, content, not_before, expires_at, place)
    ORDER BY place
    ON CONFLICT (key) DO NOTHING
    RETURNING seq, key, sender
  ), noted AS (
    INSERT INTO changes (key, sender, to_state, at) SELECT key, sender, 'queued', now FROM one ORDER BY seq RETURNING 1
  )
  SELECT count(*) INTO added FROM noted;
  RETURN added;
END $$;

CREATE FUNCTION move_message(
  the_key text, from_states text[], to_state text, now bigint, lease_sender text, lease_token bigint, the_attempts integer,
  why text, id text, bare_id text, later bigint
) RETURNS SETOF messages LANGUAGE plpgsql AS $$
DECLARE
  old messages;
  moved messages;
BEGIN
  -- first of all, so that the number of the change is taken while the lock is held
  PERFORM pg_advisory_xact_lock_shared(${CHANGES_LOCK});
  SELECT * INTO old FROM messages WHERE key = the_key FOR UPDATE;
  IF NOT FOUND OR NOT old.state = ANY (from_states) THEN RETURN; END IF;
  IF the_attempts IS NOT NULL AND the_attempts <> old.attempts THEN RETURN; END IF;
  IF lease_token IS NULL THEN
    IF to_state = 'sending' THEN RETURN; END IF;
  ELSE
    -- FOR SHARE: no other owner can come before this is written
    PERFORM 1 FROM senders WHERE sender = old.sender AND sender = lease_sender AND token = lease_token FOR SHARE;
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  IF to_state = 'sending' AND EXISTS (SELECT 1 FROM opt_outs WHERE recipient = old.recipient) THEN RETURN; END IF;
  UPDATE messages SET
    state = to_state,
    changed_at = now,
    reason = why,
    not_before = coalesce(later, not_before),
    attempts = attempts + CASE WHEN to_state = 'sending' THEN 1 ELSE 0 END,
    started_at = CASE WHEN to_state = 'sending' THEN now ELSE started_at END,
    message_id = coalesce(id, message_id),
    message_key = coalesce(bare_id, message_key)
  WHERE seq = old.seq RETURNING * INTO moved;
  IF to_state = 'sending' THEN
    INSERT INTO sends (sender, at, new_chat) SELECT old.sender, now, NOT EXISTS (
      SELECT 1 FROM chats WHERE chats.sender = old.sender AND chats.recipient = old.recipient
    );
  ELSIF to_state IN ('sent', 'delivered', 'read') THEN
    INSERT INTO chats (sender, recipient) VALUES (old.sender, old.recipient) ON CONFLICT DO NOTHING;
  END IF;
  INSERT INTO changes (key, sender, from_state, to_state, at, reason) VALUES (the_key, old.sender, old.state, to_state, now, why);
  RETURN NEXT moved;
END $$;
`
