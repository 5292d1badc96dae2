package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.annotation.ImportCandidates;

class UnusedPartsTest {
  private final List<String> there =
      ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates();

  private boolean[] used(String... parts) {
    return new UnusedParts().match(parts, Mockito.mock(AutoConfigurationMetadata.class));
  }

  @Test
  void each_beginning_is_that_of_something_that_is_there() {
    assertThat(UnusedParts.UNUSED)
        .allSatisfy(beginning -> assertThat(there).anyMatch(part -> part.startsWith(beginning)));
  }

  @Test
  void what_is_used_and_what_is_out_already_stay_what_they_are() {
    assertThat(
            used(
                "org.apache.camel.spring.boot.CamelAutoConfiguration",
                "org.apache.camel.spring.boot.vault.AwsVaultAutoConfiguration",
                null))
        .containsExactly(true, false, false);
  }
}
