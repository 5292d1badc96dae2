import org.apache.camel.builder.RouteBuilder;

public class DuplicateId extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-duplicate-id")
        .routeId("orders-duplicate-id")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("log:orders");
    from("direct:orders-duplicate-id-2")
        .routeId("orders-duplicate-id")
        .routeDescription("Takes others; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("log:orders");
  }
}
