package dev.serai.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrokerSourceTest {
  private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  @Test
  void takes_the_configured_broker_before_all_others() {
    Machine machine = new Machine("amqp://elsewhere", null, SERVER, null);

    assertThat(BrokerSource.shared(machine))
        .isEqualTo(new BrokerSource.Configured("amqp://elsewhere"));
  }

  @Test
  void takes_docker_before_an_installed_server() {
    assertThat(BrokerSource.shared(new Machine(null, null, SERVER, null)))
        .isEqualTo(new BrokerSource.Docker());
  }

  @Test
  void takes_an_installed_server_where_docker_does_not_answer() {
    assertThat(BrokerSource.shared(new Machine(null, "no engine answers", SERVER, null)))
        .isEqualTo(new BrokerSource.Local(SERVER));
  }

  @Test
  void installs_the_package_where_there_is_nothing_else() {
    assertThat(BrokerSource.shared(new Machine(null, "no engine answers", null, null)))
        .isEqualTo(new BrokerSource.Install());
  }

  @Test
  void never_kills_the_configured_broker() {
    Machine machine = new Machine("amqp://elsewhere", "no engine answers", SERVER, null);

    assertThat(BrokerSource.own(machine)).isEqualTo(new BrokerSource.Local(SERVER));
  }

  @Test
  void says_why_none_can_be_had_instead_of_skipping() {
    Machine bare = new Machine(null, "no engine answers", null, "needs root");

    assertThatThrownBy(() -> BrokerSource.shared(bare))
        .hasMessageStartingWith("no-rabbitmq: ")
        .hasMessageContaining("Docker: no engine answers")
        .hasMessageContaining("rabbitmq-server: not installed")
        .hasMessageContaining("apt-get install: needs root")
        .hasMessageContaining("Install the package rabbitmq-server or start Docker");
  }

  private record Machine(
      @Nullable String uri,
      @Nullable String noDocker,
      @Nullable Path server,
      @Nullable String noInstall)
      implements BrokerProbe {

    @Override
    public Optional<String> configuredUri() {
      return Optional.ofNullable(uri);
    }

    @Override
    public Optional<String> dockerProblem() {
      return Optional.ofNullable(noDocker);
    }

    @Override
    public Optional<Path> serverProgram() {
      return Optional.ofNullable(server);
    }

    @Override
    public Optional<String> installProblem() {
      return Optional.ofNullable(noInstall);
    }
  }
}
