-- Tasks that wait in the store for their turn, before they have a message in the queue of their type.

ALTER TABLE task ADD COLUMN waits_in VARCHAR(5); -- store or queue; null unless it is queued
ALTER TABLE task ADD COLUMN sent_priority INTEGER; -- of its message, once its turn has come

UPDATE task SET waits_in = 'queue' WHERE state = 'queued';

CREATE INDEX task_in_line ON task (type, waits_in, priority, tenant, id);

-- Its row is locked while somebody looks whose turn it is.
CREATE TABLE task_line (
  type VARCHAR(64) PRIMARY KEY
);

-- Tenants that have tasks in the line, or had some lately.
CREATE TABLE task_tenant (
  type VARCHAR(64) NOT NULL,
  tenant VARCHAR(200) NOT NULL,
  used DOUBLE PRECISION NOT NULL, -- turns that it had, faded to the time beside
  used_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (type, tenant)
);
