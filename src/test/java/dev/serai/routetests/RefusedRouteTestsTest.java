package dev.serai.routetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.checks.RouteProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mistake in a file of tests has its message: where, what is wrong, what to write instead.
 */
class RefusedRouteTestsTest {
  private static final Path FILES = Path.of("src/test/resources/route-tests/refused");
  private static final String ENDING = ".test.yaml";

  @TempDir private Path folder;
  private ShopPack pack;

  @BeforeEach
  void write_the_pack() throws IOException {
    pack = ShopPack.in(folder);
  }

  @TestFactory
  Stream<DynamicTest> every_mistake_is_named_with_its_place_and_remedy() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(FILES)) {
      files = found.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(messages(file)).isEqualTo(expected(file))));
  }

  private String messages(Path file) throws IOException {
    pack.with("charge-order.test.yaml", Files.readString(file));
    RouteTests.TestsOfFile tests = pack.tests("charge-order.test.yaml");
    assertThat(tests.tests()).isEmpty();
    return tests.problems().stream().map(pack::plain).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String expected(Path file) throws IOException {
    return Files.readString(Path.of(file.toString().replace(ENDING, ".txt")));
  }

  @Test
  void a_file_without_a_route_beside_it_is_refused() {
    pack.with("charge-orders.test.yaml", "tests: {a test: {send: {}, expect: {}}}");

    assertThat(pack.tests("charge-orders.test.yaml").problems())
        .singleElement()
        .extracting(pack::plain)
        .isEqualTo(
            """
            unknown-route: routes/shop/charge-orders.test.yaml:1:1
              there is no route file beside this one; name it as the route's file, with .test.yaml in\
             the place of .camel.yaml""");
  }

  @Test
  void a_test_of_a_policy_must_send_to_a_route_that_uses_it() throws IOException {
    Path file = folder.resolve("routes/shared/policies/retry-then-park.test.yaml");
    String test = "tests: {a test: {send: {%s}, expect: {others: ignored}}}";

    Files.writeString(file, test.formatted("route: shop-take-order"));
    assertThat(pack.tests("retry-then-park.test.yaml").problems())
        .extracting(RouteProblem::toString)
        .singleElement()
        .asString()
        .contains("no route that the test sends to uses the policy beside");
    Files.writeString(file, test.formatted("queue: orders.charge"));
    assertThat(pack.tests("retry-then-park.test.yaml").problems()).isEmpty();
  }

  @Test
  void a_route_file_that_cannot_be_read_is_named_as_the_reason() {
    pack.with("charge-order.camel.yaml", "- route: {id: x\n");

    assertThat(pack.tests("charge-order.test.yaml").problems())
        .extracting(pack::plain)
        .containsExactly(
            """
            bad-route: routes/shop/charge-order.test.yaml:1:1
              the route file beside has no route that can be read; ./serai check says what is wrong\
             there""");
  }

  @Test
  void a_route_file_that_holds_itself_or_grows_without_end_hangs_nothing() {
    String bomb =
        "- &a [x,x,x,x,x,x,x,x,x]\n"
            + IntStream.range(0, 9)
                .mapToObj(
                    i ->
                        "- &%c [*%c,*%c,*%c,*%c]\n"
                            .formatted('b' + i, 'a' + i, 'a' + i, 'a' + i, 'a' + i))
                .collect(Collectors.joining());
    for (String text : List.of("- &a [*a]\n", "- &a {b: *a}\n", bomb)) {
      pack.with("charge-order.camel.yaml", text);

      assertThat(pack.tests("charge-order.test.yaml").problems())
          .extracting(RouteProblem::name)
          .containsExactly("bad-route");
    }
  }

  @Test
  void a_file_that_is_too_large_or_no_text_is_refused() throws IOException {
    Path file = folder.resolve("routes/shop/charge-order.test.yaml");

    Files.write(file, new byte[50 << 20]);
    assertThat(pack.tests("charge-order.test.yaml").problems())
        .extracting(RouteProblem::name)
        .containsExactly("too-large");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(pack.tests("charge-order.test.yaml").problems())
        .extracting(RouteProblem::wrong)
        .containsExactly("the file is no UTF-8 text");
    Files.write(file, new byte[0]);
    assertThat(pack.tests("charge-order.test.yaml").problems())
        .extracting(RouteProblem::wrong)
        .containsExactly("the file is empty");
  }
}
