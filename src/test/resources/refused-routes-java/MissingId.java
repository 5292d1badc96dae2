import org.apache.camel.builder.RouteBuilder;

public class MissingId extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-missing-id")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("log:orders");
  }
}
