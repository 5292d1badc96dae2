-- Which messages routes have done, or are doing.

CREATE TABLE idempotence_key (
  id VARCHAR(43) PRIMARY KEY, -- digest of the route and the key
  done BOOLEAN NOT NULL,
  until TIMESTAMP(3) WITH TIME ZONE NOT NULL -- end of the window, or of the time for which nobody else may do it
);

CREATE INDEX idempotence_key_by_age ON idempotence_key (until, id);
