package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestRoutesCommandTest {
  private static final String ROUTE =
      """
      - route:
          id: shop-greet
          description: Greets.
          from:
            uri: direct:shop-greet
            steps:
              - setBody:
                  simple: "Hello ${body}, {{shop.wish}}"
      """;
  private static final String TEST =
      """
      tests:
        greets whoever comes:
          send: {body: Ann}
          expect: {body: "Hello Ann, good day"}
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void write_a_pack() throws IOException {
    Files.createDirectories(folder.resolve("routes/shop"));
    Files.createDirectories(folder.resolve("config"));
    Files.copy(Path.of("config/application.yaml"), folder.resolve("config/application.yaml"));
    Files.writeString(folder.resolve("config/shop.yaml"), "shop:\n  wish: good day\n");
    Files.writeString(folder.resolve("routes/shop/greet.camel.yaml"), ROUTE);
    Files.writeString(folder.resolve("routes/shop/greet.test.yaml"), TEST);
  }

  @Test
  void runs_all_tests_of_a_folder() {
    assertThat(run()).isZero();
    assertThat(out.toString()).matches("1 test in 1 file: all good, \\d+\\.\\d s\\R");
  }

  @Test
  void says_what_differs_and_ends_with_1() throws IOException {
    Path test = folder.resolve("routes/shop/greet.test.yaml");
    Files.writeString(test, TEST.replace("good day", "good night"));

    assertThat(run()).isEqualTo(1);
    assertThat(out.toString().replaceAll(Pattern.quote(folder + "/"), ""))
        .startsWith(
            """
            failed: greets whoever comes (routes/shop/greet.test.yaml:3:5)
              routes/shop/greet.test.yaml:4:20 body
                - Hello Ann, good night
                + Hello Ann, good day
              nothing outside was called
            1 test in 1 file: 1 wrong\
            """);
  }

  @Test
  void runs_only_the_tests_beside_the_route_file_that_is_named() throws IOException {
    Files.writeString(folder.resolve("routes/shop/other.test.yaml"), TEST);

    assertThat(run(folder.resolve("routes/shop/greet.camel.yaml").toString())).isZero();
    assertThat(out.toString()).startsWith("1 test in 1 file");
  }

  @Test
  void names_the_routes_that_no_test_goes_through() throws IOException {
    Files.writeString(
        folder.resolve("routes/shop/leave.camel.yaml"), ROUTE.replace("shop-greet", "shop-leave"));

    assertThat(run()).isZero();
    assertThat(out.toString()).endsWith("no test goes through shop-leave\n");
  }

  @Test
  void says_that_a_folder_has_no_tests() throws IOException {
    Files.createDirectories(folder.resolve("routes/empty"));

    assertThat(run(folder.resolve("routes/empty").toString())).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void refuses_a_folder_that_does_not_exist() {
    assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(1);
  }

  private int run(String... arguments) {
    CommandLine cli = Cli.commandLine();
    cli.setOut(new PrintWriter(out, true));
    String[] all = new String[arguments.length + 3];
    all[0] = "test-routes";
    all[1] = "--routes=" + folder.resolve("routes");
    all[2] = "--config=" + folder.resolve("config");
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return cli.execute(all);
  }
}
