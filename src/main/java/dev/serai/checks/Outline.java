package dev.serai.checks;

import dev.serai.checks.Endpoints.Use;
import dev.serai.files.RouteFolder;
import dev.serai.javadsl.JavaRoutes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.support.PatternHelper;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What a route file offers to others, and how to see what it needs of them.
 *
 * @param text of the file
 * @param words of it that can name something: no comments, no descriptions
 * @param offered names of its policies, templates, kamelets and beans
 * @param policies those of them that are policies
 * @param guards the policies that its routes ask for, as they are written: names and patterns
 * @param inputs names of {@code direct:} that its routes take
 * @param isSource whether messages enter Serai here: over HTTP, from a broker, by a timer
 */
public record Outline(
    String text,
    String words,
    Set<String> offered,
    Set<String> policies,
    Set<String> guards,
    Set<String> inputs,
    boolean isSource) {
  private static final String POLICY = "routeConfiguration";
  private static final Set<String> OFFERING = Set.of(POLICY, "routeTemplate", RouteFile.KAMELET);
  private static final Set<String> INNER = Set.of("direct", "seda");
  private static final Pattern KEY =
      Pattern.compile("\\{\\{\\??([A-Za-z][^}:]*)|\\$\\{properties:([^}:]+)");

  /** Of a file that has been checked. */
  static Outline of(String path, byte[] bytes, JavaRoutes java) {
    RouteFile file =
        path.endsWith(RouteFolder.JAVA)
            ? JavaFile.read(java, path, path, bytes)
            : RouteFile.read(path, path, bytes);
    Set<String> offered = new HashSet<>();
    Set<String> policies = new HashSet<>();
    boolean source = false;
    for (RouteFile.Element element : file.elements()) {
      String kind = element.kind().getValue();
      source |= kind.equals("rest");
      if (OFFERING.contains(kind)) {
        element.name().map(ScalarNode::getValue).ifPresent(offered::add);
      }
      if (kind.equals(POLICY)) {
        element.name().map(ScalarNode::getValue).ifPresent(policies::add);
      }
    }
    for (RouteFile.Entry entry : file.entries()) {
      if (entry.element().kind().getValue().equals("beans")
          && entry.is("name")
          && entry.value() instanceof ScalarNode name) {
        offered.add(name.getValue());
      }
    }
    Set<String> inputs = new HashSet<>();
    for (Use use : Endpoints.of(file)) {
      if (use.consumed() && use.scheme().equals("direct")) {
        inputs.add(use.rest());
      }
      source |= use.consumed() && !INNER.contains(use.scheme());
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return new Outline(
        text, words(path, text, file), offered, policies, guards(file), inputs, source);
  }

  private static Set<String> guards(RouteFile file) {
    Set<String> guards = new HashSet<>();
    for (RouteFile.Entry entry : file.entries()) {
      if (entry.is("routeConfigurationId") && entry.value() instanceof ScalarNode names) {
        guards.addAll(List.of(names.getValue().split(",")));
      }
    }
    return guards;
  }

  /** Code may name things in any way. */
  private static String words(String path, String text, RouteFile file) {
    StringBuilder words = new StringBuilder(path.endsWith(RouteFolder.JAVA) ? text : "");
    for (RouteFile.Entry entry : file.entries()) {
      if (!entry.is("description")) {
        ValueCheck.texts(entry.value()).forEach(word -> words.append('\n').append(word.getValue()));
      }
    }
    for (Use use : Endpoints.of(file)) { // of direct:, also where its name stands apart
      words.append('\n').append(use.scheme()).append(':').append(use.rest());
    }
    Endpoints.ofRest(file)
        .forEach(use -> words.append('\n').append(use.scheme()).append(':').append(use.rest()));
    return words.toString();
  }

  /** The keys of {@code config/} that it reads. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    Matcher found = KEY.matcher(text);
    while (found.find()) {
      keys.add((found.group(1) == null ? found.group(2) : found.group(1)).strip());
    }
    return keys;
  }

  /** Whether it names something, as a whole word. */
  public boolean names(String word) {
    int at = words.indexOf(word);
    while (at >= 0) {
      if (!isPart(at - 1) && !isPart(at + word.length())) {
        return true;
      }
      at = words.indexOf(word, at + 1);
    }
    return false;
  }

  private boolean isPart(int at) {
    return at >= 0
        && at < words.length()
        && (Character.isLetterOrDigit(words.charAt(at)) || "_-.".indexOf(words.charAt(at)) >= 0);
  }

  /** Whether it is built with something that another file offers. */
  public boolean needs(Outline other) {
    return other.offered.stream().anyMatch(this::names)
        || other.policies.stream().anyMatch(this::isGuardedBy);
  }

  /** Any policy may be the one that a value or a parameter names. */
  private boolean isGuardedBy(String policy) {
    return guards.stream()
        .anyMatch(guard -> guard.contains("{{") || PatternHelper.matchPattern(policy, guard));
  }

  /** Whether a message may go from here to one of the other's routes. */
  public boolean sendsTo(Outline other) {
    return other.inputs.stream().anyMatch(name -> names("direct:" + name)) || needs(other);
  }
}
