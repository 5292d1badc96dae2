-- Addresses of others that events are delivered to, the messages with those events, who still has to
-- get which of them, and each attempt. All times are the database's own.

CREATE TABLE webhook_endpoint (
  id VARCHAR(36) PRIMARY KEY,
  url VARCHAR(2000) NOT NULL,
  types TEXT NOT NULL, -- JSON
  description VARCHAR(1000) NOT NULL,
  headers TEXT NOT NULL, -- JSON
  auth TEXT NOT NULL, -- JSON; headers whose values are never shown
  secret VARCHAR(200) NOT NULL,
  old_secret VARCHAR(200),
  old_secret_until TIMESTAMP(3) WITH TIME ZONE,
  rate_limit INTEGER, -- per second
  schedule TEXT, -- JSON
  enabled BOOLEAN NOT NULL, -- by its owner
  disabled VARCHAR(7), -- why, by Serai: gone, asked or failing
  disabled_at TIMESTAMP(3) WITH TIME ZONE,
  failing_since TIMESTAMP(3) WITH TIME ZONE, -- the first failure after the latest success
  probed_at TIMESTAMP(3) WITH TIME ZONE,
  created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

-- One row, whose number grows with each change of an endpoint.
CREATE TABLE webhook_change (
  id INTEGER PRIMARY KEY,
  number BIGINT NOT NULL
);

INSERT INTO webhook_change (id, number) VALUES (1, 0);

CREATE TABLE webhook_message (
  id VARCHAR(100) PRIMARY KEY, -- the webhook-id
  digest VARCHAR(43) NOT NULL, -- of what another message with the same id would have different
  type VARCHAR(1000) NOT NULL,
  headers TEXT NOT NULL, -- JSON
  body BYTEA NOT NULL,
  stored_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX webhook_message_by_age ON webhook_message (stored_at);

CREATE TABLE webhook_delivery (
  message_id VARCHAR(100) NOT NULL,
  endpoint_id VARCHAR(36) NOT NULL,
  state VARCHAR(9) NOT NULL, -- pending, delivered, failed or aborted
  tries INTEGER NOT NULL, -- of its schedule, as far as they have failed
  due_at TIMESTAMP(6) WITH TIME ZONE, -- when the next process may take it, never rounded up; null: never
  held BOOLEAN NOT NULL, -- by a process, until then
  size INTEGER NOT NULL, -- of the body, in bytes
  PRIMARY KEY (message_id, endpoint_id)
);

CREATE INDEX webhook_delivery_by_time ON webhook_delivery (endpoint_id, due_at, message_id);

CREATE TABLE webhook_attempt (
  id VARCHAR(36) NOT NULL, -- sorts by time
  endpoint_id VARCHAR(36) NOT NULL,
  message_id VARCHAR(100) NOT NULL,
  status INTEGER, -- null: there was no answer
  took_ms INTEGER NOT NULL,
  error VARCHAR(500),
  answer TEXT, -- the beginning of its body
  started_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (endpoint_id, id)
);

-- Events about endpoints that the broker has still to be told.
CREATE TABLE webhook_event (
  id VARCHAR(36) PRIMARY KEY,
  name VARCHAR(8) NOT NULL, -- disabled or enabled
  body TEXT NOT NULL, -- JSON
  tried_at TIMESTAMP(3) WITH TIME ZONE -- the latest try to publish it
);
