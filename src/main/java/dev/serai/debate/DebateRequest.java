package dev.serai.debate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.files.TimeText;
import dev.serai.http.ProblemException;
import dev.serai.http.ProblemException.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What no schema can say about a request for a debate. Bean {@code debateRequest}. */
@Component("debateRequest")
public class DebateRequest {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * Lets only debates through that can be held.
   *
   * @param request as it passed the schema
   * @param participants most of them
   * @param rounds most of them
   * @throws ProblemException 400 {@code bad-debate} with each wrong field
   */
  public void check(JsonNode request, int participants, int rounds) throws ProblemException {
    List<FieldError> errors = new ArrayList<>();
    int size = request.path("participants").size();
    if (size > participants) {
      errors.add(new FieldError("#/participants", "are at most " + participants));
    }
    if (request.path("rounds").asInt() > rounds) {
      errors.add(new FieldError("#/rounds", "are at most " + rounds));
    }
    if (request.path("minimum_answers").asInt() > size) {
      errors.add(new FieldError("#/minimum_answers", "are at most as many as participants"));
    }
    if (request.has("round_timeout") && !isTime(request.path("round_timeout").asText())) {
      errors.add(new FieldError("#/round_timeout", "is a time from 1s to 24h"));
    }
    Set<String> names = new HashSet<>();
    for (Participant participant : Participant.all(request)) {
      if (!names.add(participant.name())) {
        String place = "#/participants/%d/name".formatted(participant.number() - 1);
        errors.add(new FieldError(place, "is the name of another one"));
      }
    }
    if (!errors.isEmpty()) {
      FieldError first = errors.get(0);
      throw new ProblemException(400, "bad-debate", first.pointer() + " " + first.detail(), errors);
    }
  }

  private static boolean isTime(String text) {
    return TimeText.read(text)
        .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
        .isPresent();
  }
}
