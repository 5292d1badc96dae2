package dev.serai.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider says of the tokens of an answer, which is paid for whatever it says. */
class UsageTest {
  @Test
  void tokens_are_taken_as_they_are_said() throws Exception {
    assertThat(read("12", "1000000000")).hasValue(new Usage(12, 1_000_000_000, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1000000001",
        "9223372036854775807",
        "99999999999999999999",
        "1e300",
        "1.5",
        "\"12\"",
        "null",
        "{}"
      })
  void what_cannot_be_is_estimated_instead(String tokens) throws Exception {
    assertThat(read(tokens, "1")).isEmpty();
    assertThat(read("1", tokens)).isEmpty();
  }

  private static Optional<Usage> read(String input, String output) throws Exception {
    return Usage.read(
        new ObjectMapper()
            .readTree("{\"prompt_tokens\":%s,\"completion_tokens\":%s}".formatted(input, output)));
  }
}
