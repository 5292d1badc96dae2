package dev.serai.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.support.TestPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A file into which instances of Serai write the messages of a queue with partitions, in the order
 * in which they have done them: what a killed process has written is there, and it writes nothing
 * more.
 */
final class Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name = "ledger-" + UUID.randomUUID();
  private final Path folder;
  private final int accounts;
  private final int entries;

  /**
   * An empty one.
   *
   * @param accounts keys
   * @param entries messages of each
   */
  Ledger(Path folder, int accounts, int entries) {
    this.folder = folder;
    this.accounts = accounts;
    this.entries = entries;
    TestPack.install(
        folder.resolve("routes"),
        "ledger",
        text -> text.replace("$ledger", name).replace("$folder", folder.resolve("out").toString()));
  }

  /** The name of the exchange. */
  String name() {
    return name;
  }

  int size() {
    return accounts * entries;
  }

  /** Settings of an instance. */
  Map<String, String> settings(Map<String, String> broker) {
    Map<String, String> settings = new LinkedHashMap<>(broker);
    settings.put("serai.routes", folder.resolve("routes").toString());
    settings.put("serai.broker.reconnect-delay", "100ms");
    return settings;
  }

  /** The message at a place of all, in the order in which they are to be published. */
  String message(int place) {
    return "{\"account\":\"%d\",\"entry\":%d}".formatted(place % accounts, place / accounts);
  }

  /** How many lines are in it; messages that are there twice count twice. */
  long written() throws IOException {
    return lines().size();
  }

  /** Whether all messages are in it. */
  boolean isFull() throws IOException {
    List<String> lines = lines();
    return lines.size() >= size() && lines.stream().map(Ledger::entry).distinct().count() == size();
  }

  /** Processes that have written. */
  long writers() throws IOException {
    return lines().stream().map(line -> line.substring(0, line.indexOf(' '))).distinct().count();
  }

  private static String entry(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  private List<String> lines() throws IOException {
    Path file = folder.resolve("out/lines");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /**
   * That nothing is missing, and that no account has ever seen a lower entry after a higher one;
   * the last one may be there again, because its process was killed.
   */
  void assertInOrder() throws IOException {
    Map<String, Integer> last = new HashMap<>();
    int repeated = 0;
    for (String line : lines()) {
      JsonNode entry = JSON.readTree(entry(line));
      String account = entry.path("account").asText();
      int number = entry.path("entry").asInt();
      int before = last.getOrDefault(account, -1);
      assertThat(number)
          .as("entry of account %s after %d", account, before)
          .isIn(before, before + 1);
      repeated += number == before ? 1 : 0;
      last.put(account, number);
    }
    assertThat(last).hasSize(accounts);
    assertThat(last.values()).containsOnly(entries - 1);
    System.out.printf(
        "%d entries in order, written by %d processes, %d twice%n", size(), writers(), repeated);
  }
}
