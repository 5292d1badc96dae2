package dev.serai.topology;

import dev.serai.files.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One topology.yaml as it was written.
 *
 * @param path of the file
 * @param exchanges in order
 * @param queues in order
 * @param problems all that is wrong in it, as far as it can be seen without other files
 */
record TopologyFile(
    Path path,
    List<ExchangeDraft> exchanges,
    List<QueueDraft> queues,
    List<TopologyProblem> problems) {

  /** An exchange as its file says it. */
  record ExchangeDraft(
      String name,
      Section section,
      String type,
      boolean unroutableDropped,
      boolean internal,
      List<String> keys) {}

  /**
   * Reads a file and checks what can be checked without others.
   *
   * @param path of the file; shown in problems as it is
   * @param bytes what it holds
   * @param resolver replaces {@code {{key}}} by its value; throws IllegalArgumentException when
   *     there is none
   */
  static TopologyFile read(Path path, byte[] bytes, UnaryOperator<String> resolver) {
    List<TopologyProblem> problems = new ArrayList<>();
    TopologyFile file = new TopologyFile(path, new ArrayList<>(), new ArrayList<>(), problems);
    try {
      YamlText.read(path.toString(), bytes)
          .map(root -> new Section(new Section.Context(path.toString(), resolver, problems), root))
          .ifPresent(file::readAll);
    } catch (YamlText.UnreadableException e) {
      problems.add(TopologyProblem.of(e.file()));
    }
    return file;
  }

  private void readAll(Section root) {
    root.allow(Set.of("exchanges", "queues"));
    Section named = root.section("exchanges");
    for (String name : named.names()) {
      checkName(named, name);
      Section exchange = named.section(name);
      exchange.allow(Set.of("type", "unroutable", "internal", "keys"));
      String type =
          exchange.oneOf("type", Set.of("direct", "topic", "fanout", "headers")).orElse("topic");
      boolean drop =
          exchange.oneOf("unroutable", Set.of("error", "drop")).filter("drop"::equals).isPresent();
      exchanges.add(
          new ExchangeDraft(name, exchange, type, drop, exchange.flag("internal"), keys(exchange)));
    }
    Section queueSection = root.section("queues");
    for (String name : queueSection.names()) {
      checkName(queueSection, name);
      queues.add(QueueReader.read(name, queueSection.section(name)));
    }
  }

  private static List<String> keys(Section exchange) {
    List<String> keys = exchange.texts("keys");
    for (String key : keys) {
      KeyPattern.problem(key)
          .ifPresent(
              wrong ->
                  exchange.problemAt(
                      "keys",
                      "wrong-value",
                      "\"%s\" is no routing key and no pattern of some: %s"
                          .formatted(exchange.written("keys", key), wrong),
                      "write such as order.paid or order.*"));
    }
    return keys;
  }

  private static void checkName(Section section, String name) {
    if (name.isBlank() || name.startsWith("amq.") || name.length() > 255) {
      section.problemAt(
          name,
          "reserved-name",
          "\"" + name + "\" cannot be the name of an exchange or queue",
          "write 1 to 255 characters that do not start with amq.");
    }
  }
}
