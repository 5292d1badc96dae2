import org.apache.camel.builder.RouteBuilder;

public class MissingParameter extends RouteBuilder {
  @Override
  public void configure() {
    routeTemplate("orders-missing-parameter-stamp")
        .templateParameter("text")
        .from("kamelet:source")
        .routeConfigurationId("leave-to-caller")
        .log("{{text}}");
    from("direct:orders-missing-parameter")
        .routeId("orders-missing-parameter")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .to("kamelet:orders-missing-parameter-stamp");
  }
}
