package dev.serai.hub;

import dev.serai.endpoints.NamedEndpointUris;
import java.util.Set;

/** Makes {@code sse:topic} and {@code websocket:topic} of the parameters of a route's step. */
public final class StreamUriFactory extends NamedEndpointUris {
  public StreamUriFactory() {
    super(Set.of("sse", "websocket"), "topic", Set.of("event", "id", "private", "retry"));
  }
}
