package dev.serai.checks;

import dev.serai.checks.RouteFile.Entry;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Methods of beans that steps call, of beans whose class is known: those of a file, and components
 * of Serai.
 */
final class MethodCheck {
  private static final Pattern NAME = Pattern.compile("([A-Za-z_]\\w*)\\s*(\\(.*\\))?");

  /** Classes never change while Serai runs. */
  private static final class Components {
    static final Map<String, Class<?>> CLASSES = scanned();

    private static Map<String, Class<?>> scanned() {
      BeanDefinitionRegistry found = new SimpleBeanDefinitionRegistry();
      new ClassPathBeanDefinitionScanner(found).scan("dev.serai");
      Map<String, Class<?>> classes = new HashMap<>();
      for (String name : found.getBeanDefinitionNames()) {
        Classes.find(String.valueOf(found.getBeanDefinition(name).getBeanClassName()))
            .ifPresent(type -> classes.put(name, type));
      }
      return classes;
    }
  }

  private final Findings findings;
  private final Map<String, Class<?>> classes = new HashMap<>(Components.CLASSES);

  private MethodCheck(Findings findings) {
    this.findings = findings;
  }

  static void check(List<RouteFile> files, Findings findings) {
    MethodCheck check = new MethodCheck(findings);
    files.forEach(file -> check.classes.putAll(DeclaredBeans.classes(file)));
    for (RouteFile file : files) {
      Set<Node> options = Endpoints.options(file);
      file.entries().stream()
          .filter(entry -> entry.is("bean") || entry.is("method"))
          .filter(entry -> !options.contains(entry.parent()))
          .forEach(entry -> check.check(file, entry));
    }
  }

  private void check(RouteFile file, Entry call) {
    Optional<ScalarNode> method = RouteFile.text(call.value(), "method");
    Optional<Class<?>> type = type(call.value());
    if (method.isEmpty() || type.isEmpty()) {
      return;
    }
    Matcher name = NAME.matcher(method.get().getValue().strip());
    Set<String> known = methods(type.get());
    if (name.matches()
        && !known.contains(name.group(1))
        && !isProperty(type.get(), name.group(1))) {
      findings.add(
          file,
          method.get(),
          "unknown-bean",
          "%s has no public method \"%s\"".formatted(type.get().getName(), name.group(1)),
          Findings.instead(name.group(1), known));
    }
  }

  private Optional<Class<?>> type(Node call) {
    Optional<ScalarNode> type = RouteFile.text(call, "beanType");
    return type.isPresent()
        ? Classes.find(type.get().getValue())
        : RouteFile.text(call, "ref")
            .map(ref -> classes.get(ref.getValue().strip().replaceFirst("^#(bean:)?", "")));
  }

  /** Camel calls {@code getTime} by {@code time} too, and {@code isEmpty} by {@code empty}. */
  private static boolean isProperty(Class<?> type, String name) {
    String end = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(Method::getName)
        .anyMatch(getter -> getter.equals("get" + end) || getter.equals("is" + end));
  }

  /** Camel calls none of those that every object has, unless the class has its own. */
  private static Set<String> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
