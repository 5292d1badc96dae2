-- Images that were made, so that a request which comes again is answered with the same ones.

CREATE TABLE conduit_image (
  request_id VARCHAR(200) PRIMARY KEY,
  asked TEXT NOT NULL, -- on whose account, and what
  answer TEXT NOT NULL, -- JSON
  made_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX conduit_image_by_age ON conduit_image (made_at);
