-- What clients of streams can be told again: the updates of each channel in the order in which they were kept.

CREATE TABLE stream_channel (
  name VARCHAR(20) PRIMARY KEY, -- sse or websocket
  last_sequence BIGINT NOT NULL -- changed under a lock of the row, so that no number is left out
);

INSERT INTO stream_channel (name, last_sequence) VALUES ('sse', 0), ('websocket', 0);

CREATE TABLE stream_update (
  channel VARCHAR(20) NOT NULL,
  sequence BIGINT NOT NULL,
  id VARCHAR(500) NOT NULL, -- what clients see; publishers may give one twice
  origin VARCHAR(36) NOT NULL, -- of the channel and the message that it came with: a repeated message is found by it
  topic_key VARCHAR(36) NOT NULL, -- of the first topic
  topics TEXT NOT NULL, -- JSON array
  data TEXT NOT NULL,
  is_private BOOLEAN NOT NULL,
  type VARCHAR(500),
  retry BIGINT, -- milliseconds
  kept_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (channel, sequence)
);

CREATE UNIQUE INDEX stream_update_by_origin ON stream_update (origin);

CREATE INDEX stream_update_by_id ON stream_update (channel, id, sequence);

CREATE INDEX stream_update_by_topic ON stream_update (channel, topic_key, sequence);

CREATE INDEX stream_update_by_age ON stream_update (kept_at);

-- How far a topic's updates were deleted, for as long as a client may still ask for what came after.
CREATE TABLE stream_forgotten (
  channel VARCHAR(20) NOT NULL,
  topic_key VARCHAR(36) NOT NULL,
  sequence BIGINT NOT NULL, -- of the latest one that was deleted
  topics TEXT NOT NULL, -- its topics, a JSON array
  forgotten_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (channel, topic_key)
);
