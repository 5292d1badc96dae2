-- Who works on a message: an attempt whose time was over takes nothing from the next one.

ALTER TABLE idempotence_key ADD COLUMN owner VARCHAR(36);
