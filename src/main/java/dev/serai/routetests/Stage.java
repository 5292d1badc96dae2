package dev.serai.routetests;

import dev.serai.broker.OfflineBroker;
import dev.serai.javadsl.JavaLoader;
import dev.serai.topology.Topologies;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/**
 * A Camel context of its own for one test: the real route files, and stubs for all that is outside.
 */
final class Stage implements AutoCloseable {
  /** Components that stay in the process and do nothing by themselves. */
  private static final Set<String> INSIDE =
      Set.of(
          "bean",
          "class",
          "dataformat",
          "direct",
          "kamelet",
          "language",
          "log",
          "ref",
          "rest",
          "seda",
          "simple",
          "validator",
          "xslt",
          "jsonpath");

  private static final long PATIENCE_SECONDS = 5;

  private final CountedThreads threads = new CountedThreads();
  private final DefaultCamelContext camel;
  private final StubComponent outside;
  private final OfflineBroker broker;
  private final Recording recording;

  /**
   * Starts it.
   *
   * @param prepared the files in the order in which they are loaded
   * @param answers of stubs, by {@code scheme:path}
   * @param known finds what Camel reads of its own jars, and compiles files in Java
   */
  Stage(
      Prepared prepared, ApplicationBeans beans, Recording recording, Answers answers, Known known)
      throws Exception {
    this.recording = recording;
    outside = new StubComponent(recording, answers, prepared.failures());
    broker =
        new OfflineBroker(
            new StubBroker(beans.get(Topologies.class), recording, answers, prepared.failures()),
            beans.meters());
    camel = context(beans, known.resources());
    camel.getRegistry().bind(JavaLoader.NAME, known.java().loader());
    camel.getExecutorServiceManager().setThreadPoolFactory(threads);
    ComponentResolver real = PluginHelper.getComponentResolver(camel);
    camel
        .getCamelContextExtension()
        .addContextPlugin(ComponentResolver.class, (name, c) -> component(name, c, real));
    RestConsumerFactory entries = this::entry;
    camel.getRegistry().bind("stub-rest", RestConsumerFactory.class, entries);
    RestConfiguration rest = new RestConfiguration();
    rest.setInlineRoutes(false);
    camel.setRestConfiguration(rest);
    camel.addRoutePolicyFactory((context, id, definition) -> new Visits(id));
    for (RouteSource file : prepared.files()) {
      load(file, prepared.policyOf(file));
    }
    camel.start();
  }

  private static DefaultCamelContext context(ApplicationBeans beans, ClassResolver resources) {
    DefaultCamelContext camel =
        new DefaultCamelContext(false) {
          @Override
          protected ClassResolver createClassResolver() {
            return resources;
          }
        };
    camel.disableJMX();
    camel.getCamelContextExtension().setRegistry(new DefaultRegistry(beans));
    camel.build();
    camel.getShutdownStrategy().setTimeout(PATIENCE_SECONDS);
    if (camel.getPropertiesComponent() instanceof PropertiesComponent values) {
      values.addPropertiesSource(beans.values());
      values.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
      values.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    }
    return camel;
  }

  private void load(RouteSource file, Optional<String> policy) throws Exception {
    byte[] text = policy.map(other -> OtherPolicy.in(file.bytes(), other)).orElse(file.bytes());
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromBytes("file:" + file.path(), text));
  }

  private Component component(String name, CamelContext context, ComponentResolver real)
      throws Exception {
    if (name.equals("spring-rabbitmq")) {
      return broker.component();
    }
    Component component = INSIDE.contains(name) ? real.resolveComponent(name, context) : outside;
    if (component instanceof KameletComponent kamelets) {
      kamelets.setNoErrorHandler(true); // as config/application.yaml says
    }
    return component;
  }

  private Consumer entry(
      CamelContext context,
      Processor processor,
      String verb,
      String basePath,
      @Nullable String uriTemplate,
      @Nullable String consumes,
      @Nullable String produces,
      RestConfiguration configuration,
      Map<String, Object> parameters) {
    String path = basePath + (uriTemplate == null ? "" : "/" + uriTemplate);
    String name = verb.toUpperCase(Locale.ROOT) + " " + ("/" + path).replaceAll("/+", "/");
    outside.setCamelContext(context);
    return outside.entry(name, processor);
  }

  CamelContext camel() {
    return camel;
  }

  OfflineBroker broker() {
    return broker;
  }

  StubComponent outside() {
    return outside;
  }

  /** Waits until nothing is under way any more, also what a route did not wait for itself. */
  void await() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (isBusy() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private boolean isBusy() {
    return threads.open() > 0 || camel.getInflightRepository().size() > 0;
  }

  @Override
  public void close() {
    if (!camel.isStopped()) {
      camel.stop();
    }
  }

  private final class Visits extends RoutePolicySupport {
    private final String id;

    Visits(String id) {
      this.id = id;
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
      recording.addRoute(id);
    }
  }
}
