import org.apache.camel.builder.RouteBuilder;

public class UnknownPolicy extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-unknown-policy")
        .routeId("orders-unknown-policy")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caler")
        .to("log:orders");
  }
}
