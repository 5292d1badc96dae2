package dev.serai.broker;

import com.rabbitmq.client.ConnectionFactory;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;

/** The one broker of this process and the ways to connect to it. */
@Configuration(proxyBeanMethods = false)
class BrokerConnections {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnections.class);

  @Bean
  SettingsReader.Found brokerConfiguration(Environment environment) {
    return new SettingsReader(environment::getProperty).read();
  }

  @Bean
  BrokerSettings brokerSettings(SettingsReader.Found found) {
    return found.settings();
  }

  /** Stops after everything that connects to it, since those beans depend on this one. */
  @Bean
  @DependsOn("brokerConfiguration") // says what is wrong with the settings
  @Nullable EmbeddedBroker embeddedBroker(EarlyBroker.Starting starting) {
    return starting.take();
  }

  @Bean
  @DependsOn("embeddedBroker")
  Transport transport(SettingsReader.Found found, ObjectProvider<EmbeddedBroker> embedded) {
    BrokerSettings.Address address = found.settings().address();
    EmbeddedBroker broker = embedded.getIfAvailable();
    TransportChoice choice = found.choice();
    Transport transport =
        broker == null
            ? new Transport(choice.mode(), choice.reason(), address.host(), address.port())
            : new Transport(choice.mode(), choice.reason(), EmbeddedBroker.HOST, broker.port());
    LOG.info("{}", transport.announcement());
    return transport;
  }

  @Bean
  @DependsOn("embeddedBroker")
  ConnectionFactory brokerClient(
      BrokerSettings settings, ObjectProvider<EmbeddedBroker> embedded, StopCut cut)
      throws GeneralSecurityException {
    EmbeddedBroker broker = embedded.getIfAvailable();
    ConnectionFactory client = broker == null ? rabbitMq(settings) : broker.client();
    client.setConnectionTimeout(Math.toIntExact(settings.connection().connectTimeout().toMillis()));
    client.setHandshakeTimeout(Math.toIntExact(settings.connection().connectTimeout().toMillis()));
    client.setRequestedHeartbeat(Math.toIntExact(settings.connection().heartbeat().toSeconds()));
    client.setSocketConfigurator(client.getSocketConfigurator().andThen(cut));
    // Spring and the publisher reopen connections themselves.
    client.setAutomaticRecoveryEnabled(false);
    client.setTopologyRecoveryEnabled(false);
    return client;
  }

  private static ConnectionFactory rabbitMq(BrokerSettings settings)
      throws GeneralSecurityException {
    BrokerSettings.Address address = settings.address();
    ConnectionFactory client = new ConnectionFactory();
    client.setHost(address.host());
    client.setPort(address.port());
    client.setVirtualHost(address.virtualHost());
    client.setUsername(settings.login().username());
    client.setPassword(settings.login().password());
    if (address.tls()) {
      client.useSslProtocol(javax.net.ssl.SSLContext.getDefault());
      client.enableHostnameVerification();
    }
    return client;
  }

  @Bean
  CachingConnectionFactory rabbitConnectionFactory(
      ConnectionFactory brokerClient, ConnectionState state) {
    CachingConnectionFactory factory = new CachingConnectionFactory(brokerClient);
    factory.setAddressResolver(new ConsumerAddress(brokerClient, state));
    factory.setConnectionNameStrategy(connections -> "serai");
    factory.setExecutor(Executors.newCachedThreadPool(BrokerConnections::consumerThread));
    return factory;
  }

  /**
   * A thread for each consumer that has a message. The client's own pool has one per processor for
   * all consumers together: a few slow routes would hold up all others.
   */
  private static Thread consumerThread(Runnable work) {
    Thread thread = new Thread(work, "serai-consumer");
    thread.setDaemon(true);
    return thread;
  }

  @Bean
  RabbitAdmin brokerAdmin(CachingConnectionFactory rabbitConnectionFactory) {
    return new RabbitAdmin(rabbitConnectionFactory);
  }

  @Bean
  ConnectionState connectionState() {
    return new ConnectionState(Clock.systemUTC());
  }
}
