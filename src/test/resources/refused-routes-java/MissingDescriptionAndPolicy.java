import org.apache.camel.builder.RouteBuilder;

public class MissingDescriptionAndPolicy extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-x").routeId("orders-missing-description-and-policy").to("log:orders");
  }
}
