package dev.serai;

import dev.serai.broker.EarlyBroker;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the sidecar: one process, a data port for applications and an operator port for people.
 */
@SpringBootApplication
public class Serai {

  /**
   * Starts Serai and returns once it is ready.
   *
   * @param args Spring Boot properties as {@code --name=value}; the {@code serai} script writes
   *     them
   */
  public static void main(String[] args) {
    StopDeadline.arm();
    start(args);
  }

  /** Starts one in this process, which may have others. */
  public static ConfigurableApplicationContext start(String... args) {
    SpringApplication serai = new SpringApplication(Serai.class);
    serai.addInitializers(new EarlyBroker());
    return serai.run(args);
  }
}
