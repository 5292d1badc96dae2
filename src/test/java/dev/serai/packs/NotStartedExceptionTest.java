package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.checks.RouteProblem;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Set;
import org.apache.camel.FailedToCreateRouteException;
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

  @Test
  void the_step_is_named_when_it_is_clear_which_one_is_meant() {
    String text = "- route:\n    id: a-b\n    steps:\n      - log: a\n      - to: \"{{a.hook}}\"\n";
    assertThat(place("To[nolog:secret]", text)).isEqualTo("5:14");
    assertThat(place("To[nolog:secret]", text + "      - to: \"{{a.hook}}\"\n")).isEqualTo("2:9");
    assertThat(place("SetBody[simple{...}]", text)).isEqualTo("2:9");
  }

  private static String place(String step, String text) {
    RouteProblem problem =
        new NotStartedException(
                "routes/a.camel.yaml",
                new FailedToCreateRouteException(
                    "a-b", null, "Route(a-b)", step, new IllegalStateException("no such")),
                Set.of())
            .problem(Map.of("a.hook", "nolog:secret"), text);
    return problem.line() + ":" + problem.column();
  }

  private static String wrong(Exception cause) {
    return new NotStartedException("routes/a.camel.yaml", cause, Set.of())
        .problem(Map.of(), "")
        .wrong();
  }
}
