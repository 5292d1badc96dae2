package dev.serai.packs;

import org.apache.camel.CamelContext;
import org.apache.camel.ContextEvents;
import org.apache.camel.clock.Clock;
import org.apache.camel.spi.StartupConditionStrategy;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelConfigurationProperties;
import org.apache.camel.spring.boot.CamelSpringBootApplicationController;
import org.apache.camel.spring.boot.SpringBootCamelContext;
import org.apache.camel.spring.spi.CamelBeanPostProcessor;
import org.apache.camel.support.ResetableClock;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the routes live: the context that Camel's own configuration would make, but for many. */
@Configuration(proxyBeanMethods = false)
class RouteContext {

  @Bean
  CamelContext camelContext(
      ApplicationContext application,
      CamelConfigurationProperties settings,
      CamelBeanPostProcessor beans,
      StartupConditionStrategy conditions)
      throws Exception {
    Clock boot = new ResetableClock();
    CamelSpringBootApplicationController controller =
        new CamelSpringBootApplicationController(application);
    CamelContext camel = new ForManyRoutes(application, settings, controller);
    camel.getClock().add(ContextEvents.BOOT, boot);
    controller.setCamelContext(camel);
    beans.setCamelContext(camel);
    camel.getCamelContextExtension().addContextPlugin(CamelBeanPostProcessor.class, beans);
    camel.getCamelContextExtension().addContextPlugin(StartupConditionStrategy.class, conditions);
    return CamelAutoConfiguration.doConfigureCamelContext(application, camel, settings, controller);
  }

  /**
   * Before it adds a route Camel removes the one of that id, and before it removes one it asks all
   * routes for all their endpoints, even when there is none of that id: with each route a start
   * took longer for all others.
   */
  private static final class ForManyRoutes extends SpringBootCamelContext {
    ForManyRoutes(
        ApplicationContext application,
        CamelConfigurationProperties settings,
        CamelSpringBootApplicationController controller) {
      super(application, settings.getMain().isWarnOnEarlyShutdown(), controller);
    }

    @Override
    public boolean removeRoute(String id) throws Exception {
      return getRouteController().getRouteStatus(id) != null && super.removeRoute(id);
    }
  }
}
