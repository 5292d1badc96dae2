-- Work that applications have handed in, and each attempt to do it. A worker holds a task by its
-- token, which each new holder raises, until the lease ends; all times are the database's own.

CREATE TABLE task (
  id VARCHAR(36) PRIMARY KEY,
  type VARCHAR(64) NOT NULL,
  state VARCHAR(9) NOT NULL,
  priority INTEGER NOT NULL,
  tenant VARCHAR(200) NOT NULL,
  request TEXT NOT NULL,
  request_hash VARCHAR(64) NOT NULL,
  idempotency_key VARCHAR(255),
  callback_url VARCHAR(2000),
  progress TEXT,
  result TEXT,
  error TEXT,
  token BIGINT NOT NULL,
  worker VARCHAR(300),
  lease_until TIMESTAMP(3) WITH TIME ZONE,
  cancel_asked BOOLEAN NOT NULL,
  confirmed BOOLEAN NOT NULL, -- the broker has its message, or had it
  announced BOOLEAN NOT NULL, -- the event of its end is published
  replays INTEGER NOT NULL, -- of its parked message, as far as they have begun it again
  created_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  published_at TIMESTAMP(3) WITH TIME ZONE NOT NULL, -- the latest try to publish its message
  started_at TIMESTAMP(3) WITH TIME ZONE,
  ended_at TIMESTAMP(3) WITH TIME ZONE,
  deadline TIMESTAMP(3) WITH TIME ZONE,
  UNIQUE (tenant, idempotency_key)
);

CREATE INDEX task_by_state ON task (state, type, id);
CREATE INDEX task_by_type ON task (type, id);

CREATE TABLE task_attempt (
  task_id VARCHAR(36) NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  number BIGINT NOT NULL, -- the token
  worker VARCHAR(300) NOT NULL,
  outcome VARCHAR(9) NOT NULL,
  error VARCHAR(1000),
  started_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  ended_at TIMESTAMP(3) WITH TIME ZONE,
  PRIMARY KEY (task_id, number)
);
