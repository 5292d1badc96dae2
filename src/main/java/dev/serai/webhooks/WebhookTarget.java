package dev.serai.webhooks;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** An endpoint {@code webhook:…} of routes. */
final class WebhookTarget extends DefaultEndpoint {
  private final WebhookComponent component;
  private final String target;

  /**
   * Made by its component.
   *
   * @param target id of an endpoint, or empty for all
   */
  WebhookTarget(String uri, WebhookComponent component, String target) {
    super(uri, component);
    this.component = component;
    this.target = target;
  }

  @Override
  public Producer createProducer() {
    return new DefaultProducer(this) {
      @Override
      public void process(Exchange exchange) throws InvalidPayloadException {
        component.intake().take(events(exchange.getMessage()), target);
      }
    };
  }

  /** Those of a batch, whose body is a list of messages, or the one that there is. */
  private static List<Incoming> events(Message message) throws InvalidPayloadException {
    List<Incoming> events = new ArrayList<>();
    if (message.getBody() instanceof List<?> parts
        && !parts.isEmpty()
        && parts.stream().allMatch(Message.class::isInstance)) {
      for (Object part : parts) {
        events.add(IncomingEvents.read((Message) part));
      }
    } else {
      events.add(IncomingEvents.read(message));
    }
    return events;
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("webhook: is only sent to");
  }
}
