package dev.serai.checks;

import dev.serai.checks.Endpoints.Role;
import dev.serai.checks.Endpoints.Use;
import dev.serai.topology.Closest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Components and their options, by Camel's own catalog. */
final class EndpointCheck {
  /** What Serai's own engine adds to spring-rabbitmq. */
  private static final Map<String, Set<String>> ADDED =
      Map.of(
          "spring-rabbitmq",
          Set.of("batchPrefetch", "batchSize", "batchTimeout", "moreQueues", "republish"));

  /** {@code {{value}}} and {@code ${body?.name}}, filled in before Camel looks for options. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{.*?}}|\\$\\{[^{}]*(\\{[^{}]*}[^{}]*)*}");

  /** A time as Camel itself reads it, wherever it wants a {@code long}. */
  private static final Pattern TIME =
      Pattern.compile("(?=\\d)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s(ec)?)?(\\d+ms)?");

  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final String ANY_TIME = "a time such as 500 (milliseconds) or 5s";

  private final CamelCatalog catalog;
  private final Set<String> components;
  private final Known known;
  private final Findings findings;

  private EndpointCheck(CamelCatalog catalog, Known known, Findings findings) {
    this.catalog = catalog;
    this.known = known;
    this.components = new HashSet<>(catalog.findComponentNames());
    this.findings = findings;
  }

  static void check(List<RouteFile> files, CamelCatalog catalog, Known known, Findings findings) {
    EndpointCheck check = new EndpointCheck(catalog, known, findings);
    files.forEach(file -> Endpoints.of(file).forEach(use -> check.check(file, use)));
  }

  private void check(RouteFile file, Use use) {
    if (use.role() != Role.COMPUTED // a text has no other place for them
        && PLACEHOLDER.matcher(use.at().getValue()).replaceAll("").contains("?")) {
      findings.add(
          file,
          use.at(),
          "query-in-uri",
          "the address holds options after a question mark",
          "write them as parameters: below the uri");
    }
    String scheme = use.scheme();
    if (scheme.contains("{{") || scheme.contains("${")) {
      return;
    }
    ComponentModel model = components.contains(scheme) ? catalog.componentModel(scheme) : null;
    if (model == null) {
      findings.add(
          file,
          use.at(),
          "unknown-component",
          "there is no component \"%s\"".formatted(scheme),
          Closest.to(scheme, components)
              .map(c -> "write " + c)
              .orElse("see the list of Camel's components"));
    } else if (use.parameters() != null) {
      checkParameters(file, model, use.parameters());
    }
  }

  private void checkParameters(RouteFile file, ComponentModel model, MappingNode parameters) {
    Set<String> options = new TreeSet<>(ADDED.getOrDefault(model.getScheme(), Set.of()));
    model.getEndpointOptions().forEach(option -> options.add(option.getName()));
    for (NodeTuple tuple : parameters.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        continue;
      }
      if (!options.contains(key.getValue())) {
        if (!model.isLenientProperties() && !hasPrefix(model, key.getValue())) {
          findings.add(
              file,
              key,
              "unknown-option",
              "%s has no option \"%s\"".formatted(model.getScheme(), key.getValue()),
              Findings.instead(key.getValue(), options));
        }
      } else if (tuple.getValueNode() instanceof ScalarNode value) {
        checkValue(file, model, key.getValue(), value);
      }
    }
  }

  /** Whether it is one of the options that a family of options has, such as scheduler.cron. */
  private static boolean hasPrefix(ComponentModel model, String key) {
    return model.getEndpointOptions().stream()
        .filter(option -> option.isMultiValue() && option.getPrefix() != null)
        .flatMap(option -> Stream.of(option.getPrefix().split(",")))
        .anyMatch(key::startsWith);
  }

  private void checkValue(RouteFile file, ComponentModel model, String option, ScalarNode value) {
    String text = known.filled(value.getValue());
    if (text.contains("{{")
        || text.contains("${")
        || text.startsWith("#")
        || text.isEmpty()
        || TIME.matcher(text).matches() && isLong(model, option, "")) {
      return;
    }
    if (isLong(model, option, "duration") && !WHOLE.matcher(text).matches()) {
      findings.add(
          file,
          value,
          "wrong-option",
          "%s is \"%s\"".formatted(option, value.getValue()),
          Findings.write(value, time(text)));
      return;
    }
    EndpointValidationResult result =
        catalog.validateEndpointProperties(
            "%s:x?%s=%s".formatted(model.getScheme(), option, encoded(text)), true);
    String allowed = kind(result, option);
    if (has(result.getInvalidEnum(), option)) {
      allowed = String.join(", ", result.getEnumChoices(option));
    }
    if (!allowed.isEmpty()) {
      findings.add(
          file,
          value,
          "wrong-option",
          "%s is \"%s\"".formatted(option, value.getValue()),
          Findings.write(value, allowed.contains(", ") ? "one of " + allowed : allowed));
    }
  }

  /**
   * Whether it takes milliseconds; the catalog knows only some of these as times.
   *
   * @param type of the option, or empty for any
   */
  private static boolean isLong(ComponentModel model, String option, String type) {
    return model.getEndpointOptions().stream()
        .filter(known -> known.getName().equals(option))
        .filter(known -> type.isEmpty() || type.equals(known.getType()))
        .anyMatch(known -> Set.of("long", "java.lang.Long").contains(known.getJavaType()));
  }

  /** The same time as Camel reads it, where it is seen which is meant. */
  private static String time(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceFirst("^p(\\d+d)?t?", "$1").replace(" ", "");
    return TIME.matcher(plain).matches() ? plain : ANY_TIME;
  }

  private static String kind(EndpointValidationResult result, String option) {
    if (has(result.getInvalidBoolean(), option)) {
      return "true or false";
    }
    if (has(result.getInvalidInteger(), option) || has(result.getInvalidNumber(), option)) {
      return "a number";
    }
    return has(result.getInvalidDuration(), option) ? ANY_TIME : "";
  }

  private static boolean has(@Nullable Map<String, String> invalid, String option) {
    return invalid != null && invalid.containsKey(option);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
