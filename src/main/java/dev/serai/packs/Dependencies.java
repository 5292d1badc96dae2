package dev.serai.packs;

import dev.serai.checks.Outline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.core.env.PropertyResolver;

/** Which route files need which, by what they name. */
final class Dependencies {
  private final Map<String, Outline> outlines;

  /** Of the route files of a snapshot that has been checked. */
  Dependencies(Map<String, Outline> outlines) {
    this.outlines = Map.copyOf(outlines);
  }

  /** All route files. */
  Set<String> files() {
    return outlines.keySet();
  }

  /** Whether messages enter Serai in a file. */
  boolean isSource(String path) {
    Outline outline = outlines.get(path);
    return outline != null && outline.isSource();
  }

  /**
   * The files that must be loaded again when some change: those, and who is built of their
   * policies, templates and beans, also over several steps. Who only sends to them by {@code
   * direct:} stays.
   */
  Set<String> builtOf(Collection<String> changed) {
    Set<String> found = new TreeSet<>(changed);
    List<String> open = new ArrayList<>(changed);
    while (!open.isEmpty()) {
      Outline changedFile = outlines.get(open.remove(0));
      if (changedFile == null || changedFile.offered().isEmpty()) {
        continue;
      }
      outlines.forEach(
          (path, outline) -> {
            if (outline.needs(changedFile) && found.add(path)) {
              open.add(path);
            }
          });
    }
    return found;
  }

  /** The files that a file is built with: itself, and the policies, templates and beans it uses. */
  private Set<String> builtWith(String file) {
    Set<String> found = new TreeSet<>(Set.of(file));
    List<String> open = new ArrayList<>(found);
    while (!open.isEmpty()) {
      Outline user = outlines.get(open.remove(0));
      if (user != null) {
        outlines.forEach(
            (path, outline) -> {
              if (user.needs(outline) && found.add(path)) {
                open.add(path);
              }
            });
      }
    }
    return found;
  }

  /** The values that a file is built with, by their keys; not those of keys that have none. */
  Map<String, String> valuesIn(String file, PropertyResolver values) {
    Map<String, String> read = new TreeMap<>();
    for (String path : builtWith(file)) {
      Outline outline = outlines.get(path);
      if (outline != null) {
        outline.keys().stream()
            .filter(values::containsProperty)
            .forEach(key -> read.put(key, value(values, key)));
      }
    }
    return read;
  }

  /** All that decides whether a file starts: the texts and values that it is built with. */
  Map<String, String> ingredients(String file, PropertyResolver values) {
    Map<String, String> all = new TreeMap<>(valuesIn(file, values));
    for (String path : builtWith(file)) {
      all.put(path, text(path));
    }
    return all;
  }

  /** What is in a file; nothing in one that is not there. */
  String text(String path) {
    Outline outline = outlines.get(path);
    return outline == null ? "" : outline.text();
  }

  /** The files that name a file of another kind, such as a schema. */
  Set<String> naming(Path file) {
    Set<String> found = new HashSet<>();
    String name = Objects.requireNonNull(file.getFileName()).toString();
    outlines.forEach(
        (path, outline) -> {
          if (outline.text().contains(name)) {
            found.add(path);
          }
        });
    return found;
  }

  /** The files that read a value which is not the same there. */
  Set<String> readingOther(PropertyResolver before, PropertyResolver after) {
    Set<String> found = new HashSet<>();
    outlines.forEach(
        (path, outline) -> {
          if (outline.keys().stream()
              .anyMatch(key -> !Objects.equals(value(before, key), value(after, key)))) {
            found.add(path);
          }
        });
    return found;
  }

  /** A value as it reads, or why it cannot be read. */
  static String value(PropertyResolver values, String key) {
    try {
      return String.valueOf(values.getProperty(key));
    } catch (IllegalArgumentException e) { // a placeholder in it has no value
      return String.valueOf(e.getMessage());
    }
  }

  /** Those files and all that send to them, over any number of steps. */
  Set<String> leadingTo(Collection<String> targets) {
    Set<String> found = new TreeSet<>(targets);
    List<String> open = new ArrayList<>(targets);
    while (!open.isEmpty()) {
      Outline target = outlines.get(open.remove(0));
      if (target == null) {
        continue;
      }
      outlines.forEach(
          (path, outline) -> {
            if (!found.contains(path) && outline.sendsTo(target)) {
              found.add(path);
              open.add(path);
            }
          });
    }
    return found;
  }

  /**
   * Each file behind those that it is built with: Camel makes no word of a policy that is not there
   * yet. Among the rest: policies, templates and beans, then blocks, then sources.
   */
  List<String> inLoadOrder(Collection<String> paths) {
    List<String> sorted =
        paths.stream()
            .sorted(Comparator.comparingInt(this::rank).thenComparing(Comparator.naturalOrder()))
            .toList();
    Set<String> ordered = new LinkedHashSet<>();
    Set<String> begun = new HashSet<>();
    sorted.forEach(path -> order(path, sorted, begun, ordered));
    return List.copyOf(ordered);
  }

  /** Of two that need each other, the first comes last. */
  private void order(String path, List<String> all, Set<String> begun, Set<String> ordered) {
    Outline user = outlines.get(path);
    if (!begun.add(path)) {
      return;
    }
    for (String other : all) {
      if (user == null || rank(other) > 0) {
        break;
      }
      Outline offering = outlines.get(other);
      if (offering != null && user.needs(offering)) {
        order(other, all, begun, ordered);
      }
    }
    ordered.add(path);
  }

  private int rank(String path) {
    Outline outline = outlines.get(path);
    if (outline == null || !outline.offered().isEmpty()) {
      return 0;
    }
    return outline.isSource() ? 2 : 1;
  }
}
