package dev.serai.packs;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Loads the route files of the packs, one by one, before Camel starts. */
@Component
class RouteLoader implements CamelContextConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(RouteLoader.class);

  private final Packs packs;
  private final ConsumerChoice consumers;

  RouteLoader(Packs packs, ConsumerChoice consumers) {
    this.packs = packs;
    this.consumers = consumers;
  }

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    for (Path file : packs.routeFiles()) {
      try {
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(ResourceHelper.fromBytes("file:" + file, Files.readAllBytes(file)));
      } catch (Exception e) {
        LOG.error("bad-route-file: {} is left out: {}", file, e.getMessage(), e);
      }
    }
    for (RouteDefinition route :
        camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
      if (consumesFromBroker(route) && !consumers.includes(route.getRouteId())) {
        route.setAutoStartup("false");
      }
    }
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {}

  private static boolean consumesFromBroker(RouteDefinition route) {
    return route.getInput().getEndpointUri().startsWith("spring-rabbitmq:");
  }
}
