package dev.serai.debias;

import dev.serai.http.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is answered about one user. Bean {@code debiasUsers}; thread-safe. */
@Component("debiasUsers")
public class UserAnswers {

  /**
   * The user a path names.
   *
   * @throws ProblemException 400 if it is not an integer of at most 64 bits
   */
  public long id(String text) throws ProblemException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ProblemException(
          400,
          "bad-user-id",
          "The user in the path must be an integer of at most 64 bits.",
          List.of());
    }
  }

  /**
   * The JSON object of a user's interactions.
   *
   * @throws ProblemException 404 if there are none
   */
  public Map<String, Object> interactions(long userId, List<UserEvent> events)
      throws ProblemException {
    if (events.isEmpty()) {
      throw unknown(userId);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("user_id", userId);
    answer.put("interactions", events.stream().map(UserAnswers::interaction).toList());
    return answer;
  }

  /**
   * The JSON object of a user's profile.
   *
   * @throws ProblemException 404 if there is none
   */
  public Map<String, Object> profile(long userId, Optional<Profile> found) throws ProblemException {
    Profile profile = found.orElseThrow(() -> unknown(userId));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("user_id", userId);
    answer.put("counts", profile.counts());
    answer.put("last_products", profile.lastProducts());
    answer.put("last_seen", profile.lastSeen().toString());
    answer.put("vector", profile.vector());
    return answer;
  }

  private static Map<String, Object> interaction(UserEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event_id", event.eventId());
    fields.put("product_id", event.productId());
    fields.put("event_type", event.eventType());
    if (event.userSession() != null) {
      fields.put("user_session", event.userSession());
    }
    fields.put("event_time", event.time().toString());
    return fields;
  }

  private static ProblemException unknown(long userId) {
    return new ProblemException(
        404, "unknown-user", "No event of user " + userId + " has been stored.", List.of());
  }
}
