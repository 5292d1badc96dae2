package dev.serai.checks;

import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Classes that files name. They are looked for and not initialised, so that none of them runs. */
final class Classes {
  /** Short names that Camel knows. */
  private static final Set<String> SHORT =
      Set.of("byte[]", "String", "Integer", "Long", "Boolean", "Double", "Float", "Short", "Byte");

  private Classes() {}

  /** Whether there is one of this name; also when that is not known before a route runs. */
  static boolean has(String written) {
    String name = name(written);
    return name.isEmpty()
        || name.contains("{{")
        || name.contains("${")
        || SHORT.contains(name)
        || find(name).isPresent()
        || isPrimitive(name);
  }

  /** The one of this name. */
  static Optional<Class<?>> find(String written) {
    try {
      String name = name(written).replaceFirst("\\[]$", "");
      return Optional.of(Class.forName(name, false, Classes.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private static String name(String written) {
    return written.strip().replaceFirst("^#?(class|type):", "").replaceFirst("[#(].*", "");
  }

  private static boolean isPrimitive(String name) {
    return Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double")
        .contains(name.replaceFirst("\\[]$", ""));
  }

  static void check(RouteFile file, ScalarNode name, Findings findings) {
    if (!has(name.getValue())) {
      findings.add(
          file,
          name,
          "unknown-class",
          "there is no class \"%s\"".formatted(name.getValue()),
          "write its whole name with its package, $ before an inner one, or add its library to"
              + " pom.xml");
    }
  }
}
