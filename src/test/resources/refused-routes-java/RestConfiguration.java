import org.apache.camel.builder.RouteBuilder;

public class RestConfiguration extends RouteBuilder {
  @Override
  public void configure() {
    restConfiguration().contextPath("/orders");
  }
}
