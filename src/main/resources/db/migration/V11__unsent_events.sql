-- What calls to models have used and cost, when the broker could not be told at once.

CREATE TABLE llm_unsent_event (
  id VARCHAR(36) PRIMARY KEY,
  kind VARCHAR(10) NOT NULL, -- usage or spend
  body TEXT NOT NULL,
  kept_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  tried_at TIMESTAMP(3) WITH TIME ZONE NOT NULL -- the latest try to publish it
);

CREATE INDEX llm_unsent_event_by_kind ON llm_unsent_event (kind, id);
