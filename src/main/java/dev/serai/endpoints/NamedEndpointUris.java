package dev.serai.endpoints;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/**
 * Makes {@code scheme:name} of what a route file has below {@code parameters}, so that endpoints
 * are named by one of these. Camel finds the factory of a scheme by a file in {@code META-INF}.
 */
public abstract class NamedEndpointUris extends EndpointUriFactorySupport {
  private final Set<String> schemes;
  private final String name;
  private final Set<String> parameters;

  /**
   * Of some schemes.
   *
   * @param name the parameter that follows the scheme
   * @param others all that there are beside it
   */
  protected NamedEndpointUris(Set<String> schemes, String name, Set<String> others) {
    this.schemes = schemes;
    this.name = name;
    this.parameters = new HashSet<>(others);
    this.parameters.add(name);
  }

  @Override
  public final boolean isEnabled(String scheme) {
    return schemes.contains(scheme);
  }

  @Override
  public final String buildUri(String scheme, Map<String, Object> properties, boolean encode) {
    Map<String, Object> rest = new HashMap<>(properties);
    Object named = rest.remove(name);
    return buildQueryParameters(
        scheme + ":" + (named == null ? "" : encoded(named.toString())), rest, encode);
  }

  private static String encoded(String name) {
    String plain = name.replace("%", "%25").replace("?", "%3F").replace("#", "%23");
    plain = plain.startsWith("/") ? "%2F" + plain.substring(1) : plain;
    return plain.replace("%", "%2525"); // Camel decodes twice before it looks for a ?
  }

  /** The name as it was written, of what an endpoint is given as the rest of its address. */
  public static String decoded(String rest) {
    return rest.replace("%2F", "/").replace("%23", "#").replace("%3F", "?").replace("%25", "%");
  }

  @Override
  public final Set<String> propertyNames() {
    return parameters;
  }

  @Override
  public final Set<String> secretPropertyNames() {
    return Set.of();
  }

  @Override
  public final Map<String, String> multiValuePrefixes() {
    return Map.of();
  }

  @Override
  public final boolean isLenientProperties() {
    return false;
  }
}
