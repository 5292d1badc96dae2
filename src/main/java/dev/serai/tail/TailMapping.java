package dev.serai.tail;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Where the live tail answers: on the operator port, before its routes. */
@Configuration(proxyBeanMethods = false)
class TailMapping {

  @Bean
  SimpleUrlHandlerMapping tailPath(TailRequests tails) {
    return new SimpleUrlHandlerMapping(Map.of("/consume", tails), Ordered.LOWEST_PRECEDENCE - 3);
  }
}
