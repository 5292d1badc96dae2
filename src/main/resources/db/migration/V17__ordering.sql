-- Messages of queues with on-park: hold that are parked; later ones of their key are parked behind them.

CREATE TABLE ordered_hold (
  queue VARCHAR(255) NOT NULL,
  message_key VARCHAR(600) NOT NULL,
  message_id VARCHAR(255) NOT NULL,
  held_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (queue, message_key, message_id)
);
