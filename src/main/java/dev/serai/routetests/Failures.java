package dev.serai.routetests;

import dev.serai.files.TimeText;
import dev.serai.topology.Closest;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Makes the exceptions that a test names: {@code Class}, {@code Class: message} or {@code Class:
 * [arguments of a constructor]}.
 *
 * @param named full names that may be written without their package: those in the route files
 */
record Failures(Set<String> named) {
  private static final List<String> PACKAGES =
      List.of(
          "java.lang",
          "java.io",
          "java.net",
          "java.sql",
          "java.util.concurrent",
          "dev.serai.broker",
          "dev.serai.delivery",
          "dev.serai.http");

  /** Notes what cannot be made. */
  void check(Part part) {
    try {
      make(part);
    } catch (IllegalArgumentException e) {
      part.refuse("unknown-class", String.valueOf(e.getMessage()), remedy(name(part)));
    }
  }

  private String remedy(String name) {
    Collection<String> simple =
        named.stream().map(ClassUtils::getShortName).collect(Collectors.toSet());
    return Closest.to(name, simple)
        .map(closest -> "write " + closest)
        .orElse("write the full name of an exception, alone or as {Name: its message}");
  }

  private static String name(Part part) {
    return part.isMapping() ? part.entries().keySet().iterator().next() : part.text();
  }

  /**
   * The exception.
   *
   * @throws IllegalArgumentException if there is no such class, or it takes no such arguments
   */
  Throwable make(Part part) {
    String name = name(part);
    Class<?> type =
        find(name)
            .filter(Throwable.class::isAssignableFrom)
            .orElseThrow(() -> new IllegalArgumentException("there is no exception " + name));
    List<Part> arguments = part.part(name).map(Part::items).orElse(List.of());
    return (Throwable) make(type, arguments);
  }

  private Object make(Class<?> type, List<Part> given) {
    for (Constructor<?> constructor : type.getConstructors()) {
      Optional<Object[]> arguments = arguments(constructor.getParameterTypes(), given);
      if (arguments.isPresent()) {
        try {
          return constructor.newInstance(arguments.get());
        } catch (ReflectiveOperationException e) {
          throw new IllegalArgumentException(type.getName() + " cannot be made", e);
        }
      }
    }
    if (given.isEmpty()) { // many have no constructor without a message
      for (Constructor<?> constructor : type.getConstructors()) {
        if (List.of(constructor.getParameterTypes()).equals(List.of(String.class))) {
          try {
            return constructor.newInstance("as the test says");
          } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be made", e);
          }
        }
      }
    }
    throw new IllegalArgumentException(
        "%s has no constructor for %d arguments like these"
            .formatted(type.getSimpleName(), given.size()));
  }

  private Optional<Object[]> arguments(Class<?>[] types, List<Part> given) {
    if (types.length != given.size()) {
      return Optional.empty();
    }
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      Object argument = argument(types[i], given.get(i));
      if (argument == null) {
        return Optional.empty();
      }
      arguments.add(argument);
    }
    return Optional.of(arguments.toArray());
  }

  /** A text, a number, a constant by its name, or another exception; null when it does not fit. */
  private @Nullable Object argument(Class<?> type, Part given) {
    if (Throwable.class.isAssignableFrom(type)) {
      return given.isMapping() || find(given.text()).isPresent() ? make(given) : null;
    }
    if (type == List.class && given.isList()) {
      return given.plain();
    }
    if (given.isMapping() || given.isList()) {
      return null;
    }
    String text = given.text();
    if (type == String.class) {
      return text;
    }
    if (type == Duration.class) {
      return TimeText.read(text).orElse(null);
    }
    if (type == int.class || type == Integer.class) {
      return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }
    return constant(type, text);
  }

  private static @Nullable Object constant(Class<?> type, String name) {
    try {
      Field field = type.getField(name);
      return type.isAssignableFrom(field.getType()) ? field.get(null) : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private Optional<Class<?>> find(String name) {
    return Stream.concat(
            Stream.concat(
                Stream.of(name), named.stream().filter(full -> full.endsWith("." + name))),
            PACKAGES.stream().map(in -> in + "." + name))
        .filter(full -> full.matches("[\\w.$]+") && ClassUtils.isPresent(full, null))
        .findFirst()
        .map(full -> ClassUtils.resolveClassName(full, null));
  }

  /** Whether an exception is what a test names, with or without its package. */
  static boolean isNamed(Throwable failure, String name) {
    Map<Boolean, String> names =
        Map.of(true, failure.getClass().getName(), false, failure.getClass().getSimpleName());
    return names.containsValue(name);
  }
}
