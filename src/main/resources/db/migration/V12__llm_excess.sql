-- What a request has used beyond its reservation is an entry of its own, which is no request.

ALTER TABLE llm_reservation ADD COLUMN requests INTEGER DEFAULT 1 NOT NULL;
