-- What a task in a line needs, so that nobody is called before there is that much.

ALTER TABLE task ADD COLUMN lined_tokens BIGINT; -- expected; null unless it waits in a line, or did last time

DROP INDEX task_line_turn;

-- Down to the id, so that H2 reads the first ones without sorting all.
CREATE INDEX task_line_turn ON task (waits_in, line, priority DESC, lined_at, id);
