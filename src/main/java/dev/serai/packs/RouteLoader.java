package dev.serai.packs;

import dev.serai.files.BadRouteFile;
import dev.serai.files.Packs;
import dev.serai.health.HealthCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Loads the route files of the packs, one by one, before Camel starts; one that cannot be used is
 * left out and reported, the others run.
 */
@Component
class RouteLoader implements CamelContextConfiguration, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RouteLoader.class);

  private final Packs packs;
  private final ConsumerChoice consumers;
  private final List<BadRouteFile> leftOut = new CopyOnWriteArrayList<>();

  RouteLoader(Packs packs, ConsumerChoice consumers) {
    this.packs = packs;
    this.consumers = consumers;
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    packs.routeFiles().forEach(file -> load(file, camel));
    for (RouteDefinition route :
        camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
      if (consumesFromBroker(route) && !consumers.includes(route.getRouteId())) {
        route.setAutoStartup("false");
      }
    }
  }

  private void load(Path file, CamelContext camel) {
    try {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromBytes("file:" + file, Files.readAllBytes(file)));
    } catch (Exception e) {
      BadRouteFile bad = BadRouteFile.of(file, e);
      leftOut.add(bad);
      LOG.error(bad.message());
      LOG.debug("What Camel said about {}", file, e);
    }
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {}

  @Override
  public Result check() {
    return leftOut.isEmpty()
        ? new Result("route-files", Status.Healthy, "All route files are in use")
        : new Result(
            "route-files",
            Status.Degraded,
            leftOut.stream()
                .map(bad -> bad.file().toString())
                .collect(Collectors.joining(", ", "Left out: ", "")));
  }

  @Override
  public boolean tellsOfStart() {
    return true;
  }

  private static boolean consumesFromBroker(RouteDefinition route) {
    return route.getInput().getEndpointUri().startsWith("spring-rabbitmq:");
  }
}
