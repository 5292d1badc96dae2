package dev.serai.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(30)
class BriefLookTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final BriefLook look = new BriefLook(Duration.ofSeconds(1), meters);

  @AfterEach
  void end() {
    answer.countDown();
    look.close();
  }

  private double unanswered() {
    return meters.counter("serai.correlation.unanswered").count();
  }

  private String hang() {
    try {
      return answer.await(20, TimeUnit.SECONDS) ? "late" : "never";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobody_waits_long_for_a_store_that_hangs_and_the_next_does_not_wait_at_all() {
    assertThat(look.ask(() -> "there")).contains("there");

    assertThat(look.ask(this::hang)).isEmpty();
    assertThat(look.ask(() -> "there")).as("asked a moment later").isEmpty();

    assertThat(unanswered()).isEqualTo(2);
  }

  @Test
  void a_chain_that_is_too_long_to_be_walked_keeps_nobody_from_its_group() throws Exception {
    ChainReader reader = mock(ChainReader.class, withSettings().stubOnly());
    when(reader.isOn()).thenReturn(true);
    when(reader.most()).thenReturn(Integer.MAX_VALUE);
    when(reader.children(any())).thenReturn(Set.of("child"));
    when(reader.events(any())).thenAnswer(call -> endless(call.getArgument(0)));

    String group = new Chains(reader, look, mock(Recorder.class)).join("known", List.of("1"));

    assertThat(group).isEqualTo("g");
    assertThat(unanswered()).isEqualTo(1);
    assertThat(look.ask(() -> "there")).contains("there");
  }

  private static Map<String, LinkedEvent> endless(Collection<String> ids) {
    return ids.stream()
        .collect(
            Collectors.toMap(
                id -> id,
                id -> TestChains.event(0, id, "g", String.valueOf(Integer.parseInt(id) + 1))));
  }

  @Test
  void a_store_that_is_away_is_no_answer() {
    assertThat(
            look.ask(
                () -> {
                  throw new DataAccessResourceFailureException("away");
                }))
        .isEmpty();

    assertThat(look.ask(() -> "there")).contains("there");
    assertThat(unanswered()).isEqualTo(1);
  }
}
