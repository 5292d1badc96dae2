import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;

/**
 * In Java, because a misspelled header would be no mistake in YAML: the event would lack its type,
 * silently.
 */
public class AnnounceFiles extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:shared-announce-files")
        .routeId("shared-announce-files")
        .routeDescription(
            "Publishes that changed files of routes and values were taken into use (serai.routes.applied) or refused"
                + " (serai.routes.refused), with the outcome as JSON. When nobody listens, the event is dropped; when"
                + " the broker is away, it is only in the log.")
        .routeConfigurationId("leave-to-caller")
        .setHeader(
            SpringRabbitMQConstants.ROUTING_OVERRIDE_KEY, simple("serai.routes.${header.outcome}"))
        .setHeader(SpringRabbitMQConstants.TYPE, simple("serai.routes.${header.outcome}"))
        .removeHeader("outcome")
        .to("spring-rabbitmq:serai")
        .id("shared-announce-files-to-broker");
  }
}
