package dev.serai.console;

import org.apache.camel.CamelContext;
import org.apache.camel.management.JmxManagementLifecycleStrategy;
import org.apache.camel.management.JmxManagementStrategyFactory;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Camel's JMX beans, without those of the steps of policies.
 *
 * <p>Each step has a bean only while there are few routes, because thousands of them fill the
 * memory; each route has its own in any case. Camel keeps a counter for each of these per route
 * that uses the policy. It forgets a route's counters by the route that a step belongs to; a
 * policy's belong to none, so that every route that was ever loaded again would be kept for ever.
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

  /** About 10 KiB each route. */
  private static final int MOST_ROUTES = 300;

  private static final class StepsOfRoutes extends JmxManagementLifecycleStrategy {

    private final CamelContext camel;

    StepsOfRoutes(CamelContext camel) {
      super(camel);
      this.camel = camel;
    }

    @Override
    protected boolean registerProcessor(ProcessorDefinition<?> step) {
      return super.registerProcessor(step)
          && camel.getRoutesSize() < MOST_ROUTES
          && ProcessorDefinitionHelper.getRoute(step) != null;
    }
  }
}
