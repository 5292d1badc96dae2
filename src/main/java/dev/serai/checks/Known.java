package dev.serai.checks;

import dev.serai.topology.Topologies;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * What exists around the route files and may be named in them.
 *
 * @param values keys that are written in {@code config/}, the environment or an argument
 * @param beans names of the application's beans
 * @param exchanges all of the topology
 * @param queues all of the topology
 * @param schemas paths of JSON Schema files below the folder of the routes
 * @param isSet whether a key has a value, also where it is written in another way: {@code
 *     ORDERS_API_KEY} for {@code orders.api.key}
 */
public record Known(
    Set<String> values,
    Set<String> beans,
    Set<String> exchanges,
    Set<String> queues,
    Set<String> schemas,
    Predicate<String> isSet) {

  /** Finds it without starting anything. */
  public static Known of(
      ConfigurableEnvironment environment,
      Set<String> beans,
      Topologies topologies,
      Set<String> schemas) {
    Set<String> values = new HashSet<>();
    environment
        .getPropertySources()
        .forEach(
            source -> {
              if (source instanceof EnumerablePropertySource<?> known) {
                values.addAll(Set.of(known.getPropertyNames()));
              }
            });
    return new Known(
        values,
        beans,
        topologies.exchanges().keySet(),
        topologies.queues().keySet(),
        schemas,
        key -> values.contains(key) || environment.containsProperty(key));
  }

  /** The names of the application's own beans, when none of them is there. */
  public static Set<String> scannedBeans() {
    BeanDefinitionRegistry found = new SimpleBeanDefinitionRegistry();
    new ClassPathBeanDefinitionScanner(found).scan("dev.serai");
    return Set.of(found.getBeanDefinitionNames());
  }
}
