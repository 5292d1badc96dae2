package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import dev.serai.support.SeraiProcess;
import dev.serai.support.TestBrokers;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

@SuppressWarnings("NullAway.Init") // made before all tests
class InstanceQueueOnRabbitIT extends InstanceQueueContract {
  private RabbitProxy proxy;

  @Override
  Map<String, String> broker() throws IOException {
    if (proxy != null) { // the second instance
      return Map.of("serai.broker.uri", TestBrokers.rabbitmq().uri());
    }
    proxy = new RabbitProxy();
    return proxy.settings();
  }

  @Override
  void disconnect() {
    proxy.breakConnections();
  }

  @AfterAll
  @Override
  void stop() throws IOException {
    serai.bean(RabbitAdmin.class).deleteExchange(name);
    super.stop();
    proxy.close();
  }

  @Test
  void every_instance_hears_every_message_and_a_killed_one_leaves_nothing_behind()
      throws Exception {
    String gone;
    try (SeraiProcess other = SeraiProcess.start(folder.resolve("two/data"), settings("two"))) {
      gone = brokerName(other);
      assertThat(exists(client(), gone)).isTrue();

      publish("{\"n\":1}");

      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("{\"n\":1}");
      await()
          .untilAsserted(
              () ->
                  assertThat(other.get("/metrics").body())
                      .containsPattern("serai_messages_acked_total\\{.*instance-hear.*} 1\\.0"));
      other.kill();
    }

    await().until(() -> !exists(client(), gone));
    assertThat(exists(client(), brokerName(serai))).isTrue();
  }

  private static ConnectionFactory client() {
    return TestBrokers.rabbitmq().client();
  }
}
