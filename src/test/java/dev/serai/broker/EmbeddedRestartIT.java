package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The durable embedded broker after its process was killed without warning. */
class EmbeddedRestartIT {
  @TempDir Path data;

  @Test
  void what_was_confirmed_is_there_after_a_kill_and_works_as_declared() throws Exception {
    Process child = start();
    assertThatThrownBy(() -> BrokerFolder.lock(data, true))
        .hasMessageStartingWith("data-folder-in-use: " + data);
    child.destroyForcibly().waitFor(); // SIGKILL

    try (EmbeddedBroker broker =
            new EmbeddedBroker(BrokerFolder.lock(data, true), Duration.ofMillis(100));
        Connection connection = broker.client().newConnection()) {
      Channel channel = connection.createChannel();

      assertThat(priorities(channel)).isSortedAccordingTo((a, b) -> b - a).hasSize(200);
      assertDeadLettersArrive(channel, "by-name");
      assertDeadLettersArrive(channel, "by-key");
      assertOtherDeclarationIsRefused(connection);
    }
  }

  private Process start() throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedBrokerChild.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader output = child.inputReader();
    StringBuilder seen = new StringBuilder();
    String line = output.readLine();
    while (line != null && !line.equals("confirmed 200")) {
      seen.append(line).append('\n');
      line = output.readLine();
    }
    assertThat(line).as("what the child printed: " + seen).isNotNull();
    return child;
  }

  private static List<Integer> priorities(Channel channel) throws IOException {
    List<Integer> priorities = new ArrayList<>();
    Set<String> bodies = new HashSet<>();
    GetResponse got;
    while ((got = channel.basicGet("work", true)) != null) {
      priorities.add(got.getProps().getPriority());
      bodies.add(new String(got.getBody()));
    }
    assertThat(bodies).hasSize(200);
    return priorities;
  }

  private static void assertDeadLettersArrive(Channel channel, String queue) throws IOException {
    channel.basicPublish("", queue, true, null, queue.getBytes());
    GetResponse got =
        await().until(() -> channel.basicGet(queue, false), message -> message != null);
    channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
    GetResponse dead =
        await().until(() -> channel.basicGet("parked", true), message -> message != null);
    assertThat(dead.getBody()).isEqualTo(queue.getBytes());
  }

  private static void assertOtherDeclarationIsRefused(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    Map<String, Object> same = Map.of("x-max-priority", 10, "x-message-ttl", 86_400_000);
    AMQP.Queue.DeclareOk declared = channel.queueDeclare("work", true, false, false, same);
    assertThat(declared.getMessageCount()).isZero();
    assertThatThrownBy(() -> channel.queueDeclare("work", true, false, false, Map.of()))
        .hasMessageContaining("inequivalent arg 'x-max-priority' for queue 'work'");
  }
}
