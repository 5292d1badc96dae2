package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the topology; 1 when something in it is not as the files say. */
@Command(
    name = "topology",
    mixinStandardHelpOptions = true,
    description = "Exchanges and queues of the route packs beside what the broker has.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class TopologyCommand implements Callable<Integer> {
  private static final List<String> KINDS = List.of("exchanges", "queues", "bindings");

  @Mixin private OperatorPort operator;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As the operator port answers it.")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode topology = operator.client().get("/topology");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(topology.toPrettyString());
    } else {
      print(topology, out);
    }
    out.flush();
    return isAsWritten(topology) ? 0 : 1;
  }

  private static void print(JsonNode topology, PrintWriter out) {
    out.println("broker: " + topology.path("broker").asText());
    out.println();
    out.print(
        new Table()
            .column("EXCHANGE", "name")
            .column("TYPE", "type")
            .column("UNROUTABLE", "unroutable")
            .column("STATE", "state")
            .render(topology.path("exchanges")));
    out.println();
    out.print(
        new Table()
            .column("QUEUE", "name")
            .column("ROLE", "role")
            .column("MESSAGES", "messages")
            .column("CONSUMERS", "consumers")
            .column("RETRY", "retry")
            .column("PARK", "park")
            .column("STATE", "state")
            .render(topology.path("queues")));
    out.println();
    out.print(
        new Table()
            .column("EXCHANGE", "exchange")
            .column("QUEUE", "queue")
            .column("KEY", "key")
            .column("STATE", "state")
            .render(topology.path("bindings")));
    for (String kind : KINDS) {
      for (JsonNode part : topology.path(kind)) {
        problem(part.path("problem"), out);
      }
    }
    topology.path("problems").forEach(problem -> problem(problem, out));
  }

  private static void problem(JsonNode problem, PrintWriter out) {
    if (problem.isTextual()) {
      out.println();
      out.println(problem.asText());
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
