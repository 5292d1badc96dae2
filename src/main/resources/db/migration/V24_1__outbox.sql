-- One outbox for all: events that were written together with what they tell of, or that the broker could not be told at once.

CREATE TABLE outbox (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- the order in which events about one thing are told
  id VARCHAR(36) NOT NULL UNIQUE,
  box VARCHAR(40) NOT NULL, -- usage and spend of calls to models, totals of virtual keys
  about VARCHAR(200), -- the thing; empty: no order
  body TEXT NOT NULL,
  kept_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  tried_at TIMESTAMP(3) WITH TIME ZONE NOT NULL -- the latest try to publish it
);

CREATE INDEX outbox_by_thing ON outbox (box, about, number);

INSERT INTO outbox (id, box, about, body, kept_at, tried_at)
  SELECT id, 'totals', about, body, tried_at, tried_at FROM conduit_outbox ORDER BY number;

INSERT INTO outbox (id, box, about, body, kept_at, tried_at)
  SELECT id, kind, NULL, body, kept_at, tried_at FROM llm_unsent_event ORDER BY id;

DROP TABLE conduit_outbox;

DROP TABLE llm_unsent_event;

-- What was booked is forgotten by its age.
CREATE INDEX conduit_spend_by_age ON conduit_spend (booked_at);
