package dev.serai.routetests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.tracing.TraceParent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an endpoint got, in one line for a person: without what is always so. */
final class Shown {
  private static final int LONGEST = 500;
  private static final List<String> FIRST =
      List.of(
          "queue", "from", "wait", "attempt", "reason", "routing-key", "id", "priority", "refused");
  private static final Map<String, String> USUAL =
      Map.of("priority", "0", "content-type", "application/json", "exchange", "");
  private static final List<String> TECHNICAL =
      List.of("CamelSpringRabbitmq", "CamelHttp", TraceParent.HEADER);

  private Shown() {}

  /** An event's tree; anything else as JSON, a text as it is. */
  static String of(JsonNode seen) {
    if (seen.isArray()) {
      List<String> items = new ArrayList<>();
      seen.forEach(item -> items.add(of(item)));
      return items.isEmpty() ? "nothing" : String.join(System.lineSeparator(), items);
    }
    if (!seen.has("body") && !seen.has("arguments") && !seen.has("queue")) {
      return oneLine(Tree.text(seen));
    }
    Set<String> names = new LinkedHashSet<>(FIRST);
    seen.fieldNames().forEachRemaining(names::add);
    return oneLine(
        names.stream()
            .filter(name -> isWorthIt(name, seen))
            .map(name -> name + "=" + text(name, seen.path(name)))
            .collect(Collectors.joining(" ")));
  }

  private static boolean isWorthIt(String name, JsonNode seen) {
    JsonNode value = seen.path(name);
    return !value.isMissingNode()
        && !value.isNull()
        && !value.asText().equals(USUAL.get(name))
        && !(name.equals("headers") && headers(value).isEmpty());
  }

  private static String text(String name, JsonNode value) {
    return Tree.text(name.equals("headers") ? headers(value) : value);
  }

  private static ObjectNode headers(JsonNode all) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> header : all.properties()) {
      if (TECHNICAL.stream().noneMatch(header.getKey()::startsWith)) {
        headers.set(header.getKey(), header.getValue());
      }
    }
    return headers;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\R", "\\\\n");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
  }
}
