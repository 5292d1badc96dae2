package dev.serai.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are wrong when Serai starts are left out and told; the others run. */
class StartWithBrokenFilesIT {
  private static final String POLICY = "routes/swap/policy.camel.yaml";
  private static final String GARBAGE = "routes/swap/garbage.camel.yaml";
  private static final String VALUES = "config/broken.yaml";
  private static final String WAIT = "routes/swap/wait.camel.yaml";

  @Test
  void they_are_left_out_and_the_others_run(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("routes/swap"));
    Files.writeString(folder.resolve(POLICY), route("policy", "direct:swap-policy", "prak"));
    Files.writeString(folder.resolve(WAIT), route("wait", "timer:wait?time=soon", "park-at-once"));
    Files.write(folder.resolve(GARBAGE), new byte[] {0, 1, (byte) 0xff});

    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve(VALUES), "broken: [\n");

    try (EditedSerai edited =
        new EditedSerai(
            folder,
            Map.of("serai.broker.mode", "embedded", "serai.broker.embedded.durable", "false"))) {
      assertThat(edited.header("edition")).isEqualTo("first");
      assertThat(edited.serai().post("/swap/ping", "{}").body()).isEqualTo("first");
      for (String broken : new String[] {POLICY, GARBAGE, WAIT, VALUES}) {
        assertThat(edited.status(broken).path("state").asText()).as(broken).isEqualTo("LEFT_OUT");
        assertThat(edited.serai().get("/health/startup").body()).contains(broken);
      }

      Files.writeString(
          folder.resolve(POLICY), route("policy", "direct:swap-policy", "park-at-once"));
      edited.reload();

      assertThat(edited.status(POLICY).path("state").asText()).isEqualTo("LIVE");
    }
  }

  private static String route(String name, String uri, String policy) {
    return """
        - route:
            id: swap-%s
            description: For a test.
            routeConfigurationId: %s
            from:
              uri: %s
              %s
              steps:
                - log: ${body}
        """
        .formatted(
            name,
            policy,
            uri.replaceFirst("\\?.*", ""),
            uri.contains("?") ? "parameters: {time: soon}" : "parameters: {}");
  }
}
