package dev.serai.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.support.SeraiApp;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** A whole Serai on the embedded broker. */
class EmbeddedTransportIT {
  private static final Map<String, String> EMBEDDED = Map.of("serai.broker.mode", "embedded");

  @TempDir Path data;

  @Test
  void starts_on_the_embedded_broker_and_says_so() {
    try (SeraiApp serai = SeraiApp.start(data, EMBEDDED)) {
      Transport transport = serai.bean(Transport.class);

      assertThat(transport.mode()).isEqualTo(Transport.Mode.EMBEDDED);
      assertThat(transport.announcement())
          .isEqualTo(
              "[Serai] Event bus configured with embedded transport (single-instance mode)"
                  + " - serai.broker.mode is embedded");
    }
  }

  @Test
  void keeps_a_persistent_message_over_a_restart() {
    try (SeraiApp serai = SeraiApp.start(data, EMBEDDED)) {
      serai.bean(RabbitAdmin.class).declareQueue(QueueBuilder.durable("kept").build());
      template(serai).send("", "kept", MessageBuilder.withBody("1".getBytes()).build());
    }

    try (SeraiApp serai = SeraiApp.start(data, EMBEDDED)) {
      assertThat(template(serai).receiveAndConvert("kept")).isEqualTo("1".getBytes());
    }
  }

  @Test
  void a_second_process_on_the_same_data_folder_is_told_so() {
    try (SeraiApp serai = SeraiApp.start(data, EMBEDDED)) {
      assertThat(serai.bean(Transport.class).port()).isPositive();

      assertThatThrownBy(() -> BrokerFolder.lock(data, true))
          .hasMessageStartingWith("data-folder-in-use: " + data);
    }
  }

  private static RabbitTemplate template(SeraiApp serai) {
    return serai.bean(RabbitAdmin.class).getRabbitTemplate();
  }
}
