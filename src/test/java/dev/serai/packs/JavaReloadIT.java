package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an edit of a route file in Java while Serai runs. */
@SuppressWarnings("NullAway.Init") // started before each test
class JavaReloadIT {
  private static final String GREET = "routes/swap/GreetCaller.java";
  private static final String GREETING =
      """
      import org.apache.camel.builder.RouteBuilder;

      public class GreetCaller extends RouteBuilder {
        @Override
        public void configure() {
          from("direct:swap-greet-caller")
              .routeId("swap-greet-caller")
              .routeDescription("Greets its caller; a failure is the caller's.")
              .routeConfigurationId("leave-to-caller")
              .process(exchange -> exchange.getMessage().setBody("hello"))
              .setHeader("value", simple("{{swap.value}}"));
        }
      }
      """;

  private EditedSerai edited;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    edited =
        new EditedSerai(
            folder,
            Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false"));
    edited.write(GREET, GREETING);
    edited.apply();
  }

  @AfterEach
  void stop() {
    edited.close();
  }

  @Test
  void an_edit_takes_effect() throws Exception {
    assertThat(greeting()).isEqualTo("hello");

    edited.edit(GREET, text -> text.replace("hello", "good evening"));
    JsonNode outcome = edited.apply();

    assertThat(outcome.path("loaded")).hasSize(1);
    assertThat(greeting()).isEqualTo("good evening");
    assertThat(edited.status(GREET).path("state").asText()).isEqualTo("LIVE");
  }

  @Test
  void a_mistake_leaves_the_old_one_running() throws Exception {
    edited.edit(GREET, text -> text.replace("setBody", "setBdy"));

    JsonNode outcome = edited.reload();

    assertThat(outcome.path("result").asText()).isEqualTo("UNCHANGED");
    assertThat(outcome.path("refused").findValuesAsText("name")).containsExactly("bad-java");
    assertThat(outcome.path("refused").findValuesAsText("line")).containsExactly("10");
    assertThat(edited.status(GREET).path("state").asText()).isEqualTo("KEPT");
    assertThat(greeting()).isEqualTo("hello");
  }

  @Test
  void what_is_deleted_is_gone() throws Exception {
    Files.delete(edited.file(GREET));

    edited.apply();

    assertThat(edited.camel().getRoute("swap-greet-caller")).isNull();
    assertThat(edited.status(GREET).isMissingNode()).isTrue();
  }

  @Test
  void a_changed_value_or_policy_reaches_it() throws Exception {
    edited.edit("config/swap.yaml", text -> text.replace("one", "two"));
    assertThat(edited.apply().path("loaded").toString()).contains("GreetCaller.java");

    edited.edit("routes/shared/policies/leave-to-caller.camel.yaml", text -> text + "# edited\n");
    assertThat(edited.apply().path("loaded").toString()).contains("GreetCaller.java");
  }

  @Test
  void a_route_in_yaml_that_needs_it_keeps_it_from_being_deleted() throws Exception {
    edited.write(
        "routes/swap/ask.camel.yaml",
        """
        - route:
            id: swap-ask
            description: Asks for a greeting; a failure is the caller's.
            routeConfigurationId: leave-to-caller
            from:
              uri: direct:swap-ask
              steps:
                - to: direct:swap-greet-caller
        """);
    edited.apply();
    Files.delete(edited.file(GREET));

    assertThat(edited.reload().path("refused").findValuesAsText("name"))
        .containsExactly("unreachable-direct");
    assertThat(greeting()).isEqualTo("hello");
  }

  @Test
  void fifty_reloads_leave_no_classes_behind() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    String other = GREETING.replace("hello", "good evening");
    for (int i = 0; i < 50; i++) {
      edited.write(GREET, i % 2 == 0 ? other : GREETING);
      edited.apply();
      assertThat(greeting()).isEqualTo(i % 2 == 0 ? "good evening" : "hello");
      loaders.add(loader());
    }

    await()
        .until(
            () -> {
              System.gc();
              return loaders.stream().filter(loader -> loader.get() != null).count() <= 2;
            });
  }

  private WeakReference<ClassLoader> loader() {
    Model model = edited.camel().getCamelContextExtension().getContextPlugin(Model.class);
    ProcessDefinition step =
        (ProcessDefinition) model.getRouteDefinition("swap-greet-caller").getOutputs().get(0);
    return new WeakReference<>(step.getProcessor().getClass().getClassLoader());
  }

  private String greeting() throws IOException {
    try (FluentProducerTemplate caller = edited.camel().createFluentProducerTemplate()) {
      return caller.to("direct:swap-greet-caller").request(String.class);
    }
  }
}
