package dev.serai.debate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a debate, or judges it.
 *
 * @param number from 1; 0 is the judge
 * @param name by which the others know it
 * @param provider the only one that may answer; null: any that offers the model
 * @param model null: the default one
 * @param persona whom it speaks as; empty: nobody
 */
public record Participant(
    int number, String name, @Nullable String provider, @Nullable String model, String persona) {
  static final int JUDGE = 0;

  /** The judge and those who debate, in the order of the request. */
  static List<Participant> all(JsonNode request) {
    List<Participant> all = new ArrayList<>();
    all.add(read(JUDGE, request.path("judge")));
    request.path("participants").forEach(said -> all.add(read(all.size(), said)));
    return all;
  }

  private static Participant read(int number, JsonNode said) {
    return new Participant(
        number,
        said.path("name").asText(number == JUDGE ? "Judge" : "Participant " + number),
        said.path("provider").textValue(),
        said.path("model").textValue(),
        said.path("persona").asText(""));
  }
}
