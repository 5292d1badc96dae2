package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFilterTest {
  private static final Map<String, Object> PAYLOAD =
      Map.of("user_id", 123, "event_type", "view $5", "items", List.of(Map.of("sku", "a")));
  private static final Map<String, Object> HEADERS = Map.of("serai-route", "debias-x", "n", 3);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$.user_id == 123",
        "$.user_id > 100 && $.user_id < 200",
        "$.event_type == 'view $5'",
        "$.event_type =~ /view.*/",
        "$.user_id in [1, 123]",
        "$.items[0].sku == 'a'",
        "$.user_id",
        "header:serai-route=debias-x",
        "header:serai-route != debias-y",
        "header:n=3",
        "header:n",
        "",
        " "
      })
  void a_filter_that_fits_matches(String filter) throws ProblemException {
    assertThat(MessageFilter.parse(filter).matches(PAYLOAD, HEADERS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$.user_id == 124",
        "$.event_type > 5",
        "$.missing == 1",
        "$.missing",
        "header:serai-route=debias-y",
        "header:missing=1",
        "header:missing"
      })
  void a_filter_that_does_not_fit_does_not_match(String filter) throws ProblemException {
    assertThat(MessageFilter.parse(filter).matches(PAYLOAD, HEADERS)).isFalse();
  }

  @Test
  void a_json_path_matches_no_payload_that_is_not_json() throws ProblemException {
    assertThat(MessageFilter.parse("$.user_id == 123").matches(null, HEADERS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_id == 123",
        "$.user_id ==",
        "$.user_id == 123)",
        "$[",
        "header:",
        "header:=1"
      })
  void anything_else_is_refused(String filter) {
    assertThatThrownBy(() -> MessageFilter.parse(filter))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.code()).isEqualTo("bad-filter");
            });
  }
}
