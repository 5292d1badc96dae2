-- Pack conduit: what virtual keys have spent, the events that tell of it, and the latest state of providers.

CREATE TABLE conduit_virtual_key (
  id VARCHAR(200) PRIMARY KEY,
  spent NUMERIC(38, 18) NOT NULL,
  bookings BIGINT NOT NULL,
  updated_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE TABLE conduit_spend (
  event_id VARCHAR(200) PRIMARY KEY, -- booked once
  virtual_key VARCHAR(200) NOT NULL,
  amount NUMERIC(38, 18) NOT NULL,
  booked_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX conduit_spend_by_key ON conduit_spend (virtual_key, booked_at);

CREATE TABLE conduit_outbox (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- the order in which they are told
  id VARCHAR(36) NOT NULL UNIQUE,
  about VARCHAR(200) NOT NULL, -- a virtual key
  routing_key VARCHAR(100) NOT NULL,
  body TEXT NOT NULL,
  tried_at TIMESTAMP(3) WITH TIME ZONE NOT NULL -- the latest try to publish it
);

CREATE INDEX conduit_outbox_by_key ON conduit_outbox (about, number);

CREATE TABLE conduit_provider (
  id VARCHAR(200) PRIMARY KEY,
  version BIGINT, -- of the latest update or deletion that counts
  changed_at TIMESTAMP(3) WITH TIME ZONE, -- empty: only capabilities have come
  deleted BOOLEAN NOT NULL,
  details TEXT, -- JSON, without credentials
  has_credentials BOOLEAN NOT NULL,
  capabilities TEXT, -- JSON
  capabilities_version BIGINT,
  capabilities_at TIMESTAMP(3) WITH TIME ZONE
);
