package dev.serai.hub;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/**
 * Makes {@code sse:topic} and {@code websocket:topic} of the parameters of a route's step, so that
 * endpoints are named by their topic. Camel finds it by its name.
 */
public final class StreamUriFactory extends EndpointUriFactorySupport {
  private static final String TOPIC = "topic";
  private static final Set<String> NAMES = Set.of(TOPIC, "event", "id", "private", "retry");
  private static final Set<String> SCHEMES = Set.of("sse", "websocket");

  @Override
  public boolean isEnabled(String scheme) {
    return SCHEMES.contains(scheme);
  }

  @Override
  public String buildUri(String scheme, Map<String, Object> properties, boolean encode) {
    Map<String, Object> rest = new HashMap<>(properties);
    Object topic = rest.remove(TOPIC);
    return buildQueryParameters(scheme + ":" + (topic == null ? "" : topic), rest, encode);
  }

  @Override
  public Set<String> propertyNames() {
    return NAMES;
  }

  @Override
  public Set<String> secretPropertyNames() {
    return Set.of();
  }

  @Override
  public Map<String, String> multiValuePrefixes() {
    return Map.of();
  }

  @Override
  public boolean isLenientProperties() {
    return false;
  }
}
