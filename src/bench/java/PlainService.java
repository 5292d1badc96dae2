import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What Serai is compared with: the usual Spring Boot MVC service with a RabbitTemplate, which answers after the confirm
 * as well. With its defaults it keeps 25 channels, and opens and closes more for each request beyond.
 */
@SpringBootConfiguration
@ImportAutoConfiguration({
  PropertyPlaceholderAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  ServletWebServerFactoryAutoConfiguration.class,
  EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  RabbitAutoConfiguration.class
})
@RestController
public class PlainService {
  private final RabbitTemplate rabbit;

  PlainService(RabbitTemplate rabbit) {
    this.rabbit = rabbit;
  }

  public static void main(String[] arguments) {
    SpringApplication service = new SpringApplication(PlainService.class);
    service.setDefaultProperties(
        Map.of(
            "spring.config.location", "optional:classpath:/none/",
            "spring.rabbitmq.publisher-confirm-type", "correlated",
            "spring.rabbitmq.publisher-returns", "true",
            "spring.rabbitmq.template.mandatory", "true",
            "server.address", "127.0.0.1",
            "server.tomcat.max-keep-alive-requests", "-1", // else each connection ends after 100
            "logging.level.root", "warn"));
    service.run(arguments);
  }

  record Event(Integer user_id, Integer product_id, String event_type, String user_session) {}

  @PostMapping("/events")
  ResponseEntity<Map<String, Object>> post(@RequestBody Event event) throws Exception {
    if (event.user_id() == null
        || event.product_id() == null
        || event.event_type() == null
        || event.event_type().isEmpty()) {
      return ResponseEntity.badRequest().build();
    }
    String id = UUID.randomUUID().toString();
    String json =
        "{\"user_id\":%d,\"product_id\":%d,\"event_type\":\"%s\",\"user_session\":\"%s\",\"event_id\":\"%s\"}"
            .formatted(
                event.user_id(), event.product_id(), event.event_type(), event.user_session(), id);
    Message message =
        MessageBuilder.withBody(json.getBytes(StandardCharsets.UTF_8))
            .setContentType("application/json")
            .setMessageId(id)
            .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
            .build();
    CorrelationData confirm = new CorrelationData(id);
    rabbit.send("events", "user.event", message, confirm);
    boolean safe =
        confirm.getFuture().get(10, TimeUnit.SECONDS).isAck() && confirm.getReturned() == null;
    return safe
        ? ResponseEntity.ok(Map.of("status", "Event queued", "event_id", id, "state", "confirmed"))
        : ResponseEntity.status(503).build();
  }
}
