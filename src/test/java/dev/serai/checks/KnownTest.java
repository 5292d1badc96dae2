package dev.serai.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.topology.LoadedTopologies;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What exists around the route files. */
class KnownTest {

  @Test
  void a_value_may_be_in_the_environment_alone() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "systemEnvironment-of-test", Map.of("ORDERS_API_KEY", "abc")));

    Known known =
        Known.of(
            environment, Set.of(), new LoadedTopologies(new TreeMap<>(), environment), Set.of());

    assertThat(known.value().apply("orders.api.key")).isPresent();
    assertThat(known.value().apply("orders.api-key")).isPresent();
    assertThat(known.value().apply("orders.other")).isEmpty();
  }
}
