package dev.serai.http;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.rest.RestComponent;

/**
 * Decides on which port a rest block answers: those of {@code routes/shared/operator} on the
 * operator port, all others on the data port.
 */
final class RestPorts extends RestComponent {
  private static final String OPERATOR_ROUTES = "shared-operator-";

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    boolean operator = String.valueOf(parameters.get("routeId")).startsWith(OPERATOR_ROUTES);
    parameters.put("consumerComponentName", operator ? "servlet" : DataPort.SCHEME);
    return super.createEndpoint(uri, remaining, parameters);
  }
}
