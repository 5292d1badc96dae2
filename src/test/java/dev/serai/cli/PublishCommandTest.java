package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // made before each test
class PublishCommandTest extends CommandsFixture {
  @TempDir Path folder;

  private final List<Headers> headers = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  @BeforeEach
  void takeEvents() {
    serai.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          headers.add(exchange.getRequestHeaders());
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] answer =
              "{\"id\":\"e1\",\"state\":\"confirmed\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(202, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
  }

  @Test
  void puts_the_envelope_around_the_payload_and_prints_the_id() throws IOException {
    Path payload = file("{\"text\": \"hello\", \"amount\": 1.10}");

    int code = call("transcription.voice.completed", "--payload-file", payload.toString());

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo("e1\n");
    assertThat(requests)
        .containsExactly("POST /publish/bloodbank.events.v1/transcription.voice.completed");
    JsonNode event = new ObjectMapper().readTree(bodies.get(0));
    assertThat(event.fieldNames())
        .toIterable()
        .containsExactly(
            "event_id", "event_type", "timestamp", "source", "payload", "parent_event_ids");
    assertThat(event.path("event_type").asText()).isEqualTo("transcription.voice.completed");
    assertThat(event.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    assertThat(event.path("parent_event_ids")).isEmpty();
    assertThat(bodies.get(0)).contains("{\"text\": \"hello\", \"amount\": 1.10}");
    assertThat(event.path("event_id").asText())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isEqualTo(headers.get(0).getFirst("ce-id"))
        .isEqualTo(headers.get(0).getFirst("correlationid")); // it begins a chain
  }

  @Test
  void publishes_the_file_as_it_is_when_asked_to() throws IOException {
    Path payload = file("{\"virtualKeyId\": \"vk-1\", \"amount\": 1.10}");

    call(
        "virtual-key.spend-requested",
        "--exchange",
        "conduit-events",
        "--payload-file",
        payload.toString(),
        "--no-envelope");

    assertThat(bodies).containsExactly("{\"virtualKeyId\": \"vk-1\", \"amount\": 1.10}");
    assertThat(headers.get(0).getFirst("ce-type")).isEqualTo("virtual-key.spend-requested");
    assertThat(headers.get(0).getFirst("correlationid"))
        .isNotNull()
        .isEqualTo(headers.get(0).getFirst("ce-id"));
  }

  @Test
  void a_correlation_without_a_parent_is_the_parent() throws IOException {
    call("a.b", "--payload-file", file("1").toString(), "--correlation-id", "c1");

    assertThat(headers.get(0).getFirst("correlationid")).isEqualTo("c1");
    assertThat(headers.get(0).getFirst("parentids")).isEqualTo("c1");
    assertThat(bodies.get(0)).contains("\"parent_event_ids\":[\"c1\"]");
  }

  @Test
  void named_parents_are_the_only_ones() throws IOException {
    call(
        ("a.b --payload-file %s --correlation-id c1 --parent p1 --parent p2 --exchange other"
                + " --priority 7 --header Tenant=acme")
            .formatted(file("1"))
            .split(" "));

    assertThat(requests).containsExactly("POST /publish/other/a.b?priority=7");
    assertThat(headers.get(0).getFirst("parentids")).isEqualTo("p1,p2");
    assertThat(headers.get(0).getFirst("x-message-tenant")).isEqualTo("acme");
    assertThat(bodies.get(0)).contains("\"parent_event_ids\":[\"p1\",\"p2\"]");
  }

  @Test
  void prints_what_was_answered_for_tools() throws IOException {
    call("a.b", "--payload-file", file("1").toString(), "--json");

    assertThat(new ObjectMapper().readTree(out.toString()))
        .isEqualTo(new ObjectMapper().readTree("{\"id\":\"e1\",\"state\":\"confirmed\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", ".a", "a.", "a.*", "#", "a b"})
  void a_malformed_key_is_wrong_usage(String key) throws IOException {
    int code = call(key, "--payload-file", file("1").toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).startsWith("serai: \"" + key + "\" is no routing key: ");
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--priority=11, --priority takes a number from 0 to 10",
    "'--parent=a,b', --parent takes the id of an event",
    "--header=a b=c, --header a b: a name has letters",
    "--url=ftp://x, the URL is no address of a Serai"
  })
  void an_option_that_cannot_be_is_wrong_usage(String option, String said) throws IOException {
    int code = execute(List.of("publish", "a.b", "--payload-file", file("1").toString(), option));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).startsWith("serai: " + said);
  }

  @Test
  void a_file_that_is_not_there_is_said_in_a_line() {
    int code = call("a.b", "--payload-file", "nowhere.json");

    assertThat(code).isOne();
    assertThat(err.toString())
        .isEqualTo(
            "serai: nowhere.json does not exist; name a file, or - for the standard input\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": ", "{} {}", "hello"})
  void what_is_no_json_is_not_published(String text) throws IOException {
    int code = call("a.b", "--payload-file", file(text).toString());

    assertThat(code).isOne();
    assertThat(err.toString()).contains("is no JSON: line 1, column ");
    assertThat(requests).isEmpty();
  }

  @Test
  void an_empty_file_is_no_json() throws IOException {
    assertThat(call("a.b", "--payload-file", file(" ").toString())).isOne();
    assertThat(err.toString()).contains("is empty; write JSON into it");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("event.json"), text);
  }

  private int call(String... arguments) {
    List<String> all = new ArrayList<>(List.of("publish"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--port", "" + port()));
    return execute(all);
  }
}
