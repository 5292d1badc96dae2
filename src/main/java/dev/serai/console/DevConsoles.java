package dev.serai.console;

import dev.serai.http.ProblemException;
import dev.serai.topology.Closest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
   * @throws ProblemException {@code unknown-console}
   */
  public Object show(@Header("id") String id, @Headers Map<String, Object> headers)
      throws ProblemException {
    Map<String, Object> options = new HashMap<>(headers);
    options.keySet().retainAll(OPTIONS);
    return console(id).call(DevConsole.MediaType.JSON, options);
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
