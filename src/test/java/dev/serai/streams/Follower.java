package dev.serai.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.Sidecar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A caller that follows a task and notes its events. */
final class Follower implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final HttpResponse<InputStream> answer;

  /** An event as it came; the id is empty when it has none. */
  record Event(String id, String name, JsonNode data) {}

  Follower(Sidecar serai, String task, String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/tasks/%s/stream".formatted(serai.port(), task)));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    Thread reader = new Thread(this::read, "follower");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String id = "";
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          events.add(new Event(id, name, JSON.readTree(line.substring(6))));
          id = "";
        }
      }
    } catch (IOException e) { // closed by one of the two
      events.add(new Event("", "broken", JSON.nullNode()));
    }
  }

  HttpResponse<InputStream> answer() {
    return answer;
  }

  List<Event> pieces() {
    return events.stream().filter(event -> event.name().equals("piece")).toList();
  }

  boolean hasEnded() {
    return events.stream().anyMatch(event -> event.name().equals("end"));
  }

  /** The whole task, as the last event tells it. */
  JsonNode end() {
    return events.get(events.size() - 1).data();
  }

  /** What the model has said, from the latest beginning on. */
  static String text(List<Event> pieces) {
    StringBuilder text = new StringBuilder();
    for (Event piece : pieces) {
      if (piece.data().path("restarted").asBoolean()) {
        text.setLength(0);
      }
      text.append(piece.data().at("/choices/0/delta/content").asText());
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
