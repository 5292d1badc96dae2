package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the topology; 1 when something in it is not as the files say. */
@Command(
    name = "topology",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./serai topology", "  ./serai topology --json"},
    description = "Exchanges and queues of the route packs beside what the broker has.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class TopologyCommand implements Callable<Integer> {
  private static final List<String> KINDS = List.of("exchanges", "queues", "bindings");

  @Mixin private OperatorPort operator;
  @Mixin private Output output;

  @Override
  public Integer call() {
    JsonNode topology = operator.client().get("/topology");
    output.print(topology, TopologyCommand::text);
    return isAsWritten(topology) ? 0 : 1;
  }

  private static String text(JsonNode topology) {
    StringBuilder text = new StringBuilder();
    text.append("broker: %s%n%n".formatted(topology.path("broker").asText()))
        .append(
            new Table()
                .column("EXCHANGE", "name")
                .column("TYPE", "type")
                .column("UNROUTABLE", "unroutable")
                .column("STATE", "state")
                .render(topology.path("exchanges")))
        .append(System.lineSeparator())
        .append(
            new Table()
                .column("QUEUE", "name")
                .column("ROLE", "role")
                .column("MESSAGES", "messages")
                .column("CONSUMERS", "consumers")
                .column("RETRY", "retry")
                .column("PARK", "park")
                .column("STATE", "state")
                .render(topology.path("queues")))
        .append(System.lineSeparator())
        .append(
            new Table()
                .column("EXCHANGE", "exchange")
                .column("QUEUE", "queue")
                .column("KEY", "key")
                .column("STATE", "state")
                .render(topology.path("bindings")));
    for (String kind : KINDS) {
      topology.path(kind).forEach(part -> problem(part.path("problem"), text));
    }
    topology.path("problems").forEach(problem -> problem(problem, text));
    return text.toString();
  }

  private static void problem(JsonNode problem, StringBuilder text) {
    if (problem.isTextual()) {
      text.append("%n%s%n".formatted(problem.asText()));
    }
  }

  private static boolean isAsWritten(JsonNode topology) {
    boolean declared = topology.path("problems").isEmpty();
    for (String kind : KINDS) {
      for (JsonNode part : topology.path(kind)) {
        declared &= part.path("state").asText().equals("declared");
      }
    }
    return declared;
  }
}
