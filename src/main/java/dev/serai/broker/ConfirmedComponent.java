package dev.serai.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.apache.camel.component.springrabbit.SpringRabbitMQEndpoint;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.PropertiesHelper;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Camel's component {@code spring-rabbitmq} with another engine under the same scheme: publishing
 * is asynchronous, always confirmed and mandatory; nothing is declared by an endpoint; a failed
 * exchange requeues its message.
 */
class ConfirmedComponent extends SpringRabbitMQComponent {
  private final Publisher publisher;
  private final ConsumerMeters meters;
  private final BrokerSettings.Consuming consuming;
  private final QueueNames names;
  private ExecutorService afterwards;

  @SuppressWarnings("NullAway.Init") // afterwards is made in doInit
  ConfirmedComponent(
      Publisher publisher,
      ConsumerMeters meters,
      BrokerSettings.Consuming consuming,
      QueueNames names,
      MovingQueues moving) {
    this.publisher = publisher;
    this.consuming = consuming;
    this.meters = meters;
    this.names = names;
    setMessageConverter(new RawBody());
    setMessagePropertiesConverter(new ReceivedHeaders(names));
    setListenerContainerFactory(new Containers(names, moving));
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    ThreadPoolProfile profile = new ThreadPoolProfile("serai-confirmed");
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    profile.setPoolSize(threads);
    profile.setMaxPoolSize(threads);
    // Bounded by the messages that the publisher takes. Never on the caller's thread, which reads
    // the broker's confirms.
    profile.setMaxQueueSize(Integer.MAX_VALUE);
    profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
    afterwards =
        getCamelContext()
            .getExecutorServiceManager()
            .newThreadPool(this, "serai-confirmed", profile);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String exchange, Map<String, Object> parameters)
      throws Exception {
    ConfirmedEndpoint endpoint = new ConfirmedEndpoint(uri, this, exchange, options(parameters));
    endpoint.setConnectionFactory(getConnectionFactory());
    endpoint.setTestConnectionOnStartup(isTestConnectionOnStartup());
    endpoint.setMessageConverter(getMessageConverter());
    getMessagePropertiesConverter().setHeaderFilterStrategy(getHeaderFilterStrategy());
    endpoint.setMessagePropertiesConverter(getMessagePropertiesConverter());
    endpoint.setMessageListenerContainerType(getMessageListenerContainerType());
    endpoint.setConcurrentConsumers(getConcurrentConsumers());
    // Not the component's own values: Camel's auto-configuration writes its defaults over them.
    endpoint.setPrefetchCount(consuming.prefetchCount());
    endpoint.setAutoDeclare(false);
    endpoint.setMaximumRetryAttempts(1);
    endpoint.setRejectAndDontRequeue(false);
    Map<String, Object> arguments = new HashMap<>(getArgs() == null ? Map.of() : getArgs());
    arguments.putAll(
        PropertiesHelper.extractProperties(parameters, SpringRabbitMQEndpoint.ARG_PREFIX));
    endpoint.setArgs(arguments);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private ConfirmedEndpoint.Options options(Map<String, Object> parameters) {
    return new ConfirmedEndpoint.Options(
        getAndRemoveParameter(parameters, "republish", boolean.class, false),
        getAndRemoveParameter(parameters, "batchSize", int.class, 1),
        getAndRemoveParameter(parameters, "batchTimeout", long.class, 50L),
        getAndRemoveParameter(parameters, "batchPrefetch", int.class, 2),
        getAndRemoveParameter(
            parameters, "prefetchGlobal", boolean.class, consuming.prefetchGlobal()),
        getAndRemoveParameter(parameters, "moreQueues", String.class, ""));
  }

  QueueNames names() {
    return names;
  }

  Producer createProducer(ConfirmedEndpoint endpoint) {
    return new ConfirmedProducer(endpoint, publisher, afterwards);
  }

  /** What takes messages for an endpoint; something else where there is no broker. */
  Consumer createConsumer(ConfirmedEndpoint endpoint, Processor processor) throws Exception {
    return endpoint.options().batchSize() > 1
        ? new BatchConsumer(endpoint, processor)
        : endpoint.oneByOne(processor);
  }

  Processor watch(ConfirmedEndpoint endpoint, Processor processor) {
    return meters.watch(endpoint.getQueues(), processor);
  }

  @Override
  protected void doShutdown() throws Exception {
    getCamelContext().getExecutorServiceManager().shutdownGraceful(afterwards, 2000);
    super.doShutdown();
  }
}
