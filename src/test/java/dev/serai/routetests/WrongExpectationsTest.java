package dev.serai.routetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test whose expectation is wrong fails, and says exactly what differs. */
class WrongExpectationsTest {
  private static final Path FILES = Path.of("src/test/resources/route-tests/pack");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"charge-order", "orders"})
  void says_what_differs_and_what_happened(String file) throws IOException {
    ShopPack pack = ShopPack.in(folder);

    List<TestResult> results = RouteTests.runAll(pack.tests(file + ".test.yaml").tests());

    assertThat(results).noneMatch(TestResult::isGood);
    assertThat(results.stream().map(pack::plain).collect(Collectors.joining("\n\n", "", "\n")))
        .isEqualTo(Files.readString(FILES.resolve(file + ".txt")));
  }
}
