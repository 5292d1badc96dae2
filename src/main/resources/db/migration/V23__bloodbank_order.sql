-- Whoever keeps events holds this row until they are there: no event gets a lower sequence than one that was read already.
CREATE TABLE bloodbank_turn (
  id INTEGER PRIMARY KEY
);

INSERT INTO bloodbank_turn (id) VALUES (1);
