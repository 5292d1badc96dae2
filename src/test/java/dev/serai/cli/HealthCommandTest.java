package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCommandTest extends CommandsFixture {
  @ParameterizedTest
  @CsvSource({"200, Healthy, 0", "200, Degraded, 0", "503, Unhealthy, 1"})
  void shows_the_checks_and_ends_with_how_it_is(int status, String health, int code) {
    answer(
        status,
        "{\"status\":\"%s\",\"checks\":[{\"name\":\"rabbitmq\",\"status\":\"%s\",\"description\":\"so\"}]}"
            .formatted(health, health));

    assertThat(execute(List.of("health", "--port", "" + port()))).isEqualTo(code);
    assertThat(requests).containsExactly("GET /health/ready ");
    assertThat(out.toString()).startsWith(health + "\n").containsPattern(health + " +rabbitmq +so");
  }

  @Test
  void what_is_no_serai_is_three() {
    answer(503, "{\"status\":\"down\"}");

    assertThat(execute(List.of("health", "--port", "" + port()))).isEqualTo(3);
  }
}
