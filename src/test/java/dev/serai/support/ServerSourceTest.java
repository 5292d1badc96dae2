package dev.serai.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerSourceTest {
  private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  @Test
  void takes_the_configured_broker_before_all_others() {
    Machine machine = new Machine("amqp://elsewhere", null, SERVER, null);

    assertThat(ServerSource.shared(machine))
        .isEqualTo(new ServerSource.Configured("amqp://elsewhere"));
  }

  @Test
  void takes_docker_before_an_installed_server() {
    assertThat(ServerSource.shared(new Machine(null, null, SERVER, null)))
        .isEqualTo(new ServerSource.Docker());
  }

  @Test
  void takes_an_installed_server_where_docker_does_not_answer() {
    assertThat(ServerSource.shared(new Machine(null, "no engine answers", SERVER, null)))
        .isEqualTo(new ServerSource.Local(SERVER));
  }

  @Test
  void installs_the_package_where_there_is_nothing_else() {
    assertThat(ServerSource.shared(new Machine(null, "no engine answers", null, null)))
        .isEqualTo(new ServerSource.Install());
  }

  @Test
  void never_kills_the_configured_broker() {
    Machine machine = new Machine("amqp://elsewhere", "no engine answers", SERVER, null);

    assertThat(ServerSource.own(machine)).isEqualTo(new ServerSource.Local(SERVER));
  }

  @Test
  void says_why_none_can_be_had_instead_of_skipping() {
    Machine bare = new Machine(null, "no engine answers", null, "needs root");

    assertThatThrownBy(() -> ServerSource.shared(bare))
        .hasMessageStartingWith("no-server: the tests need a rabbitmq-server")
        .hasMessageContaining("Docker: no engine answers")
        .hasMessageContaining("rabbitmq-server: not installed")
        .hasMessageContaining("apt-get install: needs root")
        .hasMessageContaining("Install the package rabbitmq-server or start Docker");
  }

  @Test
  void this_machine_is_asked_for_each_server_by_its_package() {
    assertThat(MachineProbe.rabbitmq().packageName()).isEqualTo("rabbitmq-server");
    assertThat(MachineProbe.postgresql().packageName()).isEqualTo("postgresql");
    assertThat(MachineProbe.postgresql().configuredUri()).isEmpty();
  }

  private record Machine(
      @Nullable String uri,
      @Nullable String noDocker,
      @Nullable Path server,
      @Nullable String noInstall)
      implements ServerProbe {

    @Override
    public String packageName() {
      return "rabbitmq-server";
    }

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
