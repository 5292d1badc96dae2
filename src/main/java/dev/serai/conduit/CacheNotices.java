package dev.serai.conduit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** What has to be forgotten after an event; bean {@code conduitNotices}. Thread-safe. */
@Component("conduitNotices")
public class CacheNotices {
  /** The notice of an event, without anything that is secret; as JSON. */
  public String notice(Exchange exchange) {
    EventBody event = EventBody.of(exchange);
    ObjectNode notice =
        EventBody.JSON.createObjectNode().put("action", "invalidate").put("event", event.type());
    for (String id : new String[] {"virtualKeyId", "providerId"}) {
      event.id(id).ifPresent(value -> notice.put(id, value));
    }
    return notice.put("eventId", event.eventId()).toString();
  }

  /** Everything. */
  public String everything() {
    return "{\"action\":\"flush-all\"}";
  }
}
