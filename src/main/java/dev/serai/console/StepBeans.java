package dev.serai.console;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.management.JmxManagementLifecycleStrategy;
import org.apache.camel.management.JmxManagementStrategyFactory;
import org.apache.camel.management.mbean.ManagedRoute;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Camel's JMX beans, without those of the steps of policies. Steps, endpoints and services have
 * beans only while there are few routes, because each takes some 13 KiB; every route has its own.
 *
 * <p>Camel keeps a counter for each of these per route that uses the policy. It forgets a route's
 * counters by the route that a step belongs to; a policy's belong to none, so that every route that
 * was ever loaded again would be kept for ever.
 *
 * <p>Another thread makes them known, but for those of routes: at a start they took a seventh of
 * the time, and nobody looks at them in the first second.
 */
@Component
class StepBeans implements CamelContextConfiguration {

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    camel.getCamelContextExtension().setManagementMBeanAssembler(new SharedBeanInfos(camel));
    new JmxManagementStrategyFactory()
        .setupManagement(camel, camel.getManagementStrategy(), new StepsOfRoutes(camel));
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // nothing to do
  }

  private static final int MOST_ROUTES = 300;

  private static final class StepsOfRoutes extends JmxManagementLifecycleStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(StepBeans.class);
    private static final long LONGEST_REST = 2; // seconds

    private final CamelContext camel;
    private final ExecutorService later =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "serai-jmx");
              thread.setDaemon(true);
              return thread;
            });

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

    @Override
    protected void manageObject(Object bean) throws Exception {
      if (bean instanceof ManagedRoute || later.isShutdown()) {
        super.manageObject(bean);
      } else {
        later.execute(() -> tryTo(() -> super.manageObject(bean)));
      }
    }

    @Override
    protected void unmanageObject(Object bean) throws Exception {
      if (bean instanceof ManagedRoute || later.isShutdown()) {
        super.unmanageObject(bean);
      } else {
        later.execute(() -> tryTo(() -> super.unmanageObject(bean)));
      }
    }

    private static void tryTo(Change change) {
      try {
        change.make();
      } catch (Exception e) {
        LOG.warn("A bean of JMX is missing, or is left", e);
      }
    }

    @Override
    protected void doStop() throws Exception {
      later.shutdown();
      if (!later.awaitTermination(LONGEST_REST, TimeUnit.SECONDS)) {
        later.shutdownNow();
      }
      super.doStop();
    }

    private boolean isSmall() {
      return camel.getRoutesSize() < MOST_ROUTES;
    }

    private interface Change {
      void make() throws Exception;
    }
  }
}
