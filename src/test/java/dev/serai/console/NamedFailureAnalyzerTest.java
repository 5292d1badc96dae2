package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class NamedFailureAnalyzerTest {
  private final NamedFailureAnalyzer analyzer = new NamedFailureAnalyzer();

  @Test
  void shows_the_named_error_alone_however_deep_it_is() {
    Exception named = new IllegalStateException("data-folder-in-use: data belongs to another");
    Exception failure = new RuntimeException("Error creating bean", new RuntimeException(named));

    FailureAnalysis analysis = analyzer.analyze(failure);

    assertThat(analysis)
        .extracting(FailureAnalysis::getDescription)
        .isEqualTo("data-folder-in-use: data belongs to another");
  }

  @Test
  void leaves_every_other_failure_with_its_stack_trace() {
    assertThat(analyzer.analyze(new RuntimeException("Port 80: denied"))).isNull();
    assertThat(analyzer.analyze(new RuntimeException())).isNull();
  }
}
