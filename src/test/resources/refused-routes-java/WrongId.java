import org.apache.camel.builder.RouteBuilder;

public class WrongId extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-other")
        .routeId("orders-other")
        .description("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("log:orders");
  }
}
