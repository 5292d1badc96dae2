package dev.serai;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;

/**
 * Starts the sidecar: one process, a data port for applications and an operator port for people.
 */
@SpringBootApplication(
    exclude = RabbitAutoConfiguration.class) // connections are made by package broker
public class Serai {

  /**
   * Starts Serai and returns once it is ready.
   *
   * @param args Spring Boot properties as {@code --name=value}; the {@code serai} script writes
   *     them
   */
  public static void main(String[] args) {
    StopDeadline.arm();
    SpringApplication.run(Serai.class, args);
  }
}
