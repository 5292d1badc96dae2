package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.support.RabbitNode;
import dev.serai.support.SeraiApp;
import dev.serai.support.StallingProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Serai inside another program has no deadline that ends the process. */
@Timeout(60)
class StopWhileStalledIT {

  @Test
  void closes_soon_while_the_broker_keeps_its_connections_and_says_nothing(@TempDir Path data)
      throws Exception {
    try (RabbitNode node = RabbitNode.start();
        StallingProxy proxy = new StallingProxy(node.port())) {
      String uri = node.uri().replaceFirst(":\\d+$", ":" + proxy.port());
      SeraiApp serai = SeraiApp.start(data, Map.of("serai.broker.uri", uri));
      proxy.stall();

      long began = System.nanoTime();
      serai.close();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }
}
