package dev.serai.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** {@code POST /routes/check} of a running Serai. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before all tests
class CheckRequestIT {
  private static final String STORE = "debias/store-one-in-graph.camel.yaml";

  private SeraiApp serai;

  @BeforeAll
  void start(@TempDir Path data) {
    serai =
        SeraiApp.start(
            data,
            Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false"));
  }

  @AfterAll
  void stop() {
    serai.close();
  }

  @Test
  void a_good_file_has_no_problem() throws Exception {
    assertThat(problems(STORE, Files.readString(Path.of("routes", STORE)))).isEmpty();
  }

  @Test
  void a_bad_one_is_answered_with_all_problems_and_changes_nothing() throws Exception {
    int routes = serai.bean(CamelContext.class).getRoutesSize();
    String text =
        Files.readString(Path.of("routes", STORE))
            .replace("retry-then-park", "retry-then-prak")
            .replace("direct:debias-store-events-in-graph", "direct:nowhere");

    JsonNode problems = problems(STORE, text);

    assertThat(problems.findValuesAsText("name"))
        .containsExactly("unknown-policy", "unreachable-direct");
    assertThat(problems.at("/0/line").asInt()).isEqualTo(4);
    assertThat(serai.bean(CamelContext.class).getRoutesSize()).isEqualTo(routes);
  }

  @Test
  void what_curl_calls_a_form_is_taken_as_the_file_that_it_is() throws Exception {
    String text = Files.readString(Path.of("routes", STORE)).replace("id: debias", "id: debas");
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:%d/routes/check?path=%s"
                        .formatted(serai.operatorPort(), STORE)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(text))
            .build();

    HttpResponse<String> response = serai.send(request);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(response.body()).path("problems"))
        .isEqualTo(problems(STORE, text))
        .isNotEmpty();
  }

  @Test
  void nothing_is_declared_or_begun(@TempDir Path inbox) throws Exception {
    String topology =
        Files.readString(Path.of("routes/debias/topology.yaml"))
            + "\n  checked.only: {type: classic}\n";
    Path letter = Files.writeString(inbox.resolve("letter"), "hello");
    String takeAll =
        """
        - route:
            id: debias-take-letters
            description: Would take every letter at once.
            routeConfigurationId: leave-to-caller
            from:
              uri: file
              parameters:
                directoryName: %s
                delete: "true"
                initialDelay: "0"
              steps:
                - to: log:letters
        """
            .formatted(inbox);

    assertThat(problems("debias/topology.yaml", topology)).isEmpty();
    assertThat(problems("debias/take-letters.camel.yaml", takeAll)).isEmpty();

    assertThat(serai.bean(RabbitAdmin.class).getQueueInfo("checked.only")).isNull();
    assertThat(letter).exists();
    assertThat(serai.bean(CamelContext.class).getRoute("debias-take-letters")).isNull();
  }

  @Test
  void no_value_of_config_or_the_environment_is_told() throws Exception {
    String home = System.getProperty("user.home");
    String path = System.getenv("PATH");
    String route =
        """
        - route:
            id: debias-take-letters
            description: Has values in every place that takes another one.
            routeConfigurationId: "{{user.home}}"
            from:
              uri: timer
              parameters:
                timerName: letters
                period: "{{PATH}} {{user.home}}"
                fixedRate: "{{user.home}}"
              steps:
                - delay: {constant: "{{user.home}}"}
                - recipientList: {constant: "{{user.home}}:x,direct:{{PATH}}"}
                - to: spring-rabbitmq:{{user.home}}
        """;
    String topology =
        """
        exchanges:
          letters: {type: "{{user.home}}"}
        queues:
          letters:
            max-length: "{{PATH}}"
            ttl: "{{user.home}}"
            park: "{{user.home}}"
            retry: "{{user.home}}"
            bindings: [{exchange: "{{PATH}}", key: "{{PATH}}"}]
        """;

    for (JsonNode problems :
        List.of(
            problems("debias/take-letters.camel.yaml", route),
            problems("debias/topology.yaml", topology))) {
      assertThat(problems).hasSizeGreaterThan(3);
      assertThat(problems.toString()).contains("{{").doesNotContain(home).doesNotContain(path);
    }
  }

  @Test
  void what_it_would_break_in_other_files_is_answered() throws Exception {
    String publish = "shared/blocks/publish.camel.yaml";
    String text =
        Files.readString(Path.of("routes", publish))
            .replace("direct:shared-publish", "direct:shared-publish-all");

    assertThat(problems(publish, text).findValuesAsText("name"))
        .contains("unreachable-direct")
        .doesNotContain("unused-value");
  }

  @Test
  void what_the_command_line_knows_is_there() {
    assertThat(serai.bean(FolderCheck.class).beans()).containsAll(Known.scannedBeans());
  }

  @Test
  void a_new_file_may_be_checked_before_it_is_there() throws Exception {
    assertThat(problems("debias/take-order.camel.yaml", "- route:\n    id: x\n"))
        .isNotEmpty()
        .allSatisfy(
            problem -> assertThat(problem.path("file").asText()).endsWith("take-order.camel.yaml"));
  }

  @Test
  void garbage_is_refused_and_nothing_hangs() throws Exception {
    String bomb = "- &a [x]\n- &b [*a, *a]\n- &c [*b, *b]\n- &d [*c, *c]\n";
    assertThat(problems(STORE, bomb).findValuesAsText("name")).contains("wrong-type");
    assertThat(problems(STORE, "\u0000\u0001").findValuesAsText("name")).contains("bad-yaml");
    assertThat(problems(STORE, "- x".repeat(1 << 20)).findValuesAsText("name"))
        .containsExactly("too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.camel.yaml",
        "/etc/x.camel.yaml",
        "debias/../../x.camel.yaml",
        "debias/Take.java",
        ""
      })
  void a_path_out_of_the_folder_is_refused(String path) throws Exception {
    HttpResponse<String> response = post(path, "- route: {}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"bad-path\"");
  }

  private JsonNode problems(String path, String text) throws Exception {
    HttpResponse<String> response = post(path, text);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body()).path("problems");
  }

  private HttpResponse<String> post(String path, String text) throws Exception {
    String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    return serai.operatorPost("/routes/check?path=" + encoded, text);
  }
}
