package dev.serai.console;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.management.JmxManagementLifecycleStrategy;
import org.apache.camel.management.JmxManagementStrategyFactory;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Camel's JMX beans, without those of the steps of policies. Steps, endpoints and services have
 * beans only while there are few routes, because each takes some 13 KiB; every route has its own.
 *
 * <p>Camel keeps a counter for each of these per route that uses the policy. It forgets a route's
 * counters by the route that a step belongs to; a policy's belong to none, so that every route that
 * was ever loaded again would be kept for ever.
 */
@Component
class StepBeans implements CamelContextConfiguration {

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    new JmxManagementStrategyFactory()
        .setupManagement(camel, camel.getManagementStrategy(), new StepsOfRoutes(camel));
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // nothing to do
  }

  private static final int MOST_ROUTES = 300;

  private static final class StepsOfRoutes extends JmxManagementLifecycleStrategy {

    private final CamelContext camel;

    StepsOfRoutes(CamelContext camel) {
      super(camel);
      this.camel = camel;
    }

    @Override
    protected boolean registerProcessor(ProcessorDefinition<?> step) {
      return isSmall()
          && super.registerProcessor(step)
          && ProcessorDefinitionHelper.getRoute(step) != null;
    }

    @Override
    public void onServiceAdd(CamelContext context, Service service, @Nullable Route route) {
      if (isSmall() || service instanceof Route) {
        super.onServiceAdd(context, service, route);
      }
    }

    @Override
    public void onEndpointAdd(Endpoint endpoint) {
      if (isSmall()) {
        super.onEndpointAdd(endpoint);
      }
    }

    private boolean isSmall() {
      return camel.getRoutesSize() < MOST_ROUTES;
    }
  }
}
