package dev.serai.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // made before each test
class ScriptTest {
  @TempDir Path folder;
  private FakeMachine machine;

  @BeforeEach
  void checkout() {
    machine = new FakeMachine(folder);
  }

  @Test
  void says_in_one_line_what_to_install_when_there_is_no_jdk() {
    FakeMachine.Outcome outcome = machine.withMaven("3.8.7").serai("run");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("serai: no JDK was found; install JDK 17 or newer (Debian: apt-get install ")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "test", "topology"})
  void says_which_jdk_is_too_old(String command) {
    FakeMachine.Outcome outcome = machine.withJdk("11.0.2").withMaven("3.8.7").serai(command);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("jdk-11.0.2 is version 11; install JDK 17 or newer")
        .hasLineCount(1);
  }

  @Test
  void reads_the_old_form_of_a_version() {
    assertThat(machine.withJdk("1.8.0_392").serai("run").err()).contains("is version 8; install");
  }

  @Test
  void passes_over_an_old_jdk_when_a_newer_one_is_installed() {
    FakeMachine.Outcome outcome =
        machine.withJdk("11.0.2").withJdk("21.0.1").withMaven("3.9.9").serai("run");

    assertThat(outcome.out()).contains("jdk-21.0.1/bin/java");
  }

  @Test
  void says_what_to_install_when_there_is_no_maven_or_an_old_one() {
    machine.withJdk("17.0.1");

    assertThat(machine.serai("run").err())
        .startsWith("serai: no Maven was found; install Maven 3.8 or newer")
        .hasLineCount(1);
    assertThat(machine.withMaven("3.6.3").serai("run").err())
        .contains("is version 3.6.3; install Maven 3.8 or newer")
        .hasLineCount(1);
  }

  @Test
  void refuses_an_unknown_command_and_an_unknown_option() {
    FakeMachine.Outcome command = machine.serai("rnu");
    FakeMachine.Outcome option = machine.serai("run", "--prot", "1");

    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err()).contains("no command \"rnu\"; see ./serai help");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err()).contains("run does not know \"--prot\"; see ./serai help");
    assertThat(machine.serai("run", "--port", "http").code()).isEqualTo(2);
    assertThat(machine.serai("test", "--fast").code()).isEqualTo(2);
  }

  @Test
  void help_needs_nothing_installed() {
    FakeMachine.Outcome outcome = machine.serai("help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("  run ", "  test ", "  topology ", "  dlq ", "  bench ");
  }

  @Test
  void builds_once_and_again_only_after_a_change() throws IOException {
    machine.withJdk("17.0.1").withMaven("3.8.7");

    FakeMachine.Outcome first = machine.serai("run");
    machine.serai("run");

    assertThat(first.err()).contains("Building Serai").contains("Preparing a fast start");
    assertThat(machine.builds()).isOne();
    Path source = machine.file("home/src/main/java/New.java", "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    machine.serai("run");
    assertThat(machine.builds()).isEqualTo(2);
  }

  @Test
  void a_failed_build_shows_the_errors_of_maven() {
    machine.withJdk("17.0.1").withMaven("3.8.7").file("home/broken", "");

    FakeMachine.Outcome outcome = machine.serai("run");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("[ERROR] Serai.java:[7,3] cannot find symbol")
        .contains("serai: the build failed; all of it is in ");
  }

  @Test
  void starts_with_the_archive_of_its_classes_and_without_when_there_is_none() throws IOException {
    machine.withJdk("17.0.1").withMaven("3.8.7");
    assertThat(machine.serai("run").out()).contains("-XX:SharedArchiveFile=");

    Files.delete(machine.home().resolve("target/layout/built"));
    machine.refuseArchives();

    FakeMachine.Outcome outcome = machine.serai("run");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).contains("no archive for a fast start could be made");
    assertThat(outcome.out()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void another_jdk_gets_an_archive_of_its_own() {
    machine.withJdk("17.0.1").withMaven("3.8.7").serai("run");
    machine.withJdk("21.0.1").with("JAVA_HOME", machine.jdk("21.0.1"));

    FakeMachine.Outcome outcome = machine.serai("run");

    assertThat(outcome.err()).contains("Preparing a fast start").doesNotContain("Building");
    assertThat(outcome.out()).contains("-XX:SharedArchiveFile=", "jdk-21.0.1/bin/java");
    assertThat(machine.serai("run").err()).isEmpty();
  }

  @Test
  void a_build_that_is_stopped_ends_whole_and_the_next_one_builds_again() throws Exception {
    machine.withJdk("17.0.1").withMaven("3.8.7").file("home/slow", "");
    Process script = machine.begin("run");
    Path maven = machine.home().resolve("maven.pid");
    await().until(() -> Files.exists(maven) && !Files.readString(maven).isBlank());
    long pid = Long.parseLong(Files.readString(maven).strip());

    script.destroy();

    assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(130);
    await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    assertThat(machine.home().resolve("target/serai.lock")).doesNotExist();
    Files.delete(machine.home().resolve("slow"));
    assertThat(machine.serai("run").code()).isZero();
  }

  @Test
  void the_lock_of_a_build_that_died_is_taken_over() {
    machine.withJdk("17.0.1").withMaven("3.8.7");
    machine.file("home/target/serai.lock/owner", Long.toString(diedProcess()));

    assertThat(machine.serai("run").code()).isZero();
    assertThat(machine.builds()).isOne();
  }

  @Test
  void a_lock_without_an_owner_is_taken_over_after_a_while() throws IOException {
    machine.withJdk("17.0.1").withMaven("3.8.7");
    Files.createDirectories(machine.home().resolve("target/serai.lock"));

    assertThat(machine.serai("run").code()).isZero();
  }

  private static long diedProcess() {
    try {
      Process process = new ProcessBuilder("true").start();
      process.waitFor();
      return process.pid();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void options_become_settings_and_the_data_folder_is_the_callers() throws IOException {
    machine.withJdk("17.0.1").withMaven("3.8.7").with("SERAI_JAVA_OPTS", "-Xmx1g -Dx=y");
    Path link = Files.createSymbolicLink(folder.resolve("s"), machine.home().resolve("serai"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).toRealPath();

    FakeMachine.Outcome outcome =
        machine.call(
            link,
            elsewhere,
            "run",
            "--port",
            "0",
            "--operator-port=9",
            "--data",
            "mine",
            "--consume",
            "debias-*graph*",
            "--serai.broker.mode=embedded");

    assertThat(outcome.out().lines())
        .contains(
            "folder " + machine.home(),
            "--serai.port=0",
            "--serai.operator-port=9",
            "--serai.data=" + elsewhere.resolve("mine"),
            "--serai.consume=debias-*graph*",
            "--serai.broker.mode=embedded")
        .containsSubsequence("-Xmx256m", "-Xmx1g", "-Dx=y");
  }

  @Test
  void the_environment_wins_over_the_env_file() {
    machine.withJdk("17.0.1").withMaven("3.8.7").with("SERAI_PACKS", "from-environment");
    machine.file(
        "home/.env",
        "# logins\n\nexport SERAI_PACKS=from-file\r\nTEXT=\"a $(echo b) # 'c'\"\nSERAI_DATA=state   # here");

    FakeMachine.Outcome outcome = machine.serai("run");

    assertThat(outcome.out().lines())
        .contains(
            "packs from-environment",
            "text a $(echo b) # 'c'",
            "data " + machine.home().resolve("state"));
  }

  @Test
  void refuses_a_line_of_the_env_file_that_sets_nothing() {
    machine.withJdk("17.0.1").withMaven("3.8.7").file("home/.env", "RABBITMQ HOST=x\n");

    FakeMachine.Outcome outcome = machine.serai("run");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains(".env: \"RABBITMQ HOST\" is no line NAME=VALUE");
  }

  @Test
  void tests_that_name_no_class_fail_instead_of_passing_empty() {
    FakeMachine.Outcome outcome =
        machine.withJdk("17.0.1").withMaven("3.8.7").serai("test", "--long", "--only", "Nothing*");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).contains("-Dserai.test.long=true");
    assertThat(outcome.err()).contains("no test class is named \"Nothing*\"");
  }

  @Test
  void named_tests_run_once_those_that_need_a_broker_after_the_others() {
    FakeMachine.Outcome outcome =
        machine.withJdk("17.0.1").withMaven("3.8.7").serai("test", "--only", "Retry*");

    assertThat(outcome.out()).contains(" -Dtest=Retry*,!*IT -Dit.test=Retry*,!*Test ");
  }

  @Test
  void tests_that_share_a_broker_or_need_the_machine_run_one_after_the_other() {
    machine.withJdk("17.0.1").withMaven("3.8.7");

    assertThat(machine.serai("test", "--only", "Retry*").out()).doesNotContain("-Dit.forks=1");
    assertThat(machine.serai("test", "--long", "--only", "Retry*").out()).contains("-Dit.forks=1");
    assertThat(machine.with("RABBITMQ_URI", "amqp://there").serai("test", "--only", "Retry*").out())
        .contains("-Dit.forks=1");
  }
}
