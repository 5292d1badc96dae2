package dev.serai.broker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the embedded broker, if there is to be one, while Spring still looks for its beans. */
public final class EarlyBroker
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment environment = context.getEnvironment();
    Starting starting =
        new Starting(
            CompletableFuture.supplyAsync(() -> start(environment), EarlyBroker::runBeside));
    DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
    beans.registerSingleton("startingBroker", starting);
    beans.registerDisposableBean("startingBroker", starting);
  }

  private static void runBeside(Runnable task) {
    Thread thread = new Thread(task, "serai-early-broker");
    thread.setDaemon(true);
    thread.start();
  }

  private static Optional<EmbeddedBroker> start(Environment environment) {
    SettingsReader.Found found = new SettingsReader(environment::getProperty).read();
    if (found.choice().mode() == Transport.Mode.RABBITMQ) {
      return Optional.empty();
    }
    Path data = Path.of(environment.getRequiredProperty("serai.data"));
    BrokerFolder folder = BrokerFolder.lock(data, found.embedded().durable());
    return Optional.of(new EmbeddedBroker(folder, found.embedded().housekeeping()));
  }

  /** The embedded broker that starts; closed again when no bean has taken it. */
  static final class Starting implements DisposableBean {
    private final CompletableFuture<Optional<EmbeddedBroker>> broker;
    private boolean taken;

    private Starting(CompletableFuture<Optional<EmbeddedBroker>> broker) {
      this.broker = broker;
    }

    /**
     * Waits for it.
     *
     * @return null: there is to be none
     * @throws BrokerStartException if it cannot start
     */
    @Nullable EmbeddedBroker take() {
      try {
        taken = true;
        return broker.join().orElse(null);
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException reason ? reason : e;
      }
    }

    @Override
    public void destroy() {
      if (!taken) {
        broker
            .exceptionally(failure -> Optional.empty()) // nobody is interested any more
            .thenAccept(started -> started.ifPresent(EmbeddedBroker::close))
            .join();
      }
    }
  }
}
