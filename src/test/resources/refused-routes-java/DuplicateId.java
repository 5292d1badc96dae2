import org.apache.camel.builder.RouteBuilder;

public class DuplicateId extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-duplicate-id")
        .routeId("debias-publish-event")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("log:orders");
  }
}
