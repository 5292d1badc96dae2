import org.apache.camel.builder.RouteBuilder;

public class FailsToConfigure extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-fails-to-configure").routeId("orders-fails-to-configure");
    throw new IllegalStateException("no list of\n shops");
  }
}
