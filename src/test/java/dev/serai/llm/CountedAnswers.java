package dev.serai.llm;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/** Answers of different lengths, whose requests and tokens a provider counts for its bill. */
final class CountedAnswers implements ChatServer.Reply {
  private static final int QUESTION = 20; // tokens
  private static final int SHORTEST = 30;
  static final int LONGEST = 60;

  /** Tokens of a question and its answer, on average. */
  static final int USUAL = QUESTION + (SHORTEST + LONGEST) / 2;

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final AtomicInteger requests = new AtomicInteger();

  /** Tokens of each request, by the time at which it came. */
  private final NavigableMap<Long, Long> tokens = new ConcurrentSkipListMap<>();

  @Override
  public void to(HttpExchange exchange) throws IOException {
    int number = requests.incrementAndGet();
    int answer = SHORTEST + number * 7 % (LONGEST - SHORTEST + 1);
    long now = System.nanoTime();
    while (tokens.putIfAbsent(now, (long) QUESTION + answer) != null) {
      now++;
    }
    ChatServer.status(
            200,
            """
            {"choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":%d,"completion_tokens":%d}}"""
                .formatted(QUESTION, answer),
            "Content-Type",
            "application/json")
        .to(exchange);
  }

  int requests() {
    return requests.get();
  }

  long mostRequestsInAMinute() {
    return most(minute -> minute.size());
  }

  long mostTokensInAMinute() {
    return most(minute -> minute.values().stream().mapToLong(Long::longValue).sum());
  }

  /** In any minute, not only from one full minute to the next. */
  private long most(ToLongFunction<NavigableMap<Long, Long>> measure) {
    List<Long> begins = List.copyOf(tokens.keySet());
    return begins.stream()
        .mapToLong(begin -> measure.applyAsLong(tokens.subMap(begin, true, begin + MINUTE, false)))
        .max()
        .orElse(0);
  }
}
