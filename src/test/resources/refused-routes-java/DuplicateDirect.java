import org.apache.camel.builder.RouteBuilder;

public class DuplicateDirect extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:shared-park-message")
        .routeId("orders-duplicate-direct")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("log:orders");
  }
}
