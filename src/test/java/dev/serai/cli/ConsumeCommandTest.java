package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumeCommandTest extends CommandsFixture {
  private static final String LINES =
      """

      {"time":"2026-01-01T10:11:12.123Z","routing_key":"a.b","id":"m1","payload":{"n":1}}

      {"left_out":17}
      {"time":"2026-01-01T10:11:13Z","routing_key":"a.c","payload":"red: \\u001b[31m"}
      """;

  @Test
  void shows_each_message_in_a_line() {
    answer(200, LINES);

    int code = call("a.*", "--count", "2");

    assertThat(code).isZero();
    assertThat(requests).containsExactly("GET /consume?exchange=bloodbank.events.v1&pattern=a.* ");
    assertThat(out.toString())
        .isEqualTo(
            """
            10:11:12.123Z  a.b  m1  {"n":1}
            10:11:13Z  a.c  -  red: ·[31m
            """);
    assertThat(err.toString()).contains("17 messages left out");
  }

  @Test
  void shows_the_messages_as_they_came_for_tools() {
    answer(200, LINES);

    call("a.b", "--json", "--count", "2");

    assertThat(out.toString()).isEqualTo(LINES.replaceAll("(?m)^\\n", "")); // gaps included
  }

  @Test
  void says_when_serai_has_ended_it() {
    answer(200, LINES);

    assertThat(call("#")).isEqualTo(3);
    assertThat(err.toString()).contains("Serai has ended it");
  }

  @Test
  void shows_why_serai_refuses() {
    answer(404, "{\"code\":\"unknown-exchange\",\"detail\":\"There is no exchange\"}");

    assertThat(call("#")).isOne();
    assertThat(err.toString()).isEqualTo("serai: unknown-exchange: There is no exchange\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b*", "a..#", "a b", "#x"})
  void an_unknown_pattern_syntax_is_wrong_usage(String pattern) {
    assertThat(call(pattern)).isEqualTo(2);
    assertThat(err.toString()).startsWith("serai: \"" + pattern + "\" is no pattern: ");
  }

  private int call(String... arguments) {
    List<String> all = new ArrayList<>(List.of("consume"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--operator-port", "" + port()));
    return execute(all);
  }
}
