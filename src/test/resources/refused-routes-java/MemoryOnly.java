import org.apache.camel.builder.RouteBuilder;

public class MemoryOnly extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-memory-only")
        .routeId("orders-memory-only")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("seda:orders");
  }
}
