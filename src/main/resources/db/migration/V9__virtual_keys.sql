-- On whose account models are asked for a task: the id of one of Conduit's virtual keys.

ALTER TABLE task ADD COLUMN virtual_key VARCHAR(200);
