package dev.serai.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.support.SeraiApp;
import dev.serai.support.TestBrokers;
import dev.serai.support.TestPack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** What RabbitMQ hands out before the first ack, to one channel that consumes from two queues. */
@Timeout(60)
class PrefetchIT {
  private static final int IN_EACH_QUEUE = 20;
  private static final Duration A_WHILE = Duration.ofMillis(500);

  private final String name = "prefetch-" + UUID.randomUUID();
  private final CountDownLatch done = new CountDownLatch(1);

  @TempDir private Path folder;

  @Test
  void each_consumer_has_the_prefetch_count_in_hand() {
    assertUnacked(Map.of("serai.broker.prefetch-count", "7"), 2 * 7);
  }

  @Test
  void the_consumers_of_a_channel_share_a_global_one() {
    assertUnacked(
        Map.of("serai.broker.prefetch-count", "7", "serai.broker.prefetch-global", "true"), 7);
  }

  private void assertUnacked(Map<String, String> settings, int expected) {
    try (SeraiApp serai = start(settings)) {
      try {
        List<String> queues = List.of(name + ".one", name + ".two");
        for (int i = 0; i < IN_EACH_QUEUE; i++) {
          queues.forEach(
              queue ->
                  serai
                      .bean(RabbitAdmin.class)
                      .getRabbitTemplate()
                      .convertAndSend(queue, "{}".getBytes(UTF_8)));
        }

        await()
            .during(A_WHILE)
            .atMost(Duration.ofSeconds(10))
            .untilAsserted(
                () ->
                    assertThat(queues.size() * IN_EACH_QUEUE - ready(serai, queues))
                        .isEqualTo(expected));
      } finally {
        done.countDown();
      }
    }
  }

  private static int ready(SeraiApp serai, List<String> queues) {
    return queues.stream()
        .mapToInt(queue -> serai.bean(RabbitAdmin.class).getQueueInfo(queue).getMessageCount())
        .sum();
  }

  /** Its route waits with the first messages until the test is done. */
  private SeraiApp start(Map<String, String> settings) {
    Path routes = folder.resolve("routes");
    TestPack.install(routes, "prefetch", text -> text.replace("$prefetch", name));
    Map<String, String> all = new HashMap<>(settings);
    all.put("serai.routes", routes.toString());
    all.put("serai.broker.uri", TestBrokers.rabbitmq().uri());
    SeraiApp serai = SeraiApp.start(folder.resolve("data"), all);
    serai
        .bean(CamelContext.class)
        .getEndpoint("mock:prefetch", MockEndpoint.class)
        .whenAnyExchangeReceived(exchange -> done.await());
    return serai;
  }
}
