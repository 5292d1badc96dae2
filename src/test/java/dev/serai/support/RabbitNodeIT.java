package dev.serai.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RabbitNodeIT {

  @Test
  void keeps_confirmed_messages_when_it_is_killed_and_started_again() throws Exception {
    try (RabbitNode node = RabbitNode.start()) {
      int port = node.port();
      await().atMost(Duration.ofMinutes(2)).until(() -> hasQueueAfterKill(node));
      Connection before = connect(node.uri());
      Channel confirmed = before.createChannel();
      confirmed.confirmSelect();
      confirmed.basicPublish("", "kept", MessageProperties.PERSISTENT_BASIC, new byte[] {1});
      confirmed.waitForConfirmsOrDie(10_000);
      node.kill();
      before.abort(); // it died with the node
      assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);

      node.restart();

      assertThat(node.port()).isEqualTo(port);
      try (Connection connection = connect(node.uri());
          Channel channel = connection.createChannel()) {
        assertThat(channel.basicGet("kept", true)).isNotNull();
      }
    }
  }

  /** RabbitMQ writes a new queue up to two seconds after it has said that it has it. */
  private static boolean hasQueueAfterKill(RabbitNode node) throws Exception {
    try (Connection connection = connect(node.uri());
        Channel channel = connection.createChannel()) {
      channel.queueDeclare("kept", true, false, false, Map.of());
    }
    node.kill();
    node.restart();
    try (Connection connection = connect(node.uri())) {
      connection.createChannel().queueDeclarePassive("kept");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void all_tests_share_one_broker() throws Exception {
    assertThat(TestBrokers.rabbitmq()).isSameAs(TestBrokers.rabbitmq());
    try (Connection connection = connect(TestBrokers.rabbitmq().uri())) {
      assertThat(connection.getServerProperties().get("product")).hasToString("RabbitMQ");
    }
  }

  private static Connection connect(String uri) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }
}
