-- What models have answered so far to tasks that stream, piece by piece. A newer attempt, or a newer
-- call within one, comes after; pieces go with their task.

CREATE TABLE task_piece (
  task_id VARCHAR(36) NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  attempt BIGINT NOT NULL, -- the token of the worker
  call_number INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  restarted BOOLEAN NOT NULL, -- what came before is void
  choices TEXT NOT NULL,
  PRIMARY KEY (task_id, attempt, call_number, sequence)
);
