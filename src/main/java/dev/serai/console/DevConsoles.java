package dev.serai.console;

import dev.serai.http.ProblemException;
import dev.serai.topology.Closest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.console.DevConsole;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Camel's developer consoles; bean {@code devConsoles} of {@code GET /consoles}. Each is made when
 * it is first asked for, since all of them would make the start longer. Safe for concurrent use.
 */
@Component("devConsoles")
public class DevConsoles {
  /** Options that only choose what is shown; others, such as action, change something. */
  private static final List<String> OPTIONS = List.of("filter", "limit", "format");

  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}|1000");

  private static final Pattern URI = Pattern.compile("\\b(?!direct:)([a-z][a-z0-9+.-]*://)\\S+");

  private final CamelContext camel;
  private final List<String> shown;
  private final Map<String, DevConsole> made = new ConcurrentHashMap<>();

  DevConsoles(CamelContext camel, @Value("${serai.consoles}") List<String> shown) {
    this.camel = camel;
    this.shown = shown;
  }

  /** Those that {@code serai.consoles} names, with what each is about. */
  public Map<String, List<Map<String, String>>> list() throws ProblemException {
    List<Map<String, String>> items = new ArrayList<>();
    for (String id : shown) {
      items.add(Map.of("id", id, "description", console(id).getDescription()));
    }
    return Map.of("items", items);
  }

  /**
   * What one says now.
   *
   * @param headers of which {@code filter}, {@code limit} and {@code format} are its options
   * @throws ProblemException {@code unknown-console} or {@code bad-limit}
   */
  public Object show(@Header("id") String id, @Headers Map<String, Object> headers)
      throws ProblemException {
    Map<String, Object> options = new HashMap<>(headers);
    options.keySet().retainAll(OPTIONS);
    if (!LIMIT.matcher(String.valueOf(options.getOrDefault("limit", 1))).matches()) {
      throw new ProblemException(
          400, "bad-limit", "limit must be a number from 1 to 1000.", List.of());
    }
    return withoutUris(console(id).call(DevConsole.MediaType.JSON, options));
  }

  /**
   * The same with the scheme alone of each URI, in names of threads too: the rest may be a secret.
   */
  private static Object withoutUris(Object said) {
    if (said instanceof Map<?, ?> map) {
      Map<String, Object> safe = new LinkedHashMap<>();
      map.forEach(
          (key, value) ->
              safe.put(
                  String.valueOf(key),
                  "from".equals(key) && value instanceof String uri
                      ? uri.replaceFirst("^(?!direct:)([^:]*:).*", "$1******")
                      : withoutUris(value)));
      return safe;
    }
    if (said instanceof Collection<?> list) {
      return list.stream().map(DevConsoles::withoutUris).toList();
    }
    return said instanceof String text ? URI.matcher(text).replaceAll("$1******") : said;
  }

  private DevConsole console(String id) throws ProblemException {
    DevConsole console = shown.contains(id) ? made.computeIfAbsent(id, this::make) : null;
    if (console == null) {
      String meant =
          Closest.to(id, shown)
              .map("; did you mean \"%s\"?"::formatted)
              .orElse("; see GET /consoles.");
      throw new ProblemException(
          404, "unknown-console", "No console is named \"%s\"%s".formatted(id, meant), List.of());
    }
    return console;
  }

  private DevConsole make(String id) {
    DevConsole console = PluginHelper.getDevConsoleResolver(camel).resolveDevConsole(id);
    if (console == null) {
      throw new IllegalArgumentException("serai.consoles names \"" + id + "\", which Camel lacks");
    }
    ServiceHelper.startService(console);
    return console;
  }
}
