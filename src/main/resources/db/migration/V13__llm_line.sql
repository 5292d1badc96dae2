-- LLM tasks that wait until a provider has a budget for them: queued tasks that wait neither in the store for their
-- turn nor in the queue, but in a line (waits_in = 'line').

ALTER TABLE task ADD COLUMN line VARCHAR(2000); -- the providers that may answer; null unless it waits for them, or did last time
ALTER TABLE task ADD COLUMN lined_at TIMESTAMP(3) WITH TIME ZONE; -- since when

CREATE INDEX task_line_turn ON task (waits_in, line, priority DESC, lined_at);
