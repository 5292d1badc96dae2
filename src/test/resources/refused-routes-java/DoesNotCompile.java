import org.apache.camel.builder.RouteBuilder;

public class DoesNotCompile extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-does-not-compile")
        .routeIdentity("orders-does-not-compile")
        .to("log:orders");
    int wrong = "text";
  }
}
