package dev.serai.correlation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serai.webhooks.DeliveredEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that hang together, in the order in which a tree is drawn.
 *
 * @param id that was asked for
 * @param complete whether none was left out because there are too many
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TraceAnswer(
    String id,
    @JsonProperty("correlation_id") @Nullable String correlationId,
    boolean complete,
    List<Entry> events) {

  /**
   * One of them.
   *
   * @param known false for one that others name as their parent and nobody has seen
   * @param depth from 0; one more than that of the parent behind which it stands
   * @param parents those that it names, whether they are among the events or not
   * @param children those among the events that name it
   * @param steps what happened to it
   * @param webhooks who got it, or should
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      String id,
      boolean known,
      int depth,
      List<String> parents,
      List<String> children,
      @JsonProperty("correlation_id") @Nullable String correlationId,
      @Nullable String type,
      @Nullable String source,
      @Nullable String time,
      @Nullable List<?> steps,
      @Nullable List<DeliveredEvents.Delivery> webhooks) {}
}
