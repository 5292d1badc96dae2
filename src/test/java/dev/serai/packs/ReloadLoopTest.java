package dev.serai.packs;

import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.serai.files.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What the loop outlives. */
class ReloadLoopTest {

  @Test
  void whatever_is_thrown_in_one_look_the_next_one_comes() {
    AtomicInteger looks = new AtomicInteger();
    Reloader reloader = mock(Reloader.class);
    when(reloader.run(any(), any())).thenReturn(Outcome.unchanged(1, Map.of()));
    when(reloader.look())
        .thenAnswer(
            call ->
                switch (looks.incrementAndGet()) {
                  case 1 -> file("one");
                  case 2 -> throw new StackOverflowError("of a check");
                  case 3 -> throw new IllegalArgumentException("of a path");
                  default -> file("two");
                });
    ReloadLoop loop = new ReloadLoop(reloader, mock(ReloadReport.class), Duration.ofMillis(5));
    try {
      loop.afterApplicationStart(new DefaultCamelContext(false));

      await().until(() -> looks.get() > 5);
    } finally {
      loop.stop();
    }
  }

  private static Snapshot file(String text) {
    return new Snapshot(new TreeMap<>(Map.of("routes/a/b.camel.yaml", text.getBytes())), List.of());
  }
}
