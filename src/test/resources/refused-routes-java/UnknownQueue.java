import org.apache.camel.builder.RouteBuilder;

public class UnknownQueue extends RouteBuilder {
  @Override
  public void configure() {
    from("spring-rabbitmq:events?queues=events.neo5j&concurrentConsumer=2")
        .routeId("orders-unknown-queue")
        .routeDescription("Takes events; parks what fails.")
        .routeConfigurationId("retry-then-park")
        .to("log:orders");
  }
}
