package dev.serai.checks;

import dev.serai.files.PackValues;
import dev.serai.topology.Topologies;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.env.ConfigurableEnvironment;

/** What exists around the shipped routes. */
final class ShippedKnown {
  private ShippedKnown() {}

  static Known read() {
    ConfigurableEnvironment values = PackValues.of(Path.of("config"));
    return Known.of(values, Topologies.of(List.of(Path.of("routes/debias/topology.yaml")), values));
  }
}
