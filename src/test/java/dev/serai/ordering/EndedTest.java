package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.rabbitmq.client.AMQP;
import dev.serai.delivery.KeptMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndedTest {
  private static final Map<String, Object> AGAIN = Map.of("serai-again", true);

  private final Ended ended = new Ended(2);

  @Test
  void the_marked_copy_of_a_message_that_is_done_is_a_repetition() {
    ended.add(letter("m", 1, Map.of()));

    assertThat(isRepeated(letter("m", 1, AGAIN))).isTrue();
    assertThat(isRepeated(letter("n", 1, AGAIN))).as("another id").isFalse();
    assertThat(isRepeated(letter("m", 2, AGAIN))).as("another message with that id").isFalse();
    assertThat(isRepeated(letter("m", 1, Map.of()))).as("nobody says so").isFalse();
  }

  @Test
  void what_a_person_has_sent_back_is_tried_again() {
    ended.add(letter("m", 1, AGAIN));

    assertThat(isRepeated(letter("m", 1, Map.of("serai-again", true, "serai-replays", 1))))
        .isFalse();
  }

  @Test
  void knows_the_newest_only() {
    for (String id : new String[] {"a", "b", "c"}) {
      ended.add(letter(id, 1, Map.of()));
    }

    assertThat(isRepeated(letter("a", 1, AGAIN))).isFalse();
    assertThat(isRepeated(letter("b", 1, AGAIN))).isTrue();
  }

  private boolean isRepeated(Letter letter) {
    Parcel parcel = new Parcel("", "", letter.properties(), mock());
    return ended.isRepeated(
        new Held(1, null, parcel, new KeptMessage(letter.properties(), true)), letter);
  }

  private static Letter letter(String id, int body, Map<String, Object> headers) {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder().messageId(id).headers(headers).build();
    return new Letter("", "", properties, new byte[] {(byte) body});
  }
}
