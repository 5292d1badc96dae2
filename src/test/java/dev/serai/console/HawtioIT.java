package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hawtio shows, and what nobody can do through it. */
class HawtioIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;

  @Test
  void only_looks_unless_it_is_allowed_more() throws Exception {
    try (SeraiApp serai = start(Map.of())) {
      String context = search(serai, "type=context");
      String entry = search(serai, "type=routes,name=\"debias-post-event\"");

      HttpResponse<String> page = serai.operatorGet("/hawtio/");
      assertThat(page.body()).contains("<title>Hawtio</title>", "<base href=\"/hawtio/\">");
      assertThat(serai.operatorGet("/hawtio/camel").body()).isEqualTo(page.body());
      assertThat(serai.operatorGet("/hawtio/hawtconfig.json").statusCode()).isEqualTo(200);
      assertThat(serai.operatorGet("/hawtio/user").body()).isEqualTo("\"public\"");
      assertThat(read(serai, entry, "State").path("value").asText()).isEqualTo("Started");
      assertThat(exec(serai, context, "dumpRoutesAsXml()").path("value").asText())
          .contains("<route id=\"debias-post-event\"");

      refused(exec(serai, entry, "stop()"));
      refused(exec(serai, context, "stop()"));
      refused(exec(serai, context, "addRoutesFromXml", "<routes/>"));
      refused(exec(serai, context, "sendBody", "direct:shared-publish", "x"));
      refused(exec(serai, "com.sun.management:type=DiagnosticCommand", "vmSystemProperties"));
      refused(read(serai, "java.lang:type=Runtime", "SystemProperties"));
      refused(write(serai, context, "Tracing", "true"));
      refused(
          JSON.readTree(
              serai
                  .operatorGet("/hawtio/jolokia/read/java.lang:type=Memory/HeapMemoryUsage")
                  .body()));
      assertThat(read(serai, entry, "State").path("value").asText()).isEqualTo("Started");
    }
  }

  @Test
  void may_change_routes_where_that_is_set_but_not_those_of_the_operator_port() throws Exception {
    try (SeraiApp serai = start(Map.of("serai.console-write", "true"))) {
      String context = search(serai, "type=context");
      String entry = search(serai, "type=routes,name=\"debias-post-event\"");
      String operator = search(serai, "type=routes,name=\"shared-operator-get-routes\"");

      assertThat(exec(serai, entry, "stop()").path("status").asInt()).isEqualTo(200);

      assertThat(read(serai, entry, "State").path("value").asText()).isEqualTo("Stopped");
      refused(exec(serai, operator, "stop()"));
      refused(exec(serai, context, "stop()"));
    }
  }

  @Test
  void nobody_gets_in_without_the_operators_password() throws Exception {
    try (SeraiApp serai = start(Map.of("serai.operator-password", "owl"))) {
      assertThat(serai.operatorGet("/hawtio/").statusCode()).isEqualTo(401);
      assertThat(serai.operatorPost("/hawtio/jolokia", "{\"type\":\"version\"}").statusCode())
          .isEqualTo(401);
    }
  }

  private SeraiApp start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("serai.packs", "debias");
    settings.put("serai.broker.mode", "embedded");
    settings.put("serai.broker.embedded.durable", "false");
    return SeraiApp.start(data, settings);
  }

  private static String search(SeraiApp serai, String keys) throws Exception {
    JsonNode found =
        ask(serai, Map.of("type", "search", "mbean", "org.apache.camel:" + keys + ",*"));
    return found.path("value").path(0).asText();
  }

  private static JsonNode read(SeraiApp serai, String bean, String attribute) throws Exception {
    return ask(serai, Map.of("type", "read", "mbean", bean, "attribute", attribute));
  }

  private static JsonNode write(SeraiApp serai, String bean, String attribute, String value)
      throws Exception {
    return ask(
        serai, Map.of("type", "write", "mbean", bean, "attribute", attribute, "value", value));
  }

  private static JsonNode exec(SeraiApp serai, String bean, String operation, String... arguments)
      throws Exception {
    return ask(
        serai,
        Map.of("type", "exec", "mbean", bean, "operation", operation, "arguments", arguments));
  }

  private static JsonNode ask(SeraiApp serai, Map<String, Object> request) throws Exception {
    return JSON.readTree(
        serai.operatorPost("/hawtio/jolokia", JSON.writeValueAsString(request)).body());
  }

  private static void refused(JsonNode answer) {
    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(403);
  }
}
