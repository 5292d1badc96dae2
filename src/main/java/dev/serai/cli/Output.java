package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command says: a text for people, or JSON for tools. */
final class Output {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(names = "--json", description = "Print JSON, for tools.")
  private boolean json;

  /** Prints an answer as JSON when that is asked for, else as the text that is made of it. */
  <T> void print(T answer, Function<T, String> text) {
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? pretty(answer) : text.apply(answer));
    out.flush();
  }

  private static String pretty(Object answer) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer)
          + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer is always JSON", e);
    }
  }
}
