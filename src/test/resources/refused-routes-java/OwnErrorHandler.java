import org.apache.camel.builder.RouteBuilder;

public class OwnErrorHandler extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-own-error-handler")
        .routeId("orders-own-error-handler")
        .routeDescription("Takes an order.")
        .routeConfigurationId("park-at-once")
        .errorHandler(noErrorHandler())
        .stop();
  }
}
