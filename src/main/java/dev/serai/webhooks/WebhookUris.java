package dev.serai.webhooks;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/** Puts together {@code webhook:all} from what a route file has below {@code parameters}. */
public final class WebhookUris extends EndpointUriFactorySupport implements EndpointUriFactory {
  private static final String TARGET = "target";

  @Override
  public boolean isEnabled(String scheme) {
    return scheme.equals("webhook");
  }

  @Override
  public String buildUri(String scheme, Map<String, Object> properties, boolean encode)
      throws URISyntaxException {
    Map<String, Object> left = new HashMap<>(properties);
    String uri =
        buildPathParameter(scheme + ":target", scheme + ":target", TARGET, null, true, left);
    return buildQueryParameters(uri, left, encode);
  }

  @Override
  public Set<String> propertyNames() {
    return Set.of(TARGET);
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
