package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.qpid.server.model.Queue;
import org.junit.jupiter.api.Test;

class InstanceQueueOnEmbeddedIT extends InstanceQueueContract {

  @Override
  Map<String, String> broker() {
    return Map.of("serai.broker.mode", "embedded");
  }

  @Override
  void disconnect() {
    EmbeddedConnections.cut(serai);
  }

  @Test
  void the_queue_of_an_earlier_start_is_gone() throws Exception {
    String before = brokerName(serai);
    serai.close();

    serai = start("one");

    List<String> found =
        new BrokerModel(serai.bean(EmbeddedBroker.class).virtualHost())
            .queues().stream().map(Queue::getName).filter(one -> one.startsWith(name)).toList();
    assertThat(found).containsExactly(brokerName(serai)).doesNotContain(before);
  }
}
