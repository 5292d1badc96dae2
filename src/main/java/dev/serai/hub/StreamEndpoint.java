package dev.serai.hub;

import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;

/** A topic that routes send to. */
final class StreamEndpoint extends DefaultEndpoint {
  private final StreamComponent component;
  private final Wording wording;

  StreamEndpoint(String uri, StreamComponent component, Wording wording) {
    super(uri, component);
    this.component = component;
    this.wording = wording;
  }

  @Override
  public Producer createProducer() {
    return new Telling(this);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("Clients follow a topic over HTTP, routes do not");
  }

  /** Goes on when the update is kept, on another thread. */
  private static final class Telling extends DefaultAsyncProducer {
    private final StreamEndpoint endpoint;

    Telling(StreamEndpoint endpoint) {
      super(endpoint);
      this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      try {
        endpoint
            .wording
            .tell(endpoint.component.hub(), endpoint.component.channel(), exchange)
            .whenCompleteAsync(
                (id, failure) -> {
                  if (failure != null) {
                    exchange.setException(
                        failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
                  }
                  callback.done(false);
                },
                endpoint.component.afterwards());
        return false;
      } catch (RuntimeException e) {
        exchange.setException(e);
        callback.done(true);
        return true;
      }
    }
  }
}
