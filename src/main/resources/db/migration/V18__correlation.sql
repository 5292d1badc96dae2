-- Which event led to which, and what happened to each. It is written after the fact and helps people; nothing depends on it.

CREATE TABLE correlation_event (
  id VARCHAR(255) PRIMARY KEY,
  correlation_id VARCHAR(255),
  parents TEXT NOT NULL, -- JSON array, the direct cause first
  type VARCHAR(255),
  source VARCHAR(255),
  happened_at TIMESTAMP(3) WITH TIME ZONE NOT NULL, -- by the clock of the process that saw it first
  recorded_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX correlation_event_by_group ON correlation_event (correlation_id, happened_at, id);

CREATE INDEX correlation_event_by_age ON correlation_event (recorded_at, id);

CREATE TABLE correlation_parent (
  parent_id VARCHAR(255) NOT NULL,
  child_id VARCHAR(255) NOT NULL,
  PRIMARY KEY (parent_id, child_id)
);

CREATE INDEX correlation_parent_by_child ON correlation_parent (child_id);

CREATE TABLE correlation_step (
  event_id VARCHAR(255) NOT NULL,
  id VARCHAR(36) NOT NULL, -- sorts by time
  step TEXT NOT NULL, -- JSON
  PRIMARY KEY (event_id, id)
);

-- A trace asks for the attempts of an event.
CREATE INDEX webhook_attempt_by_message ON webhook_attempt (message_id);
