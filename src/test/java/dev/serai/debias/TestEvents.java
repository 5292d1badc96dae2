package dev.serai.debias;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Events as shops have them, the same in every run. */
final class TestEvents {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> TYPES = List.of("view", "view", "cart", "purchase", "odd type");

  private TestEvents() {}

  /** One event; the number is its id and the second at which it happened. */
  static UserEvent event(int number, long userId, long productId, String type) {
    return new UserEvent("e" + number, userId, productId, type, null, START.plusSeconds(number));
  }

  /** Events of 20 users with 50 products. */
  static List<UserEvent> many(int count) {
    Random random = new Random(1);
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                new UserEvent(
                    "e" + number,
                    random.nextInt(20),
                    random.nextInt(50),
                    TYPES.get(random.nextInt(TYPES.size())),
                    number % 3 == 0 ? null : "session-" + number % 7,
                    START.plusMillis(random.nextInt(1_000_000))))
        .toList();
  }
}
