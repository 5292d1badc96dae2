package dev.serai.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.serai.broker.OutgoingMessage;
import dev.serai.store.SharedTurns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What instances tell each other. */
class InstancesTest {
  private final List<OutgoingMessage> sent = new ArrayList<>();
  private final SharedTurns turns = mock(SharedTurns.class);

  @Test
  void updates_arrive_as_they_were_kept() {
    List<Kept> kept =
        List.of(
            new Kept(7, new Update(List.of("a", "b"), "x\ny", true, "1", "t", 5L)),
            new Kept(8, new Update(List.of("c"), "", false, "2", null, null)));

    instances(true).tell(Channel.SSE, kept).join();

    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).exchange()).isEqualTo("serai.streams");
    assertThat(sent.get(0).properties().getType()).isEqualTo("sse");
    assertThat(Instances.read(sent.get(0).body())).isEqualTo(kept);
  }

  @Test
  void large_ones_go_in_several_messages() {
    Kept large = new Kept(1, Update.of("t", "x".repeat(400_000)).identified("1"));

    instances(true).tell(Channel.SSE, List.of(large, large, large)).join();

    assertThat(sent).hasSize(3);
  }

  @Test
  void nothing_is_sent_where_there_is_no_other() {
    instances(false).tell(Channel.SSE, List.of()).join();

    assertThat(sent).isEmpty();
  }

  @Test
  void what_no_instance_sends_is_refused() {
    assertThatThrownBy(() -> Instances.read("{".getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith("bad-message: ");
  }

  private Instances instances(boolean shared) {
    when(turns.shared()).thenReturn(shared);
    return new Instances(
        message -> {
          sent.add(message);
          return CompletableFuture.completedFuture(null);
        },
        turns);
  }
}
