-- How far debates are, and what each participant was asked in each round. A debate is a task, and so
-- is every question; all times are the database's own.

CREATE TABLE debate (
  id VARCHAR(36) PRIMARY KEY REFERENCES task (id) ON DELETE CASCADE,
  round INTEGER NOT NULL, -- that is asked now; 0: none yet; the one after the last: the verdict
  ends_at TIMESTAMP(3) WITH TIME ZONE, -- when the round is over, whoever has not answered
  woken_at TIMESTAMP(3) WITH TIME ZONE -- the latest time that its message was sent after a look
);

CREATE TABLE debate_answer (
  debate_id VARCHAR(36) NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
  round INTEGER NOT NULL,
  participant INTEGER NOT NULL, -- from 1; 0 is the judge
  task_id VARCHAR(36) NOT NULL, -- the question; it may be forgotten before the debate is
  state VARCHAR(9) NOT NULL, -- asked; that of the task when it has ended; late when nobody waits for it any more
  result TEXT,
  error TEXT,
  PRIMARY KEY (debate_id, round, participant)
);

CREATE INDEX debate_answer_of_task ON debate_answer (task_id);
