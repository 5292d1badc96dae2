package dev.serai.javadsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.checks.FolderCheck;
import dev.serai.checks.Known;
import dev.serai.files.PackValues;
import dev.serai.files.Packs;
import dev.serai.files.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What is read of a route file in Java, and what of it is kept. */
class JavaRoutesTest {
  private static final String PATH = "routes/shop/TakeOrder.java";
  private static final byte[] TAKE_ORDER =
      bytes(
          """
          import org.apache.camel.builder.RouteBuilder;

          public class TakeOrder extends RouteBuilder {
            @Override
            public void configure() {
              rest("/orders").post().routeId("shop-post-order").to("direct:shop-take-order");

              from("spring-rabbitmq:orders?queues=orders.in&prefetchCount={{shop.prefetch}}")
                  .routeId("shop-take-order")
                  .routeDescription("Takes orders.")
                  .routeConfigurationId("retry-then-park")
                  .doTry()
                  .setHeader("total", simple("${body[total]}"))
                  .choice()
                  .when(simple("${header.total} > 10"))
                  .bean("till", "open")
                  .otherwise()
                  .to("direct:shop-refuse")
                  .id("shop-refuse-order")
                  .end()
                  .endDoTry()
                  .doCatch(IllegalStateException.class)
                  .process(exchange -> new Till().close())
                  .end();
            }

            private static final class Till {
              void close() {}
            }
          }
          """);

  @TempDir private Path folder;

  @Test
  void reads_the_same_as_from_the_same_route_in_yaml() throws BadJavaException {
    Object yaml =
        new Yaml()
            .load(
                """
                - route:
                    id: shop-take-order
                    description: Takes orders.
                    routeConfigurationId: retry-then-park
                    from:
                      uri: spring-rabbitmq:orders
                      parameters: {queues: orders.in, prefetchCount: "{{shop.prefetch}}"}
                      steps:
                        - doTry:
                            steps:
                              - setHeader: {name: total, simple: "${body[total]}"}
                              - choice:
                                  when:
                                    - simple: "${header.total} > 10"
                                      steps:
                                        - bean: {ref: till, method: open}
                                  otherwise:
                                    steps:
                                      - to: {id: shop-refuse-order, uri: direct:shop-refuse}
                              - doCatch:
                                  exception: [java.lang.IllegalStateException]
                                  steps:
                                    - process: {}
                - rest:
                    path: /orders
                    post:
                      - {routeId: shop-post-order, to: direct:shop-take-order}
                """);

    assertThat(JavaRoutes.inMemory().outline(PATH, TAKE_ORDER).plain()).isEqualTo(yaml);
  }

  @Test
  void reads_a_policy() throws BadJavaException {
    byte[] policy =
        bytes(
            """
            import org.apache.camel.builder.RouteConfigurationBuilder;

            public class ForgetIt extends RouteConfigurationBuilder {
              @Override
              public void configuration() {
                routeConfiguration("forget-it")
                    .description("Forgets what fails.")
                    .onException(Exception.class)
                    .handled(true)
                    .to("direct:shared-forget");
              }
            }
            """);

    assertThat(JavaRoutes.inMemory().outline("ForgetIt.java", policy).plain())
        .singleElement()
        .asString()
        .startsWith("{routeConfiguration={id=forget-it, description=Forgets what fails.")
        .contains("direct:shared-forget");
  }

  @Test
  void a_later_process_needs_no_compiler_for_what_has_been_compiled() throws BadJavaException {
    RouteBuilder first = new JavaRoutes(folder).builder(PATH, TAKE_ORDER);

    RouteBuilder later = JavaRoutes.withoutJdk(folder).builder(PATH, TAKE_ORDER);

    assertThat(later.getClass().getName()).isEqualTo("TakeOrder");
    assertThat(later.getClass()).isNotSameAs(first.getClass());
  }

  @Test
  void without_a_jdk_a_new_file_is_refused() {
    BadJavaException refused =
        catchThrowableOfType(
            BadJavaException.class, () -> JavaRoutes.withoutJdk(folder).builder(PATH, TAKE_ORDER));

    assertThat(refused.mistakes())
        .containsExactly(
            new BadJavaException.Mistake(
                "needs-jdk",
                1,
                1,
                "this Java runtime (" + System.getProperty("java.home") + ") has no compiler",
                "run Serai with a JDK, or write the route in YAML"));
  }

  @Test
  void without_a_jdk_the_check_names_the_file_in_java_alone() {
    Path routes = Path.of("routes");
    Path config = Path.of("config");
    FolderCheck check =
        new FolderCheck(
            routes,
            PackValues.of(config),
            Known.scannedBeans(),
            JavaRoutes.withoutJdk(folder.resolve("empty")));

    assertThat(check.check(Snapshot.read(new Packs(routes, ""), config)).problems())
        .extracting(problem -> problem.name() + " " + problem.file())
        .containsExactly("needs-jdk routes/shared/AnnounceFiles.java");
  }

  @Test
  void a_damaged_or_read_only_folder_costs_a_compilation_only() throws Exception {
    new JavaRoutes(folder).builder(PATH, TAKE_ORDER);
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.toList()) {
        Files.write(jar, new byte[] {1, 2, 3});
      }
    }
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThat(new JavaRoutes(folder).builder(PATH, TAKE_ORDER)).isNotNull();
    assertThat(new JavaRoutes(file).builder(PATH, TAKE_ORDER)).isNotNull();
    assertThat(JavaRoutes.withoutJdk(folder).builder(PATH, TAKE_ORDER)).isNotNull();
  }

  @Test
  void keeps_the_classes_of_a_hundred_sources() throws IOException {
    ClassFolder classes = new ClassFolder(folder);
    for (int i = 0; i < 103; i++) {
      classes.put("key" + i, new java.util.TreeMap<>(java.util.Map.of("X", new byte[] {1})));
    }

    try (Stream<Path> jars = Files.list(folder)) {
      assertThat(jars).hasSize(100);
    }
  }

  @Test
  void a_configuration_that_does_not_end_is_refused() {
    RouteBuilder endless =
        new RouteBuilder() {
          @Override
          public void configure() throws InterruptedException {
            Thread.currentThread().join();
          }
        };

    assertThatThrownBy(() -> new TrialRun("Endless", Duration.ofMillis(200)).outline(endless))
        .isInstanceOfSatisfying(
            BadJavaException.class,
            e ->
                assertThat(e.mistakes())
                    .extracting(BadJavaException.Mistake::wrong)
                    .isEqualTo(List.of("configure() has not ended after 200 ms")));
  }

  @Test
  void one_that_does_not_end_is_not_run_again() {
    byte[] endless =
        bytes(
            """
            import org.apache.camel.builder.RouteBuilder;

            public class Endless extends RouteBuilder {
              @Override
              public void configure() {
                int times = Integer.getInteger("test.endless", 0);
                System.setProperty("test.endless", String.valueOf(times + 1));
                throw new IllegalStateException("no");
              }
            }
            """);
    JavaRoutes java = JavaRoutes.inMemory();
    System.clearProperty("test.endless");

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> java.outline("pack/Endless.java", endless))
          .isInstanceOf(BadJavaException.class);
    }

    assertThat(Integer.getInteger("test.endless")).isOne();
    System.clearProperty("test.endless");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
