import org.apache.camel.builder.RouteBuilder;

public class UnknownThings extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:orders-unknown-things")
        .routeId("orders-unknown-things")
        .routeDescription("Takes orders; a failure is the caller's.")
        .routeConfigurationId("leave-to-caller")
        .setHeader("limit", simple("{{debias.graph.answer-limmit}}"))
        .choice()
        .when(simple("${body.size > 1}"))
        .bean("debiasEvent", "read")
        .otherwise()
        .to("direct:shared-publsh")
        .end()
        .to("spring-rabbitmq:evens?routingKey=a")
        .to("loog:orders?showAl=true");
  }
}
