package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A value that routes use, such as an address with a token, is shown by no console. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class ConsoleSecretsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "T0KEN";

  private SeraiApp serai;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path routes = folder.resolve("routes");
    TestPack.install(routes, "swap", text -> text.replace("$swap", "secrets"));
    Files.writeString(
        routes.resolve("swap/call-hook.camel.yaml"),
        """
        - route:
            id: swap-call-hook
            description: Calls an address that is a secret; a failure goes to the log.
            routeConfigurationId: leave-to-caller
            from:
              uri: "{{swap.tick}}"
              steps:
                - setHeader:
                    name: Authorization
                    constant: Bearer {{swap.hook}}
                - to: "{{swap.hook}}"
        """);
    serai =
        SeraiApp.start(
            folder.resolve("data"),
            Map.of(
                "serai.routes",
                routes.toString(),
                "serai.broker.mode",
                "embedded",
                "serai.broker.embedded.durable",
                "false",
                "swap.value",
                "one",
                "swap.tick",
                "timer:tick-" + SECRET + "?period=500",
                "swap.hook",
                "log:hook-" + SECRET + "?marker=" + SECRET));
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @Test
  void camels_consoles_do_not_show_it() throws Exception {
    assertThat(serai.operatorGet("/consoles/route").body()).contains("swap-call-hook");

    for (JsonNode console : JSON.readTree(serai.operatorGet("/consoles").body()).path("items")) {
      String id = console.path("id").asText();
      assertThat(serai.operatorGet("/consoles/" + id).body()).as(id).doesNotContain(SECRET);
    }
  }

  @Test
  void hawtio_does_not_show_it_in_attributes_or_names() throws Exception {
    JsonNode found =
        JSON.readTree(ask(Map.of("type", "search", "mbean", "org.apache.camel:*"))).path("value");

    assertThat(found.size()).isGreaterThan(100);
    assertThat(found.toString()).doesNotContain(SECRET, "type=endpoints").contains("type=routes");
    assertThat(ask(Map.of("type", "list"))).doesNotContain(SECRET);
    for (JsonNode bean : found) {
      assertThat(ask(Map.of("type", "read", "mbean", bean.asText())))
          .as(bean.asText())
          .doesNotContain(SECRET);
    }
    assertThat(ask(Map.of("type", "read", "mbean", route(), "attribute", "EndpointUri")))
        .contains("\"status\":403");
  }

  @Test
  void hawtio_dumps_routes_with_the_key_alone() throws Exception {
    assertThat(exec("dumpRouteAsXml()")).contains("{{swap.hook}}").doesNotContain(SECRET);
    assertThat(exec("dumpRouteAsXml(boolean)", true)).contains("\"status\":403");
    assertThat(exec("dumpRouteAsXml", true)).contains("\"status\":403");
  }

  private String route() throws Exception {
    String name = "org.apache.camel:type=routes,name=\"swap-call-hook\",*";
    return JSON.readTree(ask(Map.of("type", "search", "mbean", name)))
        .path("value")
        .path(0)
        .asText();
  }

  private String exec(String operation, Object... arguments) throws Exception {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("type", "exec");
    request.put("mbean", route());
    request.put("operation", operation);
    request.put("arguments", List.of(arguments));
    return ask(request);
  }

  private String ask(Map<String, Object> request) throws Exception {
    return serai.operatorPost("/hawtio/jolokia", JSON.writeValueAsString(request)).body();
  }
}
