-- What all processes ask of each provider of models. The row of a provider is locked while its
-- budget is looked at; a request is held while it runs, until its lease ends.

CREATE TABLE llm_provider (
  name VARCHAR(100) PRIMARY KEY,
  closed_until TIMESTAMP(3) WITH TIME ZONE -- it asked to be left alone
);

CREATE TABLE llm_reservation (
  id VARCHAR(36) PRIMARY KEY,
  provider VARCHAR(100) NOT NULL REFERENCES llm_provider (name),
  tokens BIGINT NOT NULL, -- expected while it is held, then those it had
  held BOOLEAN NOT NULL,
  started_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  lease_until TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX llm_reservation_of_provider ON llm_reservation (provider, started_at);
