package dev.serai;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Keeps out of the start what Spring Boot and Camel would configure because a library is there, and
 * no part of Serai uses: together a twelfth of the start's processor time.
 */
final class UnusedParts implements AutoConfigurationImportFilter {
  private static final String SPRING = "org.springframework.boot.autoconfigure.";
  private static final String ACTUATOR = "org.springframework.boot.actuate.autoconfigure.";
  private static final String CAMEL = "org.apache.camel.spring.boot.";

  /** Beginnings of their names. */
  static final List<String> UNUSED =
      List.of(
          // connections are made by the packages that use them
          SPRING + "amqp.RabbitAuto",
          SPRING + "data.redis.",
          SPRING + "neo4j.",
          SPRING + "sql.init.",
          // calls go out through other clients, and come in through Vert.x
          SPRING + "http.client.",
          SPRING + "web.client.",
          ACTUATOR + "observation.web.client.",
          SPRING + "netty.",
          SPRING + "reactor.",
          SPRING + "web.servlet.Multipart",
          SPRING + "websocket.",
          SPRING + "data.web.",
          SPRING + "gson.",
          // no class has annotations that Spring acts upon when it is called
          SPRING + "aop.",
          SPRING + "cache.",
          ACTUATOR + "metrics.cache.",
          SPRING + "dao.",
          ACTUATOR + "metrics.data.",
          SPRING + "task.",
          ACTUATOR + "metrics.task.",
          ACTUATOR + "scheduling.",
          // certificates and secrets are those of Serai's own settings
          ACTUATOR + "ssl.",
          CAMEL + "vault.",
          CAMEL + "cloud.");

  @Override
  public boolean[] match(String[] parts, AutoConfigurationMetadata metadata) {
    boolean[] used = new boolean[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      used[i] = part != null && UNUSED.stream().noneMatch(part::startsWith); // null: out already
    }
    return used;
  }
}
