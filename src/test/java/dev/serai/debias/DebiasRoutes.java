package dev.serai.debias;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/**
 * Route files of pack debias as they are shipped, with its values, without the rest of Serai. The
 * queue of a worker is {@code direct:queue-of-<route>}.
 */
final class DebiasRoutes {
  private DebiasRoutes() {}

  /**
   * Starts a Camel context.
   *
   * @param values win over config/debias.yaml
   * @param beans by name
   * @param files below routes/, without their ending
   */
  static CamelContext start(Map<String, String> values, Map<String, Object> beans, String... files)
      throws Exception {
    return start(values, beans, new NoPolicy(), files);
  }

  /** As above, with a policy for the routes. */
  static CamelContext start(
      Map<String, String> values,
      Map<String, Object> beans,
      RouteConfigurationBuilder policy,
      String... files)
      throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.getPropertiesComponent().setInitialProperties(values(values));
    beans.forEach(camel.getRegistry()::bind);
    camel.addRoutes(policy);
    for (String file : files) {
      Path path = Path.of("routes", file + ".camel.yaml");
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromBytes("file:" + path, Files.readAllBytes(path)));
    }
    for (RouteDefinition route : camel.getRouteDefinitions()) {
      if (route.getInput().getEndpointUri().startsWith("spring-rabbitmq:")) {
        route.getInput().setUri("direct:queue-of-" + route.getRouteId());
      }
    }
    camel.start();
    return camel;
  }

  private static Properties values(Map<String, String> values) throws Exception {
    StandardEnvironment environment = new StandardEnvironment();
    Properties all = new Properties();
    for (var source :
        new YamlPropertySourceLoader()
            .load("debias", new FileSystemResource("config/debias.yaml"))) {
      environment.getPropertySources().addLast(source);
      for (String key : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
        all.setProperty(key, String.valueOf(environment.getProperty(key)));
      }
    }
    all.putAll(values);
    return all;
  }

  private static final class NoPolicy extends RouteConfigurationBuilder {
    @Override
    public void configuration() {}
  }
}
