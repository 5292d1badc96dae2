package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told of a file that does not start. */
class NotStartedExceptionTest {

  @Test
  void a_message_of_one_word_is_told_with_what_has_failed() {
    assertThat(wrong(new IllegalStateException(new UnsupportedCharsetException("nope"))))
        .isEqualTo("it cannot be started: UnsupportedCharsetException: nope");
    assertThat(wrong(new IllegalStateException()))
        .isEqualTo("it cannot be started: IllegalStateException: null");
  }

  @Test
  void a_whole_sentence_is_told_as_it_is() {
    assertThat(wrong(new IllegalStateException("no such\n queue")))
        .isEqualTo("it cannot be started: no such queue");
  }

  private static String wrong(Exception cause) {
    return new NotStartedException("routes/a.camel.yaml", cause, Set.of())
        .problem(Map.of(), "")
        .wrong();
  }
}
