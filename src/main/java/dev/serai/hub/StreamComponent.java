package dev.serai.hub;

import dev.serai.endpoints.NamedEndpointUris;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code sse:} and {@code websocket:}, whose endpoints tell a message's body to all who follow a
 * topic.
 */
final class StreamComponent extends DefaultComponent {
  private static final int THREADS = 2;

  private final Hub hub;
  private final Channel channel;
  private ExecutorService afterwards;

  @SuppressWarnings("NullAway.Init") // afterwards is made in doInit
  StreamComponent(Hub hub, Channel channel) {
    this.hub = hub;
    this.channel = channel;
    setAutowiredEnabled(false);
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    afterwards =
        getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "serai-" + channel.label(), THREADS);
  }

  @Override
  protected void doShutdown() throws Exception {
    getCamelContext().getExecutorServiceManager().shutdownNow(afterwards);
    super.doShutdown();
  }

  @Override
  protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
    parameters.putIfAbsent("topic", NamedEndpointUris.decoded(path));
    return new StreamEndpoint(
        uri,
        this,
        Wording.read(
            getCamelContext(), name -> getAndRemoveParameter(parameters, name, String.class)));
  }

  /** Where routes go on, which may take long. */
  Executor afterwards() {
    return afterwards;
  }

  Hub hub() {
    return hub;
  }

  Channel channel() {
    return channel;
  }
}
