package dev.serai.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayRequestTest {

  @Test
  void an_empty_body_means_all_messages_up_to_a_thousand() throws ProblemException {
    assertThat(ReplayRequest.parse(""))
        .isEqualTo(new ReplayRequest(null, 1000, false, Optional.empty()));
  }

  @Test
  void reads_every_field() throws ProblemException {
    assertThat(
            ReplayRequest.parse("{\"filter\":\"$.a == 1\",\"max\":5,\"dryRun\":true,\"to\":\"q\"}"))
        .isEqualTo(new ReplayRequest("$.a == 1", 5, true, Optional.of("q")));
  }

  @Test
  void names_every_wrong_field() {
    assertThatThrownBy(
            () -> ReplayRequest.parse("{\"dryrun\":true,\"max\":0,\"to\":1,\"dryRun\":\"yes\"}"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(FieldError::pointer)
                    .containsExactly("#/dryrun", "#/max", "#/dryRun", "#/to"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "{", "{\"max\":10001}", "{\"max\":1.5}"})
  void refuses_what_is_not_a_request(String body) {
    assertThatThrownBy(() -> ReplayRequest.parse(body))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }
}
