-- What each write path has stored in the graph, so that the two can be compared: the graph itself
-- merges both, and then nobody can tell them apart.

CREATE TABLE debias_written (
  path VARCHAR(10) NOT NULL,
  event_id VARCHAR(200) NOT NULL,
  user_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  event_type VARCHAR(1000) NOT NULL,
  user_session VARCHAR(1000000),
  occurred_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (path, event_id)
);
