-- To find ends that nobody was told of, and those that are forgotten, among many that are kept.

CREATE INDEX task_by_end ON task (announced, ended_at);
