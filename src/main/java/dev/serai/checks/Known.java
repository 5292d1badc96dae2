package dev.serai.checks;

import dev.serai.topology.Topologies;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.type.MethodMetadata;

/**
 * What exists around the route files and may be named in them.
 *
 * @param values keys that are written in {@code config/}, the environment or an argument
 * @param beans names of the application's beans
 * @param exchanges all of the topology
 * @param queues all of the topology
 * @param partitioned those of them that have partitions
 * @param schemas paths of JSON Schema files below the folder of the routes
 * @param value of a key, also where it is written in another way: {@code ORDERS_API_KEY} for {@code
 *     orders.api.key}; empty when it has none
 */
public record Known(
    Set<String> values,
    Set<String> beans,
    Set<String> exchanges,
    Set<String> queues,
    Set<String> partitioned,
    Set<String> schemas,
    Function<String, Optional<String>> value) {
  private static final Pattern KEY = Pattern.compile("\\{\\{([A-Za-z][^}:?]*)(:[^}]*)?}}");

  /** What Spring Boot adds that routes may call. */
  private static final Set<String> AUTOMATIC =
      Set.of("dataSource", "jdbcTemplate", "transactionManager", "transactionTemplate");

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
        topologies.queues().values().stream()
            .filter(queue -> queue.partitions().isPresent())
            .map(Topologies.QueueSpec::name)
            .collect(Collectors.toSet()),
        schemas,
        key ->
            values.contains(key) || environment.containsProperty(key)
                ? Optional.of(text(environment, key))
                : Optional.empty());
  }

  private static String text(ConfigurableEnvironment environment, String key) {
    try {
      return environment.getProperty(key, "");
    } catch (IllegalArgumentException e) { // a placeholder in it has no value
      return "";
    }
  }

  /** A text with each {@code {{key}}} as it will be; what is not known stays as it is written. */
  String filled(String text) {
    return KEY.matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    value
                        .apply(found.group(1).strip())
                        .orElse(
                            found.group(2) == null ? found.group() : found.group(2).substring(1))));
  }

  /** The names of the application's own beans, when none of them is there. */
  public static Set<String> scannedBeans() {
    BeanDefinitionRegistry found = new SimpleBeanDefinitionRegistry();
    new ClassPathBeanDefinitionScanner(found).scan("dev.serai");
    Set<String> names = new HashSet<>(AUTOMATIC);
    for (String name : found.getBeanDefinitionNames()) {
      names.add(name);
      if (found.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition) {
        definition
            .getMetadata()
            .getAnnotatedMethods(Bean.class.getName())
            .forEach(method -> names.addAll(names(method)));
      }
    }
    return Set.copyOf(names);
  }

  private static List<String> names(MethodMetadata bean) {
    Map<String, Object> written = bean.getAnnotationAttributes(Bean.class.getName());
    return written != null && written.get("name") instanceof String[] names && names.length > 0
        ? List.of(names)
        : List.of(bean.getMethodName());
  }
}
