package dev.serai.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class PlainComponentsTest {
  private static final List<String> CONFIGURE_ONLY =
      List.of(
          "org.apache.camel.component.log.springboot.LogComponentAutoConfiguration",
          "org.apache.camel.component.log.springboot.LogComponentConverter",
          "org.apache.camel.component.jackson.springboot.JacksonDataFormatAutoConfiguration",
          "org.apache.camel.language.simple.springboot.SimpleLanguageAutoConfiguration");

  private final MockEnvironment environment =
      new MockEnvironment().withProperty("camel.component.kamelet.no-error-handler", "true");

  @Test
  void what_has_nothing_to_configure_is_left_out() {
    assertThat(CONFIGURE_ONLY).noneMatch(filter()::isOfUse);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.camel.spring.boot.CamelAutoConfiguration",
        "org.apache.camel.component.kamelet.springboot.KameletComponentAutoConfiguration",
        "org.apache.camel.component.micrometer.springboot.metrics.CamelMetricsAutoConfiguration",
        "org.apache.camel.component.servlet.springboot.ServletMappingAutoConfiguration",
        "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration"
      })
  void what_does_more_stays(String needed) {
    assertThat(filter().isOfUse(needed)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "camel.component.log.exchange-formatter",
        "camel.language.simple.trim",
        "camel.dataformat.jackson.pretty-print"
      })
  void all_is_there_when_a_property_configures_one(String property) {
    environment.setProperty(property, "true");

    assertThat(CONFIGURE_ONLY).allMatch(filter()::isOfUse);
  }

  private PlainComponents filter() {
    PlainComponents filter = new PlainComponents();
    filter.setEnvironment(environment);
    return filter;
  }
}
