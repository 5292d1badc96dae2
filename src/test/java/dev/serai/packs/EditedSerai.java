package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.SeraiApp;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/**
 * A Serai with the real shared routes and pack {@code swap}, whose files a test edits; it looks for
 * changes when it is asked to.
 */
final class EditedSerai implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name = "swap-" + UUID.randomUUID();
  private final Path folder;
  private final SeraiApp serai;

  EditedSerai(Path folder, Map<String, String> settings) throws IOException {
    this.folder = folder;
    TestPack.install(folder.resolve("routes"), "swap", text -> text.replace("$swap", name));
    Files.createDirectories(folder.resolve("config"));
    try (Stream<Path> values = Files.list(Path.of("config"))) {
      for (Path file : values.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve("config").resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("config/swap.yaml"), "swap:\n  value: one\n");
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("serai.routes", folder.resolve("routes").toString());
    all.put("serai.config", folder.resolve("config").toString());
    all.putIfAbsent("serai.reload.interval", "0s");
    this.serai = SeraiApp.start(folder.resolve("data"), all);
  }

  SeraiApp serai() {
    return serai;
  }

  CamelContext camel() {
    return serai.bean(CamelContext.class);
  }

  RabbitAdmin admin() {
    return serai.bean(RabbitAdmin.class);
  }

  MockEndpoint target() {
    return camel().getEndpoint("mock:swap", MockEndpoint.class);
  }

  /** The full name of an exchange or queue of the pack. */
  String named(String shortName) {
    return name + "." + shortName;
  }

  /** A file below the folder of routes and values, such as {@code routes/swap/take.camel.yaml}. */
  Path file(String path) {
    return folder.resolve(path);
  }

  void edit(String path, UnaryOperator<String> change) throws IOException {
    String before = Files.readString(file(path));
    String after = change.apply(before);
    assertThat(after).as("an edit of %s", path).isNotEqualTo(before);
    Files.writeString(file(path), after);
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(file(path).getParent());
    Files.writeString(file(path), text.replace("$swap", name));
  }

  /** Runs what is on disk now; the answer of {@code POST /routes/reload}. */
  JsonNode reload() throws IOException, InterruptedException {
    HttpResponse<String> answer = serai.operatorPost("/routes/reload", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** Runs what is on disk now, all of which can be used. */
  JsonNode apply() throws IOException, InterruptedException {
    JsonNode outcome = reload();
    assertThat(outcome.path("refused")).as(outcome.toPrettyString()).isEmpty();
    assertThat(outcome.path("result").asText()).isEqualTo("APPLIED");
    return outcome;
  }

  /** What {@code GET /config/status} says of a file. */
  JsonNode status(String path) throws IOException, InterruptedException {
    for (JsonNode known : JSON.readTree(serai.operatorGet("/config/status").body()).path("files")) {
      if (known.path("path").asText().equals(file(path).toString())) {
        return known;
      }
    }
    return JSON.missingNode();
  }

  /** What {@code GET /routes} says of a route. */
  JsonNode route(String id) throws IOException, InterruptedException {
    for (JsonNode known : JSON.readTree(serai.operatorGet("/routes").body()).path("items")) {
      if (known.path("id").asText().equals(id)) {
        return known;
      }
    }
    return JSON.missingNode();
  }

  /** A header of a message that has gone the whole way now. */
  Object header(String name) {
    target().reset();
    publish("m");
    await().until(() -> target().getReceivedCounter() > 0);
    return target().getExchanges().get(0).getMessage().getHeader(name);
  }

  void publish(String id) {
    admin().getRabbitTemplate().convertAndSend(named("in"), "work", id);
  }

  @Override
  public void close() {
    serai.close();
  }
}
