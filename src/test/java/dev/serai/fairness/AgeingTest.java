package dev.serai.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeingTest {

  @ParameterizedTest
  @CsvSource({
    // ageing, priority, minutes waited, priority that counts
    "5m, 0, 4, 0",
    "5m, 0, 5, 1",
    "5m, 3, 14, 5",
    "5m, 0, 1000, 9",
    "5m, 9, 1000, 9",
    "5m, 10, 1000, 10",
    "5m, 4, -1, 4",
    "1ms, 0, 100000000, 9",
    "0, 0, 1000, 0"
  })
  void each_step_of_waiting_raises_the_priority_by_one_up_to_nine(
      String ageing, int own, long minutes, int counts) {
    assertThat(Ageing.read(ageing).priority(own, Duration.ofMinutes(minutes))).isEqualTo(counts);
  }

  @Test
  void says_what_to_write() {
    assertThatThrownBy(() -> Ageing.read("soon"))
        .hasMessage("bad-value: ageing is \"soon\"; write 0 or a time such as 5m");
  }
}
