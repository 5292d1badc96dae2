package dev.serai.checks;

import dev.serai.files.PackValues;
import dev.serai.files.RouteFolder;
import dev.serai.topology.LoadedTopologies;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.springframework.core.env.ConfigurableEnvironment;

/** What exists around the shipped routes. */
final class ShippedKnown {
  private ShippedKnown() {}

  static Known read() {
    ConfigurableEnvironment values = PackValues.of(Path.of("config"));
    RouteFolder.Contents shipped = RouteFolder.read(Path.of("routes"));
    return Known.of(
        values,
        Known.scannedBeans(),
        new LoadedTopologies(shipped.topologies(), values),
        shipped.files().keySet().stream()
            .filter(path -> path.endsWith(RouteFolder.SCHEMA))
            .collect(Collectors.toSet()));
  }
}
