package dev.serai.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedBeanInfosTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() throws Exception {
    camel.getCamelContextExtension().setManagementMBeanAssembler(new SharedBeanInfos(camel));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:a").process(exchange -> {}).id("one").process(exchange -> {}).id("two");
            from("direct:b").process(new Painter()).id("three").process(exchange -> {}).id("four");
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  /** One that has more to show than every other step. */
  @ManagedResource
  public static final class Painter implements Processor {
    @ManagedAttribute
    public String getColour() {
      return "blue";
    }

    @Override
    public void process(Exchange exchange) {
      // nothing to do
    }
  }

  @Test
  void beans_of_one_class_have_their_own_values() throws Exception {
    MBeanServer server = camel.getManagementStrategy().getManagementAgent().getMBeanServer();
    List<Object> ids = new ArrayList<>();
    List<Object> colours = new ArrayList<>();

    for (ObjectName name :
        server.queryNames(new ObjectName("org.apache.camel:*,type=processors"), null)) {
      ids.add(server.getAttribute(name, "ProcessorId"));
      for (var attribute : server.getMBeanInfo(name).getAttributes()) {
        if (attribute.getName().equals("Colour")) {
          colours.add(server.getAttribute(name, "Colour"));
        }
      }
    }

    assertThat(ids).containsExactlyInAnyOrder("one", "two", "three", "four");
    assertThat(colours).containsExactly("blue");
  }
}
