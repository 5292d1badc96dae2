package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharingTest {

  @ParameterizedTest
  @CsvSource({"10, 1, 10", "10, 2, 5", "10, 3, 4", "10, 10, 1", "10, 40, 1", "10, 0, 10"})
  void no_instance_needs_more_than_its_share(int partitions, int instances, int share) {
    assertThat(Sharing.share(partitions, instances)).isEqualTo(share);
  }
}
