-- Who did what with which product, and the same events again for the profiles: two workers with a
-- queue each write them, and neither may wait for or depend on the other.

CREATE TABLE debias_user (
  user_id BIGINT PRIMARY KEY
);

CREATE TABLE debias_product (
  product_id BIGINT PRIMARY KEY
);

CREATE TABLE debias_interaction (
  event_id VARCHAR(200) PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES debias_user (user_id),
  product_id BIGINT NOT NULL REFERENCES debias_product (product_id),
  event_type VARCHAR(1000) NOT NULL,
  user_session VARCHAR(1000000),
  occurred_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX debias_interaction_of_user ON debias_interaction (user_id, occurred_at);

CREATE TABLE debias_profile_event (
  event_id VARCHAR(200) PRIMARY KEY,
  user_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  event_type VARCHAR(1000) NOT NULL,
  occurred_at TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE INDEX debias_profile_event_of_user ON debias_profile_event (user_id, occurred_at);
